import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {idsOfHtml, makeAnchors, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {isNamedAsPartial} from '../../shared/partials.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import {addedTo} from './added.ts'
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
  const ids = new Set([...ofHeadings, ...idsOfHtml(page), ...added.ids])
  const ofTheme = config.hasOwnComponents ? components.allIds : new Set<string>()
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: (text) => starlightIds({...page, headings: [headingOf(text)]}, config.smartypants)[0],
    alsoHas: (fragment) =>
      // As of Astro 6, a trailing hyphen is kept.
      ids.has(fragment.replace(/-$/, '')) ||
      THEME_IDS.test(fragment) ||
      ofTheme.has(fragment) ||
      page.componentProps.includes(fragment),
    doubts: doubtsOf(context, page, added.doubts),
  })
}

/** The reasons why a page may have more ids than were found. */
function doubtsOf(context: StarlightContext, page: Page, ofAdded: readonly Doubt[]): AnchorDoubt[] {
  const {changes} = context
  const whence = doubtOfRoute(context, page)
  if (whence?.reason === 'included-elsewhere') return [whence]
  return [
    ...changes.ids,
    ...(whence ? [whence] : []),
    ...ofAdded,
    ...page.headings.filter(({text}) => /\.\s+\.+\s+\./.test(text)).map(oddHeading),
  ]
}

/** The doubt about what shows a page: a layout, code that shows the entries of a collection, or pages that include it. */
function doubtOfRoute({config, routes}: StarlightContext, {path, frontMatter}: Page): Doubt | undefined {
  if (routes().of(path) !== undefined) {
    const isPage = path.startsWith(`${config.sourceFolder}/pages/`)
    return isPage && 'layout' in record(frontMatter?.data) ? doubt('layout-ids', 'of the page') : undefined
  }
  const [collection, entry] = pathBelow(path, `${config.sourceFolder}/content`)?.split('/', 2) ?? []
  return collection === undefined || entry === undefined || isNamedAsPartial(path)
    ? doubt('included-elsewhere')
    : doubt('layout-ids', `of the collection ${collection}`)
}

/** SmartyPants may or may not make an ellipsis of dots with spaces, which changes the id of a heading. */
const oddHeading = (heading: Heading): AnchorDoubt => {
  const start = githubSlug(heading.text.replace(/\..*/s, ''))
  return {...uncertainId(heading), covers: (fragment) => fragment.startsWith(start)}
}
