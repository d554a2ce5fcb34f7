import type {Page} from '../../../page/types.ts'
import type {Doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {mditVueSlug} from '../../shared/slugs.ts'
import type {Anchors} from '../../types.ts'
import type {VitepressConfig} from './config.ts'
import {vitepressIds} from './heading-ids.ts'

/** Ids of the default theme and of footnotes. */
const THEME_IDS = /^(?:app|VP\w+|fn(?:ref)?\d.*|main-title|doc-before|local-nav)$/

/** The anchors of a page. */
export function vitepressAnchors(page: Page, config: VitepressConfig): Anchors {
  const ofHeadings = vitepressIds(page.headings)
  const ids = new Set([...ofHeadings, ...page.ids.map(({id}) => id)])
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: mditVueSlug,
    // VitePress 2 slugifies the fragments of links when it builds a page, VitePress 1 does not.
    alsoHas: (fragment) => ids.has(mditVueSlug(fragment)) || THEME_IDS.test(fragment),
    incompleteBecause: config.otherIds ?? whyIncomplete(page),
  })
}

function whyIncomplete({headings, opaqueContent}: Page): Doubt | undefined {
  if (opaqueContent[0] !== undefined) return mayAddIds(opaqueContent[0])
  // Entities, emoji and attributes other than an id.
  const odd = headings.find(({text, id}) => /&|:\w+:/.test(text) || (id === undefined && /\}\s*$/.test(text)))
  return odd && uncertainId(odd)
}
