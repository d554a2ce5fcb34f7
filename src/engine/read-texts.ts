import type {Root} from 'mdast'
import {UnreadableError} from '../errors/errors.ts'
import {eachLimited, TooLongError} from '../errors/time-limit.ts'
import {ParserNotLoadedError} from '../page/front-matter/parsers.ts'
import {CostlyTextError} from '../page/parser-cost.ts'
import {readPage, readPageSync} from '../page/read-page.ts'
import type {Syntax} from '../page/syntax.ts'
import type {Page} from '../page/types.ts'
import type {Outcome} from './types.ts'

/** One file to read. */
export interface Job {
  path: string
  syntax: Syntax
}

/** One file's text, without a byte order mark. */
export interface TextJob extends Job {
  text: string
  /** The syntax tree is needed, too, and must be built within the limit. */
  tree?: boolean
}

/** Called with the text of a file and its syntax tree, which it may modify. */
export type Look = (job: Job, text: string, tree: Root) => void

/** Only pages crafted to be slow take longer, even on a busy machine. */
const QUICK_MS = 1000

/**
 * Read texts in this thread.
 *
 * @param limit The CPU time that each text may take, in milliseconds.
 * @param thorough Give each text all of that time, even if it looks slow.
 * @returns undefined for a text that looks slow or was: it must be read in a process that can be killed
 */
export async function readTexts(
  jobs: readonly TextJob[],
  {limit, thorough = false}: {limit: number; thorough?: boolean},
  look?: Look,
): Promise<(Outcome | undefined)[]> {
  const outcomes = new Map<TextJob, Outcome>()
  let todo = jobs
  while (todo.length > 0) {
    const waiting: TextJob[] = []
    let missing: ParserNotLoadedError | undefined
    const read = (job: TextJob) => {
      const {path, text, syntax} = job
      outcomes.set(
        job,
        outcomeOf(
          text,
          readPageSync(path, text, syntax, {
            unlimited: thorough,
            ...(look && {look: (tree) => look(job, text, tree)}),
          }),
        ),
      )
    }
    const fail = (job: TextJob, error: unknown) => {
      if (error instanceof ParserNotLoadedError) {
        missing = error
        waiting.push(job)
      } else if (!(error instanceof CostlyTextError) && (thorough || !(error instanceof TooLongError)))
        outcomes.set(job, {unreadable: whyUnreadable(error)})
    }
    const time = thorough ? {limit, cpu: true} : {limit: Math.min(limit, QUICK_MS), cpu: false}
    eachLimited(todo, read, time, fail)
    await missing?.load()
    todo = waiting
  }
  return jobs.map((job) => outcomes.get(job))
}

/** Read a text without a time limit, in a thread or process that can be killed. */
export async function readUnlimited({path, text, syntax, tree}: TextJob): Promise<Outcome> {
  try {
    return outcomeOf(text, await readPage(path, text, syntax, tree ? () => {} : undefined))
  } catch (error) {
    return {unreadable: whyUnreadable(error)}
  }
}

/** The start of a file whose content is in Git LFS and was not fetched. */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1'

function outcomeOf(text: string, page: Page): Outcome {
  // The page exists, but its content is not known.
  if (text.startsWith(LFS_POINTER)) return {}
  return page.hasLintComments ? {page, text} : {page}
}

/** The message for a file that could not be read because of an error. */
export function whyUnreadable(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof UnreadableError) return reason
  if (error instanceof TooLongError) return `Cannot be read: it ${reason}`
  if ((error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return 'Cannot be read: it takes more memory than there is'
  if (error instanceof RangeError && reason.startsWith('Maximum call stack'))
    return 'Cannot be read: it is nested too deeply'
  return `Cannot be read because of a bug in doccheck, please report it: ${reason}`
}
