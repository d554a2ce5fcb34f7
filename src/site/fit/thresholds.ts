/*
 * Every number by which a description is fitted to a tree. Targets and fragments are distinct ones. They were chosen on
 * the trees named here, and then held on trees that had not been looked at: h3, nitro, rsbuild, solid-docs, the sites of
 * Eleventy and VuePress, and modelcontextprotocol, of all of which the description found was right.
 */

/** Targets that are collected; further ones change nothing. The largest tree, kubernetes/community, has 875. */
export const MOST_TARGETS = 20_000
/** Pages that are remembered for each target. */
export const MOST_PAGES_OF_A_TARGET = 20
/** A name that more files have says nothing about a path. */
export const MOST_NAMESAKES = 200
/** Segments of a URL that may stand for a folder of another name: `/docs/guide` for `content/guide.md`. */
export const MOST_PREFIX_SEGMENTS = 2
/** Folders of pages, and of assets, that a description may name. */
export const MOST_FOLDERS = 12
/** Folders with translations of one of them, which the same names of pages show; nodejs.org has 15. */
export const MOST_TRANSLATIONS = 60

/** Fewer targets found prove nothing about a folder, or about a change of names. */
export const FEWEST_FOR_A_FOLDER = 3
/**
 * The ids that authors wrote for headings, of all ids of headings that links lead to, if a generator reads the pages: 17 of 18
 * in a folder of reactiveui/website; 5 of 3,304 in rust-lang/rfcs, all on one of 648 pages.
 */
export const WRITTEN_IDS = 0.01
/**
 * The share of a folder's targets that are found only by a change of names, such as dropped numbers: all of them in
 * nuxt/content, h3 and nitro; 3 of 22 in kubernetes/enhancements, which are broken.
 */
export const CHANGED_NAMES = 0.3
/** The share of a folder's pages that a folder with translations of it has, too; nearly all in rspress and rsbuild. */
export const TRANSLATED = 0.5
/** The share of the targets left in a section that lead to a further folder; 12 of 44 in denoland/docs. */
export const SHARE_FOR_A_FOLDER = 0.2
/**
 * So many targets must be explained by a further URL of a folder for each one that is found at the folder's own URL: names
 * such as `overview` are in many folders.
 */
export const PAGES_TAKEN = 20
/** The share of the targets with a first segment that are found without it, if links may leave it out. */
export const PREFIX_FOUND = 0.5
/** The share of links that have the same ending, if the site has one. */
export const SAME_ENDING = 0.9
/** The share of relative links that are found by either rule alone, if that is the site's rule. */
export const SAME_BASE = 0.98

/**
 * Targets that a description finds and the repository's host does not, and their share of all targets found, if there
 * is a generator: few of few, or more. They are 75 to 100 % on sites, also on small ones; in repositories 0 of 578
 * (kubernetes/community) and 2 of 58 (kubernetes/enhancements). Docsify's and Lume's own docs, which link to files,
 * have 4 of 28 and 4 of 173; there, a file of the generator tells.
 */
export const BEYOND_HOST = [
  {fewest: 2, share: 0.5},
  {fewest: 5, share: 0.1},
] as const
/**
 * Targets that are not found, but may be published, and their share of all, if there is a generator: 69 of 103 in
 * obsidian-help; below a tenth in repositories.
 */
export const UNEXPLAINED = {fewest: 10, share: 0.5}
/**
 * Links from the root without an extension that lead nowhere on the host, and their share of all such links, if they are
 * URLs of a site that another repository builds.
 */
export const URLS_ELSEWHERE = {fewest: 5, share: 0.5}
/**
 * Pages whose front matter names a layout or the like, and their share of all pages of their folder, if a program makes a
 * site of them: 105 of 122 in aframe; 29 of 965 in kubernetes/community, none in electron.
 */
export const LAYOUTS = {fewest: 5, share: 0.5}
/** Fewer targets found prove no description. */
export const FEWEST_FOUND = 10
/**
 * The share of targets, outside of sections that come from somewhere else, that a description finds: 80 % (Eleventy's
 * site) to 100 %, and 62 % where a third of the links of solid-docs and nuxt/content is broken on purpose; 22 % in
 * sveltejs/kit, whose site is built from several repositories.
 */
export const EXPLAINED = 0.5
/**
 * The share of links by a name alone that lead to the only file of that name in another folder, if files are found by
 * name: 471 of 741 in kotlin-web-site, 123 of 169 in sveltejs/kit; 2 of 135 in ktor-documentation, most of whose pages
 * are in one folder.
 */
export const BY_NAME = 0.5
/** The share of relative links that come from the folder of the pages; other ones are written for the repository. */
export const MAIN_FOLDER = 0.9
/** A section with at least so many targets left, of which at most this share is found, comes from somewhere else. */
export const SECTION_FROM_ELSEWHERE = {left: 3, share: 0.05}
/** The share of its targets that the runner-up may find: at most 5 of 24 in nuxt/content, else a tenth. */
export const RUNNER_UP = 0.5

/** Fragments that are looked at, of all pages and of one. */
export const MOST_FRAGMENTS = 250
export const MOST_FRAGMENTS_OF_A_PAGE = 20
/** Fewer fragments prove no rule. */
export const FEWEST_FRAGMENTS = 10
/** The share of fragments that a rule for ids explains: 85 to 100 %, where it is one of those known. */
export const IDS_EXPLAINED = 0.75
/**
 * A rule is refuted by one that alone explains at least so many fragments, if it alone explains at most this share of
 * that number: 5 of 45 in TanStack/query, whose old links have ids of GitHub.
 */
export const REFUTED = {fewest: 3, share: 0.15}
