import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {lettersOf} from '../../../text/nearest.ts'
import type {Doubt} from '../../doubts.ts'
import {doubtsOfComponent, makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {Adds} from '../../shared/component-code.ts'
import {slugBy} from '../../shared/id-rules.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import type {Components} from './components.ts'
import type {NuxtConfig} from './config.ts'

/** Ids of frames, footnotes, and lists of links in Nuxt UI and Docus. */
const THEME_IDS = /^(?:__nuxt|_?top|user-content-fn.*|fn(?:ref)?-?\d+|footnote-label|app|teleports|main)$/
/** An emoji by its name, which `remark-emoji` replaces if it knows it. */
const EMOJI = /:[\w+-]+:/g

/** The ids that MDC gives headings, also those in HTML; an id that is written in HTML is changed in the same way. */
export function mdcIds(page: Pick<Page, 'headings' | 'ids'>, withEmoji = true): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return page.headings.map((heading) => {
    const own = heading.html ? ownId(page, heading) : undefined
    const text = withEmoji ? heading.text : heading.text.replace(EMOJI, '')
    return finished(own ?? slugs.give(githubSlug(text)))
  })
}

const finished = (id: string): string =>
  id
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/^(?=\d)/, '_')

/** The id of a heading in HTML, in its tag. */
const ownId = ({ids}: Pick<Page, 'ids'>, {start, end}: Heading): string | undefined =>
  ids.find((each) => each.from === 'html' && each.start >= start && each.end <= end)?.id

/** The anchors of a page. */
export function nuxtAnchors(config: NuxtConfig, components: Components, page: Page): Anchors {
  const ofHeadings = mdcIds(page)
  const added = addedBy(components, page)
  const isNamed = namedBy(page)
  return makeAnchors({
    ofHeadings,
    ids: [
      ...ofHeadings,
      ...(page.headings.some(({text}) => text.search(EMOJI) >= 0) ? mdcIds(page, false) : []),
      ...page.ids.map(({id}) => id),
      ...added.ids,
    ],
    idOf: (text) => slugBy('mdc', text),
    alsoHas: (fragment) => THEME_IDS.test(fragment) || isNamed(fragment),
    doubts: [
      ...(config.otherIds ? [config.otherIds] : []),
      ...(config.otherSlugs ? [aboutLetters(page.headings, config.otherSlugs)] : []),
      ...added.doubts,
      ...templateHeadingDoubts(page.headings),
    ],
  })
}

/** A doubt about the signs in slugs, not about their letters and digits. */
function aboutLetters(headings: readonly Heading[], why: Doubt): AnchorDoubt {
  const letters = new Set(headings.map(({text}) => lettersOf(text)))
  return {
    ...why,
    covers: (fragment) =>
      letters.has(lettersOf(fragment)) || letters.has(lettersOf(fragment.replace(/-\d+$/, ''))),
  }
}

/** Create the test of whether a fragment is the slug of a property, such as the label of a tab or the title of a section. */
function namedBy({componentProps}: Page): (fragment: string) => boolean {
  let names: ReadonlySet<string> | undefined
  return (fragment) => {
    names ??= new Set(componentProps.flatMap((prop) => [prop, slugBy('mdc', prop)]))
    return names.has(fragment)
  }
}

/** What the components of a page add to its ids. */
function addedBy(components: Components, {opaqueContent}: Page): {ids: string[]; doubts: Doubt[]} {
  const ids: string[] = []
  const doubts: Doubt[] = []
  for (const content of new Set(opaqueContent)) {
    const name = /^(?:::?|<)([A-Za-z][\w.-]*)/.exec(content)?.[1]
    // An interpolation shows text.
    if (name === undefined) {
      if (!content.startsWith('{{')) doubts.push(mayAddIds(content))
      continue
    }
    const found = components.of(name)
    ids.push(...(found?.ids ?? []))
    doubts.push(...doubtsOfComponent(name, found?.adds ?? Adds.Ids))
  }
  return {ids, doubts}
}
