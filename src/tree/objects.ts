import {UserError} from '../errors/errors.ts'
import {SILENCE_MS, startGit} from './git.ts'
import {tooLarge} from './read.ts'

/** Reads the objects of a Git repository, all through one `git cat-file` process. */
export interface Objects {
  /**
   * The content of an object.
   *
   * @param name Its hash, `commit:path`, or `:path` in the index.
   * @returns undefined if there is no such object
   * @throws {@link UnreadableError} if it is larger than any page, {@link UserError} if Git does not answer
   */
  read(name: string): Promise<Buffer | undefined>
  /** The size of an object in bytes; undefined if there is no such object. */
  size(name: string): Promise<number | undefined>
  /** End the processes; all later answers are undefined. */
  close(): void
}

/** A handle that can keep the process from ending. */
interface Ref {
  ref(): void
  unref(): void
}

/** Answers questions of one line each, in order. */
interface Answers<T> {
  ask(name: string): Promise<T | undefined>
  close(): void
}

/**
 * The objects of a repository. Git is started on the first question.
 *
 * @param root The top of the work tree, or the folder of a bare repository.
 * @param silence Milliseconds without output after which Git is killed, if a question is pending.
 */
export function objectsOf(root: string, silence = SILENCE_MS): Objects {
  const contents = restarting(
    () => new CatFile(root, silence, new AnswerParser('--batch', (content) => content)),
  )
  const sizes = restarting(
    () => new CatFile(root, silence, new AnswerParser('--batch-check', (_content, size) => size)),
  )
  return {
    read: contents.ask,
    size: sizes.ask,
    close: () => {
      contents.close()
      sizes.close()
    },
  }
}

/** Start another process when one has ended: in a partial clone, Git exits at a missing object. */
function restarting<T>(start: () => Answers<T>): Answers<T> {
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

interface Waiting<T> {
  resolve(answer: T | undefined): void
  /** @param fault Undefined if Git ended before it answered. */
  reject(fault?: Error): void
}

/** One `git cat-file` process, which answers in the order of the questions. */
class CatFile<T> implements Answers<T> {
  readonly #child: ReturnType<typeof startGit>
  readonly #waiting: Waiting<T>[] = []
  readonly #timer: NodeJS.Timeout
  /** Handles that can keep the process of doccheck from ending. */
  readonly #handles: readonly Ref[]
  #isOver = false
  #silenceFault: UserError | undefined

  constructor(root: string, silence: number, parser: AnswerParser<T>) {
    const {mode} = parser
    this.#child = startGit(root, ['cat-file', mode], ['pipe', 'pipe', 'ignore'])
    const {stdin, stdout} = this.#child
    // Git may wait for a pipe in place of an object.
    this.#timer = setTimeout(() => this.#giveUp(root, silence), silence)
    this.#handles = [this.#child, stdin!, stdout!, this.#timer] as unknown as Ref[]
    this.#child.on('error', () => this.#end())
    this.#child.on('close', () => this.#end())
    stdin!.on('error', () => {})
    stdout!.on('data', (data: Buffer) => {
      this.#timer.refresh()
      for (const answer of parser.parse(data)) {
        const {resolve, reject} = this.#waiting.shift()!
        if (answer instanceof Error) reject(answer)
        else resolve(answer)
      }
      if (this.#waiting.length === 0) this.#keepAlive(false)
    })
  }

  ask(name: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      // Each line is a question, so a name cannot contain a line break.
      if (name.includes('\n')) return resolve(undefined)
      if (this.#isOver) return reject(this.#silenceFault)
      if (this.#waiting.length === 0) {
        this.#timer.refresh()
        this.#keepAlive(true)
      }
      this.#waiting.push({resolve, reject})
      this.#child.stdin!.write(`${name}\n`)
    })
  }

  close(): void {
    this.#child.stdin!.end()
  }

  /** The process of doccheck stays alive only while it waits for an answer. */
  #keepAlive(isWanted: boolean): void {
    for (const handle of this.#handles) isWanted ? handle.ref() : handle.unref()
  }

  #end(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    // Git exited because of the first pending question.
    this.#waiting.shift()?.resolve(undefined)
    for (const {reject} of this.#waiting.splice(0)) reject()
  }

  #giveUp(root: string, silence: number): void {
    if (this.#waiting.length === 0) return
    this.#isOver = true
    this.#silenceFault = new UserError(
      `git did not answer for ${silence / 1000} s when asked for an object of ${root}; \`git fsck\` may tell why`,
    )
    for (const {reject} of this.#waiting.splice(0)) reject(this.#silenceFault)
    this.#child.kill('SIGKILL')
  }
}

/**
 * Parses the output of `git cat-file`: `<name> <type> <size>\n<content>\n`, without the content for `--batch-check`, or
 * `<name> missing\n`.
 */
class AnswerParser<T> {
  readonly mode: '--batch' | '--batch-check'
  readonly #make: (content: Buffer, size: number) => T
  #parts: Buffer[] = []
  #held = 0
  /** The number of bytes that complete the next answer, as far as it is known. */
  #needed = 1
  /** Bytes still to come of an object that is too large to keep. */
  #skipped = 0

  constructor(mode: AnswerParser<T>['mode'], make: (content: Buffer, size: number) => T) {
    this.mode = mode
    this.#make = make
  }

  /** The answers completed by more output: undefined for a missing object, an error for one that is too large. */
  *parse(data: Buffer): Generator<T | undefined | Error> {
    const part = data.subarray(this.#skipped)
    this.#skipped -= data.length - part.length
    this.#parts.push(part)
    this.#held += part.length
    if (this.#held < this.#needed) return
    let bytes = this.#parts.length === 1 ? part : Buffer.concat(this.#parts)
    this.#needed = 1
    for (let next = this.#first(bytes); next; next = this.#first(bytes)) {
      yield next.answer
      this.#skipped = Math.max(0, next.end - bytes.length)
      bytes = bytes.subarray(next.end)
    }
    this.#parts = bytes.length > 0 ? [bytes] : []
    this.#held = bytes.length
  }

  /** The first answer, with the offset of its end; undefined if it is incomplete. */
  #first(bytes: Buffer): {answer: T | undefined | Error; end: number} | undefined {
    const line = bytes.indexOf(LINE_FEED)
    if (line < 0) return
    const size = / (\d+)$/.exec(bytes.toString('latin1', 0, line))?.[1]
    const start = line + 1
    if (size === undefined) return {answer: undefined, end: start}
    if (this.mode === '--batch-check') return {answer: this.#make(Buffer.alloc(0), Number(size)), end: start}
    const end = start + Number(size) + 1
    const fault = tooLarge(Number(size))
    if (fault) return {answer: fault, end}
    if (bytes.length < end) {
      this.#needed = end
      return
    }
    return {answer: this.#make(Buffer.from(bytes.subarray(start, end - 1)), Number(size)), end}
  }
}

const LINE_FEED = 10
