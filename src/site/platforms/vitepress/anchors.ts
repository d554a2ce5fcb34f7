import type {Page} from '../../../page/types.ts'
import {aboutSlugs, makeAnchors} from '../../shared/anchors.ts'
import {shownPage} from '../../shared/shown-page.ts'
import {mditVueSlug, vitepress0Slug} from '../../shared/slugs.ts'
import {idsOfComponents} from '../../shared/vue/component-ids.ts'
import {oddHeadings} from '../../shared/vue/odd-headings.ts'
import type {Anchors, SiteLink} from '../../types.ts'
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
  const components = pages.flatMap((each) => idsOfComponents(context.components, each))
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
      ...oddHeadings(headings),
    ],
  })
}
