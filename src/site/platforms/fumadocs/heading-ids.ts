import {slug as githubSlug} from 'github-slugger'
import type {Heading} from '../../../page/types.ts'
import {bracketId} from '../../shared/mdx-app/bracket-ids.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** The ids that Fumadocs gives headings; one in HTML only has that of its attribute. */
export function fumadocsIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) =>
    heading.html ? undefined : (bracketId(heading) ?? slugs.give(githubSlug(heading.text))),
  )
}

/** A number at the start, or a mark at the end, by which a plugin makes a step of a heading. */
const STEP = /^\d+\.\s|(?<!\s)\s*\[step\]/

/** The ids that headings have if a plugin removes such marks before they get ids. */
export const idsOfSteps = (headings: readonly Heading[]): (string | undefined)[] =>
  fumadocsIds(headings.map((heading) => ({...heading, text: heading.text.replace(STEP, '')})))
