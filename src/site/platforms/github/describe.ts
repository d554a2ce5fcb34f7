import type {Heading, Page} from '../../../page/types.ts'
import {trimBoth} from '../../../text/trim.ts'
import type {Lookup} from '../../shared/lookup.ts'
import {resolveInRepository} from '../../shared/repository.ts'
import {githubSlugger} from '../../shared/slug.ts'
import type {Anchors, PageSource, Site} from '../../types.ts'

/**
 * Files as github.com shows them: paths within the repository, exact case, README for a folder.
 *
 * @param assumed Nobody has said so, and something else may read the pages, too.
 */
export function githubSite(world: PageSource, lookup: Lookup, why: string, assumed = false): Site {
  return {
    platform: 'github',
    root: '',
    why,
    ...(assumed && {assumed}),
    host: true,
    syntax: {},
    urlsOf: (path) => [`/${path}`],
    resolve: ({url}, from) => resolveInRepository(world, lookup, url, from),
    anchorsOf: (page) => ({...githubAnchors(page), ...(assumed && {assumed})}),
  }
}

/** Places that every rendered file has, or that lines of its source have. */
const BUILT_IN = /^(?:|top|readme|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?)$/

/**
 * Ids that GitHub gives: of headings, and of HTML elements, both behind the same invisible prefix. Its script looks
 * for the fragment as it is, then in lower case.
 */
export function githubAnchors(page: Page): Anchors {
  const ids = new Set<string>()
  const ofHeadings = page.headings.map(githubSlugger())
  for (const [index, heading] of page.headings.entries()) {
    const id = ofHeadings[index]
    if (id !== undefined) ids.add(id)
    // White space at the edges of an HTML heading is kept by some of GitHub's views and dropped by others.
    if (heading.html && id) ids.add(trimBoth(id, '-'))
  }
  for (const {id, from} of page.ids) if (from === 'html') ids.add(id.replace(/^user-content-/, ''))
  const lower = new Set([...ids].map((id) => id.toLowerCase()))
  return {
    ids,
    ofHeadings,
    idOf: (text) => githubSlugger()({text} as Heading),
    has: (fragment) => {
      if (ids.has(fragment)) return true
      const id = fragment.replace(/^user-content-/, '')
      return BUILT_IN.test(id) || ids.has(id) || lower.has(id.toLowerCase())
    },
  }
}
