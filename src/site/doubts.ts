import {REASONS, type ReasonEntry} from './doubt-reasons.ts'

/** All reasons with their words and scopes, for the documentation. */
export const doubtReasons = (): (Pick<ReasonEntry, 'scope' | 'testable'> & {
  reason: string
  words: string
})[] =>
  Object.entries<ReasonEntry>(REASONS).map(([reason, {words, scope, testable}]) => ({
    reason,
    words: words('…'),
    scope,
    testable,
  }))

/** A reason for which a link or fragment may not be judged. */
export type DoubtReason = keyof typeof REASONS

/** Something that a site cannot know. It is stated only where it matters: that is its scope. */
export interface Doubt {
  reason: DoubtReason
  /** The plugin, setting or content that it is about. */
  about?: string
}

/** State a doubt, about a plugin, setting or content if any: `doubt('plugin-pages', 'the plugin llmstxt')`. */
export const doubt = (reason: DoubtReason, about?: string): Doubt =>
  about === undefined ? {reason} : {reason, about}

const entryOf = ({reason}: Doubt): ReasonEntry => REASONS[reason]

/** A doubt in words: `the plugin llmstxt may add pages or files`. */
export const doubtWords = (about: Doubt): string => entryOf(about).words(about.about ?? '')

/** A doubt in words that do not name the content of a single page, to count doubts together. */
export const commonDoubtWords = (about: Doubt): string => entryOf(about).together ?? doubtWords(about)

/** May the tree's own links refute a doubt? */
export const isTestable = (about: Doubt): boolean => entryOf(about).testable !== false

/** May the numbers of links refute a doubt, and not only the name of a page that one misspells? */
export const isTestedByCounts = (about: Doubt): boolean => entryOf(about).testable === true

/** Does a doubt concern redirects, which removed files may have? */
export const concernsRedirects = (about: Doubt): boolean => entryOf(about).redirects ?? false

/** Is a doubt about what else may be on the host? */
export const concernsHost = ({reason}: Doubt): boolean => reason === 'host-shared' || reason === 'host-top'

/** May a missing target have an address although git shows that its file was renamed or removed? */
export const mayOutliveFiles = (about: Doubt): boolean => {
  const {testable, redirects, overridable} = entryOf(about)
  return !testable || redirects === true || overridable === true
}
