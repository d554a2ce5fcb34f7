import type {Heading} from '../../../page/types.ts'
import {mditVueSlug, vuepress1Slug} from '../../shared/slugs.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Version} from './versions.ts'

/** The slug function of each version. */
export const SLUGS: Readonly<Record<Version, (text: string) => string>> = {1: vuepress1Slug, 2: mditVueSlug}

/** The number of the second heading with one slug: markdown-it-anchor changed it. */
const SECOND: Readonly<Record<Version, number>> = {1: 2, 2: 1}

/** How headings get their ids. */
export interface IdSettings {
  version: Version
  /** `{#id}` sets the id of a heading, instead of being a part of its text. */
  attributes: boolean
  /** Emoji by their names are left out. */
  withoutEmoji: boolean
  /** Does a heading of this depth get an id? */
  hasId(depth: number): boolean
}

/** The name of an emoji: `:tada:`, `:+1:`. */
const EMOJI = /:[\w+-]+:/g

/** The id of each heading: the author's own, else a unique slug; undefined for one written in HTML. */
export function vuepressIds(
  headings: readonly Heading[],
  {version, attributes, withoutEmoji, hasId}: IdSettings,
): (string | undefined)[] {
  const slugs = new UniqueSlugs(SECOND[version])
  return headings.map(({html, id, text, textWithoutId, depth}) => {
    if (html) return undefined
    if (attributes && id !== undefined) return id
    if (!hasId(depth)) return undefined
    const shown = attributes ? (textWithoutId ?? text) : text
    return slugs.give(SLUGS[version](withoutEmoji ? shown.replace(EMOJI, '') : shown))
  })
}
