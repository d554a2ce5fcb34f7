import {isMarkdownFile} from '../../text/markdown-files.ts'
import type {HostContext, PageSource} from '../platform.ts'
import {includedName} from './includes.ts'
import {hasExtension} from './routes.ts'

/** The files of a tree, and the facts of pages that have been read. */
type Context = Pick<HostContext, 'tree' | 'lookup'> & Partial<PageSource>

/** The name of a Markdown file in template code: `{{< shared lookup="lamps/bulbs.md" >}}`, `{% note "lamps.md" %}`. */
const NAMED = /["'`]([^"'`\s{}<>]+\.(?:md|mdx|markdown))["'`]/gi

function namesIn(code: string): string[] {
  const name = includedName(code)
  const included =
    name === undefined ? [] : isMarkdownFile(name) ? [name] : hasExtension(name) ? [] : [`${name}.md`]
  return code.startsWith('{')
    ? [...included, ...[...code.matchAll(NAMED)].map(([, each]) => each!)]
    : included
}

/** The files that pages show as a part of themselves, so that links on them are links of those pages. */
export class ShownFiles {
  readonly #ctx: Context
  #files: ReadonlySet<string> | undefined

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  /** Does the template code of a page name a file, by the end of its path? */
  has(path: string): boolean {
    this.#files ??= this.#collect()
    return this.#files.has(path)
  }

  #collect(): Set<string> {
    const {tree, lookup, page} = this.#ctx
    const names = new Set<string>()
    for (const path of tree.files)
      for (const code of (isMarkdownFile(path) && page?.(path)?.opaqueContent) || [])
        for (const name of namesIn(code)) names.add(name)
    return new Set([...names].flatMap((name) => lookup.filesEndingIn(name.replace(/^(?:\.{0,2}\/)+/, ''))))
  }
}
