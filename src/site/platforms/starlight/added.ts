import type {Component, Page} from '../../../page/types.ts'
import {isBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {doubtsOfComponent, idsOfHtml, mayAddIds} from '../../shared/anchors.ts'
import {Adds} from '../../shared/component-code.ts'
import {isBuiltInComponent, isFragment} from './components.ts'
import type {StarlightContext} from './context.ts'
import {starlightIds} from './heading-ids.ts'

/** More pages than any page includes. */
const MOST_INCLUDED = 50

/** The ids that components and included pages add to a page, and the reasons why there may be more. */
export interface Added {
  ids: Set<string>
  doubts: Doubt[]
}

/** What components and included pages add to a page. */
export function addedTo(context: StarlightContext, root: Page): Added {
  const added: Added = {ids: new Set(), doubts: []}
  const pages = new Set([root])
  for (const page of pages) {
    if (page !== root) for (const id of idsOfPage(context, page)) added.ids.add(id)
    added.doubts.push(...opaqueIn(page).map(mayAddIds))
    for (const component of page.components ?? []) {
      const included = addComponent(context, component, page, added)
      if (included && pages.size <= MOST_INCLUDED) pages.add(included)
    }
  }
  return added
}

/** The ids that dynamic routes add to a file, as an entry of a collection; undefined if no such route is known. */
export function addedByRoutes({collections, components}: StarlightContext, path: string): Added | undefined {
  const routes = collections.filter(({folders}) => folders.some((folder) => isBelow(path, folder)))
  if (routes.length === 0) return
  const found = routes.map(({file}) => components.of(file))
  return {
    ids: new Set(found.flatMap(({ids}) => [...ids])),
    doubts: found.some(({adds}) => adds !== Adds.Nothing) ? [doubt('layout-ids', 'of its collection')] : [],
  }
}

const idsOfPage = ({config}: StarlightContext, page: Page): string[] =>
  [...starlightIds(page, config.smartypants), ...idsOfHtml(page)].filter((id) => id !== undefined)

/** What a page contains that may add ids; imports of pages are followed. */
function opaqueIn({path, opaqueContent}: Page): string[] {
  // Template code of other generators is text in Markdown of Astro.
  const known = path.endsWith('.mdx') ? /^import \S+\.mdx?$/ : /^\{[{%]/
  return [...new Set(opaqueContent)].filter((content) => !known.test(content))
}

/**
 * Add what a component adds: its literal ids, and the reason why it may add others.
 *
 * @returns the page that it is, if it is one
 */
function addComponent(
  {components, page: pageAt}: StarlightContext,
  {name, from}: Component,
  {path}: Page,
  {ids, doubts}: Added,
): Page | undefined {
  if (isBuiltInComponent(from) || isFragment(name, from)) return
  const file = from === undefined ? undefined : components.fileOf(from, path)
  const page = file === undefined ? undefined : pageAt(file)
  if (page) return page
  const found = file === undefined ? undefined : components.of(file, name.split('.', 1)[0])
  for (const id of found?.ids ?? []) ids.add(id)
  doubts.push(...doubtsOfComponent(name, found?.adds ?? Adds.Ids))
  return
}
