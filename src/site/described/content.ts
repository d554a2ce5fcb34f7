import type {Component, Page} from '../../page/types.ts'
import type {Doubt} from '../doubts.ts'
import {mayAddIds} from '../shared/anchors.ts'
import {splitUrl} from '../shared/local-url.ts'
import {type DescribedContext, locate} from './links.ts'

/** Beyond this number, the partials of a page are ignored. */
const MOST_PARTIALS = 100

/** What a page shows: itself first, then the pages that it imports as components. */
export interface PageContent {
  pages: readonly Page[]
  /** The components and code that may show more. */
  doubts: readonly Doubt[]
}

/** Collect the pages that a page shows, also nested ones; each counts once. */
export function contentOf(context: DescribedContext, page: Page): PageContent {
  const pages = new Set([page])
  const doubtful = new Set<string>()
  for (const each of pages) {
    for (const code of each.opaqueContent) if (!/^import /.test(code)) doubtful.add(nameOfCode(code))
    for (const component of each.components ?? []) {
      const partial = partialOf(context, component, each.path)
      if (partial && pages.size < MOST_PARTIALS) pages.add(partial)
      else doubtful.add(`<${component.name}>`)
    }
  }
  return {pages: [...pages], doubts: [...doubtful].map(mayAddIds)}
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
