import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../page/types.ts'
import {trimBoth} from '../../text/trim.ts'
import type {Anchors} from '../types.ts'
import {idsOfHtml, makeAnchors} from './anchors.ts'
import {UniqueSlugs} from './unique-slugs.ts'

/** Ids of every rendered file and of the lines in its source view, and the fragments that show a link in one theme only. */
const VIEW_IDS = /^(?:|top|readme|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|gh-(?:dark|light)-mode-only)$/

/** The ids that GitHub gives headings, by the algorithm of github-slugger. */
export function githubIds(headings: readonly Heading[]): string[] {
  const slugs = new UniqueSlugs()
  return headings.map(({text}) => slugs.give(githubSlug(text)))
}

/**
 * The ids of headings and of HTML elements, which share one invisible prefix. GitHub's script looks for the fragment as
 * it is, then in lower case.
 */
export function githubAnchors(page: Page): Anchors {
  const ofHeadings = githubIds(page.headings)
  // Some of GitHub's views keep whitespace at the edges of an HTML heading, and others drop it.
  const ofTrimmed = page.headings.flatMap(({html}, index) => (html ? trimBoth(ofHeadings[index]!, '-') : []))
  const written = idsOfHtml(page).map(withoutPrefix)
  let inLowerCase: ReadonlySet<string> | undefined
  const anchors = makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...ofTrimmed, ...written],
    idOf: (text) => githubSlug(text),
    alsoHas: (fragment) => {
      const id = withoutPrefix(fragment)
      if (VIEW_IDS.test(id) || anchors.ids.has(id)) return true
      inLowerCase ??= new Set([...anchors.ids].map((each) => each.toLowerCase()))
      return inLowerCase.has(id.toLowerCase())
    },
  })
  return anchors
}

const withoutPrefix = (id: string) => id.replace(/^user-content-/, '')
