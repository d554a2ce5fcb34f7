import type {Component, Page} from '../../page/types.ts'
import {type Doubt, doubt} from '../doubts.ts'
import {mayAddIds} from '../shared/anchors.ts'
import {splitUrl} from '../shared/local-url.ts'
import {includedBy} from './includes.ts'
import {type DescribedContext, locate} from './links.ts'

/** Beyond this number, the partials of a page are ignored. */
const MOST_PARTIALS = 100

/** The pages whose content is shown on a page. */
export interface PageContent {
  /** The page itself first, then those that it includes or imports as components. */
  pages: readonly Page[]
  /** The components and code that may show more. */
  doubts: readonly Doubt[]
}

/** The content found so far. */
interface Found {
  pages: Set<Page>
  /** The code that shows something from elsewhere. */
  foreign: Set<string>
  doubtful: Set<string>
}

/** Collect the pages that a page shows, also nested ones; each counts once. */
export function contentOf(context: DescribedContext, page: Page): PageContent {
  const found: Found = {pages: new Set([page]), foreign: new Set(), doubtful: new Set()}
  for (const each of found.pages) {
    for (const code of each.opaqueContent) addCode(found, code, each, context)
    for (const component of each.components ?? []) {
      const isAdded = addPage(found, partialOf(context, component, each.path))
      if (!isAdded) found.doubtful.add(`<${component.name}>`)
    }
  }
  const doubts = [
    // Its links may lead to fragments of the page that shows it.
    ...(context.shown.has(page.path) ? [doubt('included-elsewhere')] : []),
    ...[...found.foreign].map((code) => doubt('component-content', code)),
    ...[...found.doubtful].map(mayAddIds),
  ]
  return {pages: [...found.pages], doubts}
}

function addCode(found: Found, code: string, {path}: Page, context: DescribedContext): void {
  const included = includedBy(code, path, context)
  if (included === 'elsewhere') found.foreign.add(code)
  else if (!addPage(found, included) && !/^import /.test(code)) found.doubtful.add(nameOfCode(code))
}

/** @returns whether there is a page, and it counts */
function addPage({pages}: Found, page: Page | undefined): boolean {
  if (page === undefined || pages.size >= MOST_PARTIALS) return false
  pages.add(page)
  return true
}

/** The Markdown page that a component is imported from, if it was read. */
function partialOf(context: DescribedContext, {from}: Component, importer: string): Page | undefined {
  if (from === undefined || !/\.mdx?$/.test(from)) return
  const parts = splitUrl(from)
  const found = 'to' in parts ? undefined : locate(context, parts, importer)
  return found?.to === 'page' ? context.page?.(found.path) : undefined
}

/**
 * The name of template code, so that all code of one kind counts together: `{% note info "Set up" %}` → `{% note %}`,
 * `{{ page.title }}` → `{{ }}`.
 */
function nameOfCode(code: string): string {
  const tag = /^\{%-?\s*([\w-]+)/.exec(code)?.[1]
  if (tag !== undefined) return `{% ${tag} %}`
  return code.startsWith('{{') ? '{{ }}' : code
}
