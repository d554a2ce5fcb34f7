import {slug as githubSlug} from 'github-slugger'
import {MASK_CHARACTER} from '../../../page/template/mask.ts'
import type {Heading, Page} from '../../../page/types.ts'
import {pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {idsOfHtml, makeAnchors, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {isNamedAsPartial} from '../../shared/partials.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import {type Added, addedByRoutes, addedTo} from './added.ts'
import type {StarlightContext} from './context.ts'
import {starlightIds} from './heading-ids.ts'

/** Ids of Starlight, its tabs and footnotes. */
const THEME_IDS =
  /^(?:top|_top|starlight__.*|theme-icons|tab-.*|user-content-fn(?:ref)?-.*|footnote-label|overview)$/i

/** The anchors of a page. */
export function starlightAnchors(context: StarlightContext, page: Page): Anchors {
  const {config, components} = context
  const ofHeadings = starlightIds(page, config.smartypants)
  const added = addedTo(context, page)
  const ofRoute = addedByRoute(context, page)
  const ids = new Set([...ofHeadings, ...idsOfHtml(page), ...added.ids])
  const ofTheme = config.hasOwnComponents ? components.allIds : new Set<string>()
  return makeAnchors({
    ofHeadings,
    ids: [...ids, ...[...ofTheme, ...ofRoute.ids].filter((id) => id.includes(MASK_CHARACTER))],
    idOf: (text) => starlightIds({...page, headings: [headingOf(text)]}, config.smartypants)[0],
    alsoHas: (fragment) =>
      // As of Astro 6, a trailing hyphen is kept.
      ids.has(fragment.replace(/-$/, '')) ||
      THEME_IDS.test(fragment) ||
      ofTheme.has(fragment) ||
      ofRoute.ids.has(fragment) ||
      page.componentProps.includes(fragment),
    doubts: doubtsOf(context, page, ofRoute.doubts, added.doubts),
  })
}

/** The reasons why a page may have more ids than were found. */
function doubtsOf(
  {changes}: StarlightContext,
  page: Page,
  ofRoute: readonly Doubt[],
  ofAdded: readonly Doubt[],
): AnchorDoubt[] {
  if (ofRoute.some(({reason}) => reason === 'included-elsewhere')) return [...ofRoute]
  return [
    ...changes.ids,
    ...ofRoute,
    ...ofAdded,
    ...page.headings.filter(({text}) => /\.\s+\.+\s+\./.test(text)).map(oddHeading),
  ]
}

/** The ids that may be added where a page is rendered: by a layout, by code for a collection, or by pages that include it. */
function addedByRoute(context: StarlightContext, {path, frontMatter}: Page): Added {
  const {config, routes} = context
  const mayAdd = (...doubts: Doubt[]): Added => ({ids: new Set(), doubts})
  if (routes().of(path) !== undefined) {
    const hasLayout =
      path.startsWith(`${config.sourceFolder}/pages/`) && 'layout' in record(frontMatter?.data)
    return hasLayout ? mayAdd(doubt('layout-ids', 'of the page')) : mayAdd()
  }
  const [collection, entry] = pathBelow(path, `${config.sourceFolder}/content`)?.split('/', 2) ?? []
  const isPartial = collection === undefined || entry === undefined || isNamedAsPartial(path)
  const found = isNamedAsPartial(path) ? undefined : addedByRoutes(context, path)
  if (found) return found
  return mayAdd(
    isPartial ? doubt('included-elsewhere') : doubt('layout-ids', `of the collection ${collection}`),
  )
}

/** SmartyPants may or may not make an ellipsis of dots with spaces, which changes the id of a heading. */
const oddHeading = (heading: Heading): AnchorDoubt => {
  const start = githubSlug(heading.text.replace(/\..*/s, ''))
  return {...uncertainId(heading), covers: (fragment) => fragment.startsWith(start)}
}
