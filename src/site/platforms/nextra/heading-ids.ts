import {slug as githubSlug} from 'github-slugger'
import type {Heading} from '../../../page/types.ts'
import {bracketId} from '../../shared/mdx-app/bracket-ids.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** The ids that Nextra gives headings below level 1; one in HTML only has that of its attribute. */
export function nextraIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) =>
    heading.html || heading.depth === 1
      ? undefined
      : slugs.give(githubSlug(bracketId(heading)?.id ?? heading.text)),
  )
}
