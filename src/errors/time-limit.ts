import vm from 'node:vm'

/** The CPU time that one page may take, in milliseconds, where nobody says otherwise. */
export const DEFAULT_LIMIT_MS = 10_000

/** A step took longer than it may. */
export class TooLongError extends Error {
  override name = 'TooLongError'

  constructor(limit: number) {
    super(`takes longer than ${limit / 1000} s`)
  }
}

/** How long steps run before the clock is set again: setting it costs as much as reading a small page. */
const SLICE_MS = 20

const script = new vm.Script('run()')
const context = vm.createContext({})

/**
 * Take a step for each item. Whatever a step throws, or how long it takes, the others are taken: JavaScript that does
 * not end is stopped where it is, regular expressions included, though not native code.
 *
 * @param limit The time that each step may take, in milliseconds: of the clock, or, with `cpu`, of this process's CPU,
 *   so that what other programs do on the machine makes no difference.
 * @param fail Told of an item whose step threw an error, or took too long.
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
    // It had to share the CPU: once more, with more time.
    if (cpu && (user + system) / 1000 < limit) patience *= 2
    else {
      fail(items[next++]!, new TooLongError(limit))
      patience = limit + SLICE_MS
    }
  }
}

/** Run a function to its end. @returns false if the time was over before */
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
