/**
 * The thresholds at which the tree's own links refute a doubt. They were chosen on public trees whose findings were read;
 * see `docs/doubts.md`.
 */

/** At most this share of a section's distinct targets may be missing, so that at least 9 exist for each of them. */
export const MISSING_SHARE = 0.1
/** The same for the site as a whole, which says little about a small section, unless a similar target exists. */
export const MISSING_SHARE_OF_SITE = 0.02
/**
 * The same if something else speaks against the doubt: an absolute URL is in a folder with pages of the site, or git
 * would ignore what a script generates; nodejs.org has 18 of 269, which are redirected.
 */
export const MISSING_SHARE_IF_WEAK = 0.05
/** In a small site, so few missing targets may be twice that share. */
export const FEW_MISSING_IF_WEAK = 3
/**
 * At the top of a site, where other programs put single pages, so many targets must exist for each that is missing: 34 of
 * 38 in inspect_ai and 6 of 7 in gateway-api, but 3 of 11 in electron/website, which another program publishes there.
 */
export const FOUND_AT_TOP = 3
/** With so many targets, a section speaks for itself; with fewer, the section above it does. */
export const ENOUGH_TARGETS = 10
/** Programs seldom add a page to a folder with so many published pages of the tree. */
export const ENOUGH_PAGES = 3
/** In a smaller section, more missing targets than these are rather missing together, since something else makes them. */
export const FEW_MISSING = 2
/**
 * A missing target that so many pages name is rather generated than misspelled, unless a similar one exists, or more
 * targets in its section: 22 pages of dart.dev name a glossary that is generated among 11 other targets.
 */
export const POPULAR = 4
/** So many distinct fragments must exist on pages with a doubt of the same cause. */
export const FOUND_OF_CAUSE = 10
/**
 * The same for pages at a home that links show: it is the page that is found there. So many distinct URLs below the home must
 * lead to something, too: of 42 homes on public trees, 40 have that many, and 27 of these lack none.
 */
export const FOUND_AT_HOME = 5
/**
 * So many distinct targets must be missing, at least twice as many as are found, before a form of links is disbelieved: then
 * the site is not published as its configuration, or that of the repository's host, seems to say. 534 of 572 in echarts-doc,
 * 58 of 78 in loki; 43 of 98 in kubernetes/community, where they are broken.
 */
export const FEWEST_DISBELIEVED = 10
/** So many distinct fragments that begin alike must be missing, and none found, if a program computes such ids. */
export const FEWEST_COMPUTED = 10
/**
 * So many distinct values of a key, an attribute or a parameter must lead to something on the site, or end the paths of
 * files, before one that does neither is a link: of the 39 that reach it on public trees, 36 have no other value.
 */
export const RESOLVED_AT_PLACES = 5
export const NAMED_AT_PLACES = 10
