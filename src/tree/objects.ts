import {UserError} from '../errors/errors.ts'
import {SILENCE_MS, startGit} from './git.ts'
import {tooLarge} from './read.ts'

/** Reads git's objects through one `git cat-file --batch`, however many are asked for. */
export interface Objects {
  /**
   * The content of an object, by its name or as `commit:path`; nothing for one that is not there.
   *
   * @throws {@link UnreadableError} for one that is larger than any page, {@link UserError} where git does not answer
   */
  read(name: string): Promise<Buffer | undefined>
  /** How many bytes it holds. */
  size(name: string): Promise<number | undefined>
  /** End the processes; nothing more is read. */
  close(): void
}

/** What can keep the process from ending. */
interface Ref {
  ref(): void
  unref(): void
}

/** Answers questions of one line each, in their order. */
interface Answers<T> {
  ask(name: string): Promise<T | undefined>
  close(): void
}

/**
 * The objects of a repository; git is started when the first of them is asked for.
 *
 * @param silence Milliseconds after which git is ended, if a question waits and it says nothing.
 */
export function objectsOf(root: string, silence = SILENCE_MS): Objects {
  const contents = answersOf(() => startReading(root, '--batch', silence, (content) => content))
  const sizes = answersOf(() => startReading(root, '--batch-check', silence, (_, size) => size))
  return {
    read: contents.ask,
    size: sizes.ask,
    close: () => {
      contents.close()
      sizes.close()
    },
  }
}

/** Asks a process of git, and another one when that has ended: in a partial clone it does over a missing object. */
function answersOf<T>(start: () => Answers<T>): Answers<T> {
  let started: Answers<T> | undefined
  let isClosed = false
  const ask = async (name: string): Promise<T | undefined> => {
    if (isClosed) return
    const asked = (started ??= start())
    try {
      return await asked.ask(name)
    } catch (fault) {
      if (fault !== undefined) throw fault
      if (started === asked) started = undefined
      return ask(name)
    }
  }
  return {
    ask,
    close: () => {
      isClosed = true
      started?.close()
    },
  }
}

type Mode = '--batch' | '--batch-check'

interface Waiting<T> {
  resolve(answer: T | undefined): void
  /** @param fault Nothing, where git ended before. */
  reject(fault?: Error): void
}

/** @returns what answers, and rejects a question that git did not come to */
function startReading<T>(
  root: string,
  mode: Mode,
  silence: number,
  make: (content: Buffer, size: number) => T,
): Answers<T> {
  const child = startGit(root, ['cat-file', mode], ['pipe', 'pipe', 'ignore'])
  const [stdin, stdout] = [child.stdin!, child.stdout!]
  const waiting: Waiting<T>[] = []
  let parts: Buffer[] = []
  let held = 0
  /** Bytes that are needed before there is anything to do. */
  let needed = 1
  /** Bytes to come that nobody holds. */
  let skipped = 0
  let isOver = false
  let silenceFault: UserError | undefined
  const giveUp = () => {
    isOver = true
    clearTimeout(timer)
    // The first one is what git ended over.
    waiting.shift()?.resolve(undefined)
    for (const {reject} of waiting.splice(0)) reject()
  }
  // It may wait for a pipe that lies in the place of an object.
  const timer = setTimeout(() => {
    if (waiting.length === 0) return
    isOver = true
    silenceFault = new UserError(
      `git gave no answer for ${silence / 1000} s when asked for an object of ${root}; \`git fsck\` may tell why`,
    )
    for (const {reject} of waiting.splice(0)) reject(silenceFault)
    child.kill('SIGKILL')
  }, silence)
  // The process keeps this one from ending only while an answer is waited for.
  const handles = [child, stdin, stdout, timer] as unknown as Ref[]
  const keepAlive = (isWanted: boolean) => {
    for (const handle of handles) isWanted ? handle.ref() : handle.unref()
  }
  child.on('error', giveUp)
  child.on('close', giveUp)
  stdin.on('error', () => {})
  stdout.on('data', (data: Buffer) => {
    timer.refresh()
    const part = data.subarray(skipped)
    skipped -= data.length - part.length
    parts.push(part)
    held += part.length
    if (held < needed) return
    let bytes = parts.length === 1 ? part : Buffer.concat(parts)
    needed = 1
    while (bytes.length > 0) {
      // `<name> <type> <size>\n<content>\n`, without the content where only the size is asked for; `<name> missing\n`.
      const line = bytes.indexOf(10)
      if (line < 0) break
      const size = / (\d+)$/.exec(bytes.toString('latin1', 0, line))?.[1]
      const hasContent = size !== undefined && mode === '--batch'
      const end = hasContent ? line + 2 + Number(size) : line + 1
      const fault = hasContent ? tooLarge(Number(size)) : undefined
      if (bytes.length < end && !fault) {
        needed = end
        break
      }
      const content = Buffer.from(bytes.subarray(line + 1, Math.max(line + 1, end - 1)))
      const {resolve, reject} = waiting.shift()!
      if (fault) reject(fault)
      else resolve(size === undefined ? undefined : make(content, Number(size)))
      skipped = Math.max(0, end - bytes.length)
      bytes = bytes.subarray(end)
    }
    parts = bytes.length > 0 ? [bytes] : []
    held = bytes.length
    if (waiting.length === 0) keepAlive(false)
  })
  return {
    ask: (name) =>
      new Promise((resolve, reject) => {
        // A line is a question; a name cannot hold its end.
        if (name.includes('\n')) return resolve(undefined)
        if (isOver) return reject(silenceFault)
        if (waiting.length === 0) {
          timer.refresh()
          keepAlive(true)
        }
        waiting.push({resolve, reject})
        stdin.write(`${name}\n`)
      }),
    close: () => void stdin.end(),
  }
}
