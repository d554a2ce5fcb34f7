import type {Edit} from '../text/span.ts'

/** A replacement that resolves a finding; its edits are applied together or not at all. */
export interface FindingFix {
  /**
   * Stretches of text to replace: `start` and `end` (exclusive) are offsets like those of {@link FileFinding}, all in the
   * same text.
   */
  edits: Edit[]
  /** `fix` applies it; otherwise it is a suggestion, which only `fix` with `unsafe` applies. */
  safe: boolean
}

/** One problem in a file. */
export interface FileFinding {
  /** The name of the rule; for a rule of a remark plugin, its id, with the plugin as {@link source}. */
  rule?: string
  /** `doccheck`, or the remark plugin that reported it. */
  source?: string
  /** `info` is never a problem. */
  severity: 'error' | 'warning' | 'info'
  /** One line, safe to print. Files in it are named relative to `cwd`. */
  message: string
  /** The line on which it begins, from 1; absent if it is about the file as such. */
  line?: number
  /** The column at which it begins, from 1, in UTF-16 units. */
  column?: number
  /** The line on which it ends, from 1. */
  endLine?: number
  /** The column after its end, from 1, in UTF-16 units. */
  endColumn?: number
  /** The offset at which it begins, from 0, in UTF-16 units of the text without its byte order mark. */
  start?: number
  /** The offset after its end, from 0, in the same units. */
  end?: number
  /** The page about the rule. */
  url?: string
  /** The subject, independent of wording and position: a file relative to `cwd`, a fragment, a label or a URL. */
  target?: {file?: string; name?: string}
  /** Replacements for the text from `start` to `end`, best first; none of them need be right. */
  expected?: string[]
  fix?: FindingFix
  /** The evidence on which it is likely but not certain; absent if it is certain. */
  likely?: string
  /** The age of the verdict on a remote URL, if an earlier run found it: `40 minutes ago`. */
  seen?: string
  /** With `since` or `staged`, the part of the change that caused it. */
  change?: string
}

/** The findings in one file. */
export interface FileResult {
  /** Relative to `cwd`, as users would type it. */
  path: string
  /** The absolute path. */
  file: string
  /** By position. */
  findings: FileFinding[]
  /** The numbers of findings of these severities. */
  errorCount: number
  warningCount: number
  /** The numbers of links that could not be judged, by reason in words. */
  notJudged: Record<string, number>
  /** The fixed text, with its byte order mark if it has one; only with the option `fix`, and if there is something to fix. */
  output?: string
  /** The number of fixes in `output`. */
  fixCount?: number
}

/** The results of one check. */
export interface CheckResults {
  /** Every file that was checked, without findings or with, by path. */
  files: FileResult[]
  /** The numbers of findings of these severities in all files. */
  errorCount: number
  warningCount: number
  /** The numbers of links that could not be judged in all files, by reason in words. */
  notJudged: Record<string, number>
  /** The numbers of remote images and links without a verdict, by reason in words: not requested, or not answered. */
  unverified: {reason: string; image: number; link: number}[]
  /** The closing lines of a command-line report: files checked, problems by rule, links and URLs not judged. */
  summary: string
  /** Notes on the run, one line each: configurations of sites that cannot be read, a cache that cannot be used. */
  warnings: string[]
  /**
   * Errors in doccheck, a rule or a plugin. Each is a finding of the rule `unchecked` on its page, too; other pages are
   * not affected.
   */
  failures: Error[]
}
