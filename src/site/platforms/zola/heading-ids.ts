import type {Heading} from '../../../page/types.ts'
import {mapProse} from '../../shared/headings.ts'
import {takeAttributes} from '../../shared/pulldown-attributes.ts'
import {slugCrateSlug} from '../../shared/slug-crate.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Slugify} from './config.ts'

/**
 * The ids that Zola gives headings (`markdown_to_html` of its component `markdown`): those that authors wrote are taken
 * first.
 *
 * @returns an id for each heading; undefined for one written in HTML
 */
export function zolaIds(headings: readonly Heading[], slugs: Slugify): (string | undefined)[] {
  const unique = new UniqueSlugs()
  const own = headings.map(ownId)
  for (const id of own) if (id !== undefined) unique.reserve(id)
  return headings.map((heading, index) =>
    heading.html ? undefined : (own[index] ?? unique.give(zolaSlug(textOf(heading), slugs))),
  )
}

/** `Don't: a_b` → `don-t-a-b`; unless slugs are on, `Don't:_a_b`. */
export const zolaSlug = (text: string, slugs: Slugify): string =>
  slugs === 'on' ? slugCrateSlug(text) : text.replace(/[\t\n\f\r ]/g, '_')

/** The id in `{#id .class}` at the end of a heading. */
function ownId(heading: Heading): string | undefined {
  return heading.html || endsInCode(heading)
    ? undefined
    : /(?:^|\s)#(\S+)/.exec(takeAttributes(heading.text).inside)?.[1]
}

const endsInCode = ({code, text}: Heading) => code?.some(({end}) => end === text.length) ?? false

/** The text of a heading with the descriptions of its images, without attributes at its end. */
export function textOf(heading: Heading): string {
  const {text, imageAlts = []} = heading
  const images = imageAlts.map(({at, text: replacement}) => ({start: at, end: at, replacement}))
  const whole = images.length === 0 ? text : mapProse(text, images, (prose) => prose)
  return endsInCode(heading) ? whole : takeAttributes(whole).rest
}
