import {readPage} from '../src/page/read-page.ts'
import type {Page} from '../src/page/types.ts'
import type {HostContext} from '../src/site/platform.ts'
import {Lookup} from '../src/site/shared/lookup.ts'
import {isMarkdownFile} from '../src/text/markdown-files.ts'
import {foldersAbove} from '../src/text/paths.ts'
import type {Tree} from '../src/tree/tree.ts'

/** A tree of files that exist nowhere, by their texts. */
export function virtualTree(texts: Readonly<Record<string, string>>): Tree {
  const files = new Set(Object.keys(texts))
  return {
    root: '/nowhere',
    files,
    folders: new Set(['', ...[...files].flatMap((file) => [...foldersAbove(file)])]),
    beyond: () => undefined,
    onDisk: false,
    read: async (path) => texts[path]!,
    whole: async (path) => texts[path]!,
  }
}

/** What a host or a described site of such a tree is described with. */
export function contextOf(texts: Readonly<Record<string, string>>, platform = 'other'): HostContext {
  const tree = virtualTree(texts)
  return {
    tree,
    lookup: new Lookup(tree),
    isPage: (path) => isMarkdownFile(path) && tree.files.has(path),
    marker: {platform, root: '', why: 'a test'},
  }
}

/** The pages of such a tree. */
export async function pagesOf(texts: Readonly<Record<string, string>>): Promise<Map<string, Page>> {
  const pages = Object.entries(texts).filter(([path]) => isMarkdownFile(path))
  return new Map(
    await Promise.all(
      pages.map(
        async ([path, text]) => [path, await readPage(path, text, {mdx: path.endsWith('.mdx')})] as const,
      ),
    ),
  )
}
