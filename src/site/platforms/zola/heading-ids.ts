import type {Heading} from '../../../page/types.ts'
import {mapProse} from '../../shared/headings.ts'
import {takeAttributes} from '../../shared/pulldown-attributes.ts'
import {knownStretches, slugCrateSlug} from '../../shared/slug-crate.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Slugify, ZolaConfig} from './config.ts'

const EMOJI = /:[\w+-]+:/
const SMART = /["']|--|\.{3}/

/** The settings that determine ids. */
export type ZolaIdSettings = Pick<ZolaConfig, 'anchors' | 'emoji' | 'smartPunctuation'>

/**
 * The ids that Zola gives headings (`markdown_to_html` of its component `markdown`): those that authors wrote are taken
 * first.
 *
 * @returns an id for each heading; undefined for one written in HTML, or whose id is not known
 */
export function zolaIds(headings: readonly Heading[], settings: ZolaIdSettings): (string | undefined)[] {
  const unique = new UniqueSlugs()
  const own = headings.map(ownId)
  for (const id of own) if (id !== undefined) unique.reserve(id)
  return headings.map((heading, index) => {
    if (heading.html) return undefined
    const slug = own[index] === undefined ? idOfText(textOf(heading), settings) : undefined
    return slug === undefined ? own[index] : unique.give(slug)
  })
}

/** The id of a heading with this text; undefined if it is not known. */
export function idOfText(text: string, settings: ZolaIdSettings): string | undefined {
  return stretchesOf(text, settings).length === 1 ? zolaSlug(text, settings.anchors) : undefined
}

/** The stretches of a text between characters of which it is not known what becomes of them in an id. */
export function stretchesOf(text: string, {anchors, emoji, smartPunctuation}: ZolaIdSettings): string[] {
  return [text]
    .flatMap((each) => (emoji ? each.split(EMOJI) : [each]))
    .flatMap((each) => (anchors === 'on' ? knownStretches(each) : [each]))
    .flatMap((each) => (anchors !== 'on' && smartPunctuation ? each.split(SMART) : [each]))
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
