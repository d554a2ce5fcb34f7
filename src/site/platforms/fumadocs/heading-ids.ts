import {slug as githubSlug} from 'github-slugger'
import type {Heading} from '../../../page/types.ts'
import {bracketId} from '../../shared/mdx-app/bracket-ids.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** The ids that Fumadocs gives headings; one in HTML only has that of its attribute. */
export function fumadocsIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) =>
    heading.html ? undefined : (bracketId(heading)?.id ?? slugs.give(githubSlug(heading.text))),
  )
}
