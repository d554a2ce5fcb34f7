// Every number by which a description is fitted to a tree, with the trees that chose it. Targets are distinct ones.

/** Targets that are collected; further ones change nothing. */
export const MOST_TARGETS = 20_000
/** Pages that are remembered for each target. */
export const MOST_PAGES_OF_A_TARGET = 20
/** A name that more files have says nothing about a path. */
export const MOST_NAMESAKES = 200
/** Segments of a URL that may stand for a folder of another name. */
export const MOST_PREFIX_SEGMENTS = 2
/** Folders of pages, and of assets, that a description may name. */
export const MOST_FOLDERS = 12

/** Fewer targets found prove nothing about a folder, or about a change of names. */
export const FEWEST_FOR_A_FOLDER = 3
/** The share of a folder's targets that are found only by a change of names, such as dropped numbers. */
export const CHANGED_NAMES = 0.3
/** The share of a folder's pages that a folder with translations of it has, too. */
export const TRANSLATED = 0.5
/** The share of the targets left in a section that lead to a further folder. */
export const SHARE_FOR_A_FOLDER = 0.2
/** The share of the targets with a first segment that are found without it, if links may leave it out. */
export const PREFIX_FOUND = 0.5
/** The share of links that have the same ending, if the site has one. */
export const SAME_ENDING = 0.9
/** The share of relative links that are found by either rule alone, if that is the site's rule. */
export const SAME_BASE = 0.98

/**
 * Targets that a description finds and the repository's host does not, and their share of all targets found, if there
 * is a generator: a few that are nearly all, or more.
 */
export const BEYOND_HOST = [
  {fewest: 2, share: 0.5},
  {fewest: 5, share: 0.1},
] as const
/** Targets that look like URLs and that nothing explains, and their share, if there is a generator. */
export const UNEXPLAINED = {fewest: 10, share: 0.5}
/** Fewer targets found prove no description. */
export const FEWEST_FOUND = 10
/** The share of targets, outside of sections that come from somewhere else, that a description finds. */
export const EXPLAINED = 0.75
/** A section with at least so many targets left, of which at most this share is found, comes from somewhere else. */
export const SECTION_FROM_ELSEWHERE = {left: 3, share: 0.05}
/** The share of its targets that the runner-up may find. */
export const RUNNER_UP = 0.5

/** Fragments that are looked at, of all pages and of one. */
export const MOST_FRAGMENTS = 250
export const MOST_FRAGMENTS_OF_A_PAGE = 20
/** Fewer fragments prove no rule. */
export const FEWEST_FRAGMENTS = 10
/** The share of fragments that a rule for ids explains. */
export const IDS_EXPLAINED = 0.75
/** A rule is refuted by one that alone explains at least so many fragments, if it alone explains at most this share. */
export const REFUTED = {fewest: 3, share: 0.15}
