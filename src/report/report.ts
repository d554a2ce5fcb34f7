import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import type {Page} from '../page/types.ts'
import type {SiteView} from '../rule/types.ts'
import type {Sort} from './sort.ts'
import type {Counts, RunSummary} from './summary.ts'

/** The result of a run, as reporters get it. */
export interface Report {
  /** The version of doccheck. */
  version: string
  /** The absolute path of the tree's root. */
  root: string
  /** A path of the tree relative to the working directory, as the user would type it. */
  display(path: string): string
  /** The checked pages; paths are relative to the root, with `/`, and verbatim: a reporter escapes them for its format. */
  pages: readonly PageResult[]
  /**
   * The messages of each page, in the order of `pages`: sorted, and safe for terminals and logs. The files' own paths are
   * relative to the working directory, those in messages to the root; `filesAsShown` makes all of them relative to the
   * working directory.
   */
  files: readonly VFile[]
  counts: Counts
  /** The closing lines of a text report: pages checked, problems found, remote URLs not verified. */
  summary: string
  /** What the summary and the exit code were made from. */
  run: RunFacts
  /** The site's view of a page: its resolved links and its anchors. */
  view(page: Page): SiteView
  /** The text of a file, by its path from the root, without its byte order mark. @throws `UnreadableError` */
  read(path: string): Promise<string>
  /** The text of a file with its byte order mark. @throws `UnreadableError` */
  readWithMark(path: string): Promise<string>
  /**
   * Finds where the host of the repository shows the lines of pages; absent unless it is requested.
   *
   * @returns undefined if it shows no page
   */
  sourceLinks?(): Promise<SourceLink | undefined>
}

/**
 * The URLs of the lines of a page on the host of the repository; undefined if the host does not have the page as checked.
 *
 * @param text The page with its byte order mark.
 */
export type SourceLink = (
  path: string,
  text: string,
) => ((line: number, column: number) => string) | undefined

/** The facts of a run from which a report is made again, merged with those of other shards. */
export interface RunFacts extends RunSummary {
  /** The working directory, absolute. */
  cwd: string
  /** The paths of pages that were not checked because they are test data. */
  testData: readonly string[]
  /** Unexpected errors in doccheck, a rule or a plugin. */
  failures: readonly string[]
  /** The user pressed Ctrl-C. */
  isInterrupted: boolean
  /** Is a page in that part? If not, only messages about its remote URLs are in the report. */
  owns?(path: string): boolean
  /** The same for all shards of a run, and different for another tree or configuration. */
  digest?: string
}

/** The environment that a report is shown in. */
export interface ReporterOptions {
  /** The terminal understands ANSI colors. */
  color: boolean
  /** The output goes to the log of a GitHub Actions runner, which executes workflow commands in it. */
  inActions: boolean
  /** The number of columns of the terminal; absent for anything else, whose lines are not broken. */
  width?: number
  /** The terminal shows hyperlinks. */
  hyperlinks?: boolean
  /** The order of messages in reports for people; that of their positions by default. */
  sort?: Sort
}

/** Formats a report as text that ends with a line break. */
export type Reporter = (report: Report, options: ReporterOptions) => string | Promise<string>

/** One message with its page. */
export interface PageMessage {
  message: VFileMessage
  page: PageResult
}

/** All messages of a report with their pages, in order. */
export const pageMessages = ({pages, files}: Pick<Report, 'pages' | 'files'>): PageMessage[] =>
  files.flatMap(({messages}, index) =>
    messages.map((message): PageMessage => ({message, page: pages[index]!})),
  )
