import type {Component, Heading, Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {Anchors, Resolution, SiteLink} from '../../types.ts'
import {doubtsOfComponent, idsOfHtml, makeAnchors, mayAddIds} from '../anchors.ts'
import {Adds} from '../component-code.ts'
import {headingOf} from '../headings.ts'
import {type ShownPage, shownPage} from '../shown-page.ts'
import {repeatedIds} from '../uncertain-headings.ts'
import type {AppContext} from './context.ts'

/** Beyond this number, the partials of a page are ignored. */
const MOST_PARTIALS = 100
/** Ids of footnotes, and of the elements that frameworks and themes render around pages. */
const GENERATED =
  /^(?:user-content-fn(?:ref)?-.+|footnote-label|_top|__next\w*|nd-[\w-]+|nextra-[\w-]+|reach-skip-nav)$/
const IMPORT = /^import\s/

/** How a generator gives headings ids. */
export interface IdRules {
  idsOf(headings: readonly Heading[]): (string | undefined)[]
  /** The ids of content that is not a heading, but has a title; undefined for other content. */
  idsIn?(content: string): readonly string[] | undefined
  /** The ids that headings have if a plugin of the site sees them first. */
  otherIds?(headings: readonly Heading[]): (string | undefined)[]
  /** Do components of these names, which pages use without an import, add no ids? */
  isPlain(name: string): boolean
}

/** The anchors of a page: of its headings, its elements, and the Markdown that it includes or imports. */
export function appAnchors(context: AppContext, page: Page, rules: IdRules): Anchors {
  const parts = partsOf(context, page)
  const ids = parts.map(({headings}) => rules.idsOf(headings))
  const others = parts.flatMap(({headings}) => rules.otherIds?.(headings) ?? [])
  const pages = parts.flatMap((part) => part.pages)
  const props = new Set(pages.flatMap(({componentProps}) => componentProps))
  const added = pages.map((each) => addedTo(context, each, rules))
  const titles = pages.flatMap(({opaqueContent}) =>
    opaqueContent.flatMap((each) => rules.idsIn?.(each) ?? []),
  )
  return makeAnchors({
    ofHeadings: parts[0]!.ofOwn(ids[0]!),
    ids: [
      ...ids.flat(),
      ...others,
      ...titles,
      ...pages.flatMap(idsOfHtml),
      ...added.flatMap((each) => each.ids),
    ],
    idOf: (text) => rules.idsOf([headingOf(text)])[0],
    alsoHas: (fragment) => GENERATED.test(fragment) || props.has(fragment),
    doubts: [
      ...(context.app.idSetting ? [context.app.idSetting] : []),
      ...parts.flatMap((part) => part.doubts),
      ...added.flatMap(({doubts}) => doubts),
      // A heading with the text of a title gets a number, or the title does.
      ...(titles.length > 0 ? [repeatedIds(doubt('content-ids', 'a title'), new Set(titles))] : []),
    ],
  })
}

/**
 * The page with the files that it includes, and the Markdown that it shows as components, also nested: each of these is
 * compiled by itself.
 */
function partsOf(context: AppContext, page: Page): ShownPage[] {
  const {include} = context
  const finder = {
    page: context.page,
    include: (link: SiteLink, from: string): Resolution =>
      include?.(context, link, from) ?? {to: 'outside', why: 'pages include no files'},
  }
  const compiled = new Set([page])
  const parts: ShownPage[] = []
  for (const each of compiled) {
    const part = shownPage(each, finder)
    parts.push(part)
    for (const {components = [], path} of part.pages)
      for (const component of components) {
        const partial = partialOf(context, component, path)
        if (partial && compiled.size <= MOST_PARTIALS) compiled.add(partial)
      }
  }
  return parts
}

/** The Markdown page that a component is imported from, if it was read. */
function partialOf({aliases, page}: AppContext, {from}: Component, importer: string): Page | undefined {
  if (from === undefined || !/\.mdx?$/.test(from)) return
  const path = from.startsWith('.') ? joinPath(folderOf(importer), from) : aliases.pathOf(from)
  return path === undefined ? undefined : page(path)
}

/** The ids that components add to a page, and the reasons why there may be more. */
function addedTo(context: AppContext, page: Page, rules: IdRules): {ids: string[]; doubts: Doubt[]} {
  const content = page.opaqueContent.filter((each) => !IMPORT.test(each) && !rules.idsIn?.(each))
  const doubts = content.map(mayAddIds)
  const ids: string[] = []
  for (const component of page.components ?? []) {
    const {name, from} = component
    if (partialOf(context, component, page.path)) continue
    const found = context.components.of(component, page.path)
    ids.push(...(found?.ids ?? []))
    const isUnknown = from !== undefined || !rules.isPlain(name)
    doubts.push(...doubtsOfComponent(name, found?.adds ?? (isUnknown ? Adds.Ids : Adds.Nothing)))
  }
  return {ids, doubts}
}
