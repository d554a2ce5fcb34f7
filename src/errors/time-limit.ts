import vm from 'node:vm'

/** The default limit of CPU time for one page, in milliseconds. */
export const DEFAULT_LIMIT_MS = 10_000

/** A step exceeded its time limit. */
export class TooLongError extends Error {
  override name = 'TooLongError'

  /** @param limit Milliseconds. */
  constructor(limit: number) {
    super(`takes longer than ${limit / 1000} s`)
  }
}

/** Milliseconds for which steps share one timeout: setting one takes as long as reading a small page. */
const SLICE_MS = 20

const script = new vm.Script('run()')
const context = vm.createContext({})

/**
 * Run a step for each item. A step that throws or exceeds its time limit does not affect others: JavaScript that does
 * not end is interrupted, including regular expressions, but not native code.
 *
 * @param limit Milliseconds for each step: of wall-clock time, or with `cpu` of this process's CPU time, so that the
 * load of the machine does not matter.
 *
 * @param fail Called with an item whose step threw an error, or with {@link TooLongError}.
 */
export function eachLimited<T>(
  items: readonly T[],
  step: (item: T) => void,
  {limit, cpu}: {limit: number; cpu: boolean},
  fail: (item: T, error: unknown) => void,
): void {
  let next = 0
  let patience = limit + SLICE_MS
  const slice = () => {
    const until = performance.now() + SLICE_MS
    for (; next < items.length && performance.now() < until; next++) {
      try {
        step(items[next]!)
      } catch (error) {
        fail(items[next]!, error)
      }
    }
  }
  while (next < items.length) {
    const before = process.cpuUsage()
    if (finishes(slice, patience)) continue
    const {user, system} = process.cpuUsage(before)
    // The CPU was busy with other processes: retry with more time.
    if (cpu && (user + system) / 1000 < limit) patience *= 2
    else {
      fail(items[next++]!, new TooLongError(limit))
      patience = limit + SLICE_MS
    }
  }
}

/** Run a function. @returns false if it was interrupted after the timeout, in milliseconds */
function finishes(run: () => void, timeout: number): boolean {
  try {
    context.run = run
    script.runInContext(context, {timeout: Math.ceil(timeout)})
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
    throw error
  }
}
