import {startGit} from './git.ts'
import {tooLarge} from './read.ts'

/** Reads git's objects through one `git cat-file --batch`, however many are asked for. */
export interface Objects {
  /**
   * The content of an object, by its name or as `commit:path`; nothing for one that is not there.
   *
   * @throws {@link UnreadableError} for one that is larger than any page
   */
  read(name: string): Promise<Buffer | undefined>
  /** End the process; nothing more is read. */
  close(): void
}

/** What can keep the process from ending. */
interface Ref {
  ref(): void
  unref(): void
}

/** The objects of a repository; git is started when the first of them is asked for. */
export function objectsOf(root: string): Objects {
  let started: Objects | undefined
  return {
    read: (name) => (started ??= startReading(root)).read(name),
    close: () => started?.close(),
  }
}

function startReading(root: string): Objects {
  const child = startGit(root, ['cat-file', '--batch'], ['pipe', 'pipe', 'ignore'])
  const [stdin, stdout] = [child.stdin!, child.stdout!]
  const waiting: ((content?: Buffer | Promise<never>) => void)[] = []
  let parts: Buffer[] = []
  let held = 0
  /** Bytes that are needed before there is anything to do. */
  let needed = 1
  /** Bytes to come that nobody holds. */
  let skipped = 0
  const giveUp = () => {
    for (const answer of waiting.splice(0)) answer()
  }
  // The process keeps this one from ending only while an answer is waited for.
  const handles = [child, stdin, stdout] as unknown as Ref[]
  const keepAlive = (isWanted: boolean) => {
    for (const handle of handles) isWanted ? handle.ref() : handle.unref()
  }
  child.on('error', giveUp)
  child.on('close', giveUp)
  stdin.on('error', giveUp)
  stdout.on('data', (data: Buffer) => {
    const part = data.subarray(skipped)
    skipped -= data.length - part.length
    parts.push(part)
    held += part.length
    if (held < needed) return
    let bytes = parts.length === 1 ? part : Buffer.concat(parts)
    needed = 1
    while (bytes.length > 0) {
      // `<name> <type> <size>\n<content>\n`, or `<name> missing\n`.
      const line = bytes.indexOf(10)
      if (line < 0) break
      const size = / (\d+)$/.exec(bytes.toString('latin1', 0, line))?.[1]
      const end = size === undefined ? line + 1 : line + 2 + Number(size)
      const fault = tooLarge(Number(size))
      if (bytes.length < end && !fault) {
        needed = end
        break
      }
      const content = size === undefined ? undefined : Buffer.from(bytes.subarray(line + 1, end - 1))
      waiting.shift()?.(fault ? Promise.reject(fault) : content)
      skipped = Math.max(0, end - bytes.length)
      bytes = bytes.subarray(end)
    }
    parts = bytes.length > 0 ? [bytes] : []
    held = bytes.length
    if (waiting.length === 0) keepAlive(false)
  })
  return {
    read: (name) =>
      new Promise((resolve) => {
        // A line is a question; a name cannot hold its end.
        if (!stdin.writable || name.includes('\n')) return resolve(undefined)
        if (waiting.length === 0) keepAlive(true)
        waiting.push(resolve)
        stdin.write(`${name}\n`)
      }),
    close: () => void stdin.end(),
  }
}
