import type {Heading, Page} from '../../../page/types.ts'
import {idsOfHtml, makeAnchors} from '../../shared/anchors.ts'
import {githubIds} from '../../shared/github-anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Anchors} from '../../types.ts'

/**
 * The ids of a page on Azure DevOps: in lower case, with hyphens for spaces. Its documentation says that punctuation is left
 * out; links that it writes itself keep some, percent-encoded.
 */
export function azureAnchors(page: Page): Anchors {
  const ofHeadings = githubIds(page.headings)
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...idsOfHtml(page)],
    idOf: (text) => githubIds([headingOf(text)])[0],
    alsoHas: orPunctuated(page.headings),
  })
}

function orPunctuated(headings: readonly Heading[]): (fragment: string) => boolean {
  let ids: ReadonlySet<string> | undefined
  return (fragment) => {
    if (!ids) {
      const slugs = new UniqueSlugs()
      ids = new Set(headings.map(({text}) => slugs.give(text.trim().toLowerCase().replace(/\s/g, '-'))))
    }
    return ids.has(fragment)
  }
}
