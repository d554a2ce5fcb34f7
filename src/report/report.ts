import type {VFile} from 'vfile'
import type {PageResult} from '../engine/types.ts'
import type {Page} from '../page/types.ts'
import type {SiteView} from '../rule/types.ts'
import type {Counts} from './summary.ts'

/** All that a reporter may tell of a run. */
export interface Report {
  /** The version of doccheck. */
  version: string
  /** The absolute path of the tree's root. */
  root: string
  /** What was checked; paths are from the root, with `/`, as they are: a reporter escapes them for its format. */
  pages: readonly PageResult[]
  /**
   * For each of the pages, in the same order, the messages to report: sorted, and harmless to terminals and logs. Their
   * paths are as the user would type them.
   */
  files: readonly VFile[]
  counts: Counts
  /** The lines that end a report for people: how much was checked, what was found, what was not asked. */
  summary: string
  /** What the site knows of a page: where its links lead, which anchors it has. */
  view(page: Page): SiteView
  /** The text of a file of the tree, by its path from the root, without its byte order mark. @throws `UnreadableError` */
  read(path: string): Promise<string>
  /** The same, with its byte order mark. @throws `UnreadableError` */
  readWithMark(path: string): Promise<string>
}

/** Where a report goes. */
export interface ReporterOptions {
  /** Colors are understood. */
  color: boolean
  /** Lines are read by GitHub's runner, which obeys some of them. */
  inActions: boolean
}

/** Writes a report as text; a line break ends it. */
export type Reporter = (report: Report, screen: ReporterOptions) => string | Promise<string>
