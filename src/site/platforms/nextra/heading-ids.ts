import {slug as githubSlug} from 'github-slugger'
import type {Heading} from '../../../page/types.ts'
import {bracketId} from '../../shared/mdx-app/bracket-ids.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** The ids that Nextra gives headings; at level 1, only those in brackets. One in HTML only has that of its attribute. */
export function nextraIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    const own = bracketId(heading)
    return heading.depth === 1 ? own : slugs.give(githubSlug(own ?? heading.text))
  })
}
