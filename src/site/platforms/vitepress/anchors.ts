import type {Heading, Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {aboutSlugs, makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {Adds} from '../../shared/component-code.ts'
import {shownPage} from '../../shared/shown-page.ts'
import {mditVueSlug, vitepress0Slug} from '../../shared/slugs.ts'
import type {AnchorDoubt, Anchors, SiteLink} from '../../types.ts'
import {vitepressIds} from './heading-ids.ts'
import {resolveVitepressInclude} from './includes.ts'
import type {VitepressContext} from './links.ts'

/** Ids of the default theme and of footnotes. */
const THEME_IDS = /^(?:app|VP\w+|fn(?:ref)?\d.*|main-title|doc-before|local-nav)$/

/** The anchors of a page. */
export function vitepressAnchors(context: VitepressContext, page: Page): Anchors {
  const {config} = context
  const include = (link: SiteLink, from: string) => resolveVitepressInclude(context, link, from)
  const {pages, headings, ids: written, doubts, isPartial, ofOwn} = shownPage(page, {...context, include})
  const ofHeadings = vitepressIds(headings, config.hasId)
  const ofVersion0 = config.isVersion0 ? vitepressIds(headings, config.hasId, vitepress0Slug) : []
  const components = pages.flatMap((each) => componentsOf(context, each))
  const ids = new Set([
    ...ofHeadings,
    ...written.map(({id}) => id),
    ...components.flatMap((each) => each.ids),
  ])
  return makeAnchors({
    ofHeadings: ofOwn(ofHeadings),
    ids,
    idOf: mditVueSlug,
    alsoHas: (fragment) =>
      (config.slugsFragments && ids.has(mditVueSlug(fragment))) ||
      ofVersion0.includes(fragment) ||
      THEME_IDS.test(fragment) ||
      (isPartial && ids.has(fragment.replace(/-\d+$/, ''))),
    doubts: [
      ...(config.otherSlugs ? aboutSlugs(headings, config.otherSlugs) : []),
      ...config.otherIds,
      ...doubts,
      ...components.flatMap(({doubt}) => doubt ?? []),
      ...headings.filter(isOdd).map(oddHeading),
    ],
  })
}

/** The ids of a component on a page, and the reason why it may add others. */
interface AddedIds {
  ids: readonly string[]
  doubt?: Doubt
}

function componentsOf({components}: VitepressContext, page: Page): AddedIds[] {
  // An interpolation shows text, and the tags of template languages are text.
  const others = [...new Set(page.opaqueContent)].filter((content) => !/^\{[{%]/.test(content))
  return others.flatMap((content) => {
    const name = /^<([A-Za-z][\w.-]*)/.exec(content)?.[1]
    if (name === undefined) return [{ids: [], doubt: mayAddIds(content)}]
    const found = components.of(name, page)
    if (!found) return [{ids: [], doubt: doubt('content-ids', `<${name}>`)}]
    if (found.adds === Adds.Nothing) return [{ids: found.ids}]
    const reason = found.adds === Adds.Content ? 'component-content' : 'content-ids'
    return [{ids: found.ids, doubt: doubt(reason, `<${name}>`)}]
  })
}

/**
 * Character references, emoji, interpolations and attributes other than an id, whose effect on ids depends on the version and its
 * options.
 */
const ODD = /&#?\w*;?|:\w+:|\{\{[^{}]*\}\}|\{[^{}]*\}\s*$/

const isOdd = ({text, id, template}: Heading): boolean => id === undefined && (template || ODD.test(text))

/** The id of a heading is known but for what stands between its beginning and its end: `Build & run` → `build-…run`. */
function oddHeading(heading: Heading): AnchorDoubt {
  const parts = heading.text.split(ODD)
  const start = mditVueSlug(parts[0]!)
  const end = mditVueSlug(parts.at(-1)!).replace(/^_/, '')
  return {
    ...uncertainId(heading),
    covers: (fragment) => fragment.startsWith(start) && fragment.replace(/-\d+$/, '').endsWith(end),
  }
}
