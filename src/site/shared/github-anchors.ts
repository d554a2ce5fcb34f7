import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../page/types.ts'
import {trimBoth} from '../../text/trim.ts'
import type {Anchors} from '../types.ts'
import {idsOfHtml, makeAnchors} from './anchors.ts'
import {UniqueSlugs} from './unique-slugs.ts'

/** Ids of every rendered file and of its lines of source. */
const VIEW_IDS = /^(?:|top|readme|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?)$/

/** The ids that GitHub gives headings, with github-slugger's rule. */
export function githubIds(headings: readonly Heading[]): string[] {
  const slugs = new UniqueSlugs()
  return headings.map(({text}) => slugs.give(githubSlug(text)))
}

/**
 * The ids of headings and of HTML elements, all behind the same invisible prefix. GitHub's script looks for the fragment
 * as it is, then in lower case.
 */
export function githubAnchors(page: Page): Anchors {
  const ofHeadings = githubIds(page.headings)
  // White space at the edges of an HTML heading is kept by some of GitHub's views and dropped by others.
  const ofTrimmed = ofHeadings.filter((_, index) => page.headings[index]!.html).map((id) => trimBoth(id, '-'))
  const written = idsOfHtml(page).map(withoutPrefix)
  const ids = new Set([...ofHeadings, ...ofTrimmed, ...written])
  const inLowerCase = new Set([...ids].map((id) => id.toLowerCase()))
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: (text) => githubSlug(text),
    alsoHas: (fragment) => {
      const id = withoutPrefix(fragment)
      return VIEW_IDS.test(id) || ids.has(id) || inLowerCase.has(id.toLowerCase())
    },
  })
}

const withoutPrefix = (id: string) => id.replace(/^user-content-/, '')
