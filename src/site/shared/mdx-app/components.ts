import type {Component} from '../../../page/types.ts'
import type {SiteContext} from '../../platform.ts'
import type {Aliases} from '../aliases.ts'
import {Adds} from '../component-code.ts'
import {type CodeFile, ComponentFiles, codeFileOf} from '../component-files.ts'
import {importedNames} from '../named-imports.ts'

/** Packages whose components add no ids but those that pages give them. */
const WITHOUT_IDS = new RegExp(
  '^(?:react(?:-dom)?|next|preact|swr|nextra/components|nextra-theme-(?:docs|blog)|@fumadocs/ui|fumadocs-ui(?!/components/(?:auto-)?type-table)|' +
    'fumadocs-core|lucide-react|clsx|classnames|tailwind-merge|class-variance-authority|motion|framer-motion|zod|zustand|' +
    'react-(?:icons|use|player|tweet|medium-image-zoom)|@radix-ui|@headlessui|@heroicons|@tabler|@icons-pack|@vercel|@theguild|' +
    'lodash|shiki|@shikijs|sonner|vaul|cmdk|next-themes|embla-carousel-react|mermaid|node:\\w+|fs|path|url)(?:/|$)',
)
/** Where pages get components without importing them. */
const GLOBAL = /(?:^|\/)(?:mdx-components|mdx|MDXComponents)\.[jt]sx?$/

/** What a component adds to a page. */
export interface AddedIds {
  ids: ReadonlySet<string>
  adds: Adds
}

/** The components that pages of an application use. */
export class AppComponents {
  readonly #files: ComponentFiles
  readonly #global: ReadonlyMap<string, {from: string; importer: string}>

  /** @param code The code of the application, by its files. */
  constructor({lookup}: SiteContext, code: ReadonlyMap<string, string>, aliases: Aliases) {
    const byFile = new Map<string, CodeFile>()
    for (const [file, text] of code) {
      const found = codeFileOf(file, text)
      if (found) byFile.set(file, found)
    }
    this.#files = new ComponentFiles({lookup, aliases, addsNoIds: (name) => WITHOUT_IDS.test(name)}, byFile)
    this.#global = globalComponents(code)
  }

  /** What a component adds to the page that uses it; undefined if neither code nor its package says so. */
  of({name, from}: Component, page: string): AddedIds | undefined {
    const [local] = name.split('.', 1)
    const found = from === undefined ? this.#global.get(local!) : {from, importer: page}
    if (!found) return
    const file = this.#files.fileOf(found.from, found.importer)
    if (file !== undefined) return this.#files.of(file, local)
    return WITHOUT_IDS.test(found.from) ? {ids: new Set(), adds: Adds.Nothing} : undefined
  }
}

/** The imports of the modules that give pages components, by the names of these. */
function globalComponents(code: ReadonlyMap<string, string>): Map<string, {from: string; importer: string}> {
  const found = new Map<string, {from: string; importer: string}>()
  for (const [importer, text] of code)
    if (GLOBAL.test(importer))
      for (const [name, from] of importedNames(text)) found.set(name, {from, importer})
  return found
}
