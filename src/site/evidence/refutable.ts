import {concernsRedirects, type Doubt, isTestable} from '../doubts.ts'
import type {MissingTarget} from '../types.ts'
import type {Place} from './places.ts'

/** The published URLs of a site that help to judge a missing target. */
export interface PublishedUrls {
  /** The published URL path that one misspells. */
  meantBy?(path: string): string | undefined
  /** Is the target an absolute URL in a folder with pages of the site? */
  isBesidePages?: boolean
  /** Does its URL end like the name of a file, `/a.html`, rather than of a folder? */
  isNamedAsFile?: boolean
  /** The number of URLs that are published in a folder. */
  countIn?(folder: string): number
  /** The clause by which other URLs below a home that only links show refute the doubt about it. */
  clauseAtHome?: string | undefined
}

/** May links refute a doubt about a missing target? */
export function isRefutable(doubt: Doubt, {evidence, why}: MissingTarget): boolean {
  if (!isTestable(doubt) || (concernsRedirects(doubt) && evidence === 'renamed')) return false
  // The page is there, and a program which is not known may publish it at that URL.
  if (evidence === 'extension' && isAboutReader(doubt)) return false
  // The file exists, perhaps since the build made it, or the folder does, whose first page a site may show.
  return why !== 'ignored' && why !== 'index'
}

const isAboutReader = ({reason}: Doubt): boolean => reason === 'unknown-reader' || reason === 'mostly-missing'

/** Is a doubt refuted by targets at the top of a site? Programs seldom add a page there that it is about. */
export const isSpokenForAtTop = (reason: Doubt['reason']): boolean =>
  reason === 'host-shared' ||
  reason === 'host-top' ||
  reason === 'guessed-home' ||
  reason === 'ignored-extension' ||
  // All pages of a wiki are there.
  reason === 'wiki-pages'

/** Where git ignores pages that a build generates, a page that it does not ignore is not generated. */
export const clauseOfIgnored = ({reason}: Doubt, {form}: Place): string | undefined =>
  reason === 'unignored-pages' && form !== 'asset'
    ? 'git ignores the pages that the build generates'
    : undefined
