import type {Page} from '../../page/types.ts'
import {namesFile} from '../../page/used-links.ts'
import {folderOf} from '../../text/paths.ts'
import {hasExtension} from '../described/routes.ts'
import {byPath} from '../shared/by-path.ts'
import {splitUrl} from '../shared/local-url.ts'
import {MOST_PAGES_OF_A_TARGET, MOST_TARGETS} from './thresholds.ts'

/** A distinct target of links. */
export interface Target {
  /** The path as written, percent-decoded. */
  path: string
  /** The folder that it is relative to; empty for a path from the root. */
  folder: string
  /** Pages that link to it, the first ones. */
  from: string[]
  /** It has no extension, or one that URLs or sources of pages have. */
  isPage: boolean
}

const PAGE_EXTENSION = /\.(?:html?|mdx?|markdown)$/i
/** The start of most links that lead to another host, or within their page. */
const NOT_IN_TREE = /^(?:https?:|#)/
/** Longer paths are not written by people. */
const LONGEST = 300
/** Text that authors put where a URL belongs: prose, email addresses, and URLs without a scheme. */
const NO_PATH =
  /[\s<>"`{}|\\^*,;()[\]]|@[\w-]+\.|^\W*$|^(?:www\.|[\w-]+\.(?:com|org|net|io|dev|app|co|ai|me)(?:\/|$))/i

/** Collect the distinct targets in a tree of the links of pages, in order. */
export function collectTargets(pages: Iterable<Page>): Target[] {
  const targets = new Map<string, Target>()
  const pathFor = byPath(pathOf)
  for (const page of pages)
    for (const {url, kind} of page.links) {
      const path = namesFile({kind}) || NOT_IN_TREE.test(url) ? undefined : pathFor(url)
      if (path !== undefined) addTarget(targets, path, page.path)
    }
  return [...targets.values()]
}

function addTarget(targets: Map<string, Target>, path: string, from: string): void {
  const folder = isFromRoot(path) ? '' : folderOf(from)
  const key = `${folder}\n${path}`
  const known = targets.get(key)
  if (!known) {
    if (targets.size < MOST_TARGETS) targets.set(key, {path, folder, from: [from], isPage: isPagePath(path)})
  } else if (known.from.length < MOST_PAGES_OF_A_TARGET && known.from.at(-1) !== from) known.from.push(from)
}

/** Is a path resolved from the root of a site or of its pages: `/guide`, `@/guide.md`, `~/img/a.png`? */
export const isFromRoot = (path: string): boolean => /^[@~]?\//.test(path)

/** The path of a link into the tree; undefined for other links, and for what was hardly meant as one. */
function pathOf(url: string): string | undefined {
  const parts = splitUrl(url)
  if ('to' in parts || parts.raw === '' || parts.path.length > LONGEST || NO_PATH.test(parts.path)) return
  return parts.path
}

const isPagePath = (path: string) => PAGE_EXTENSION.test(path) || !hasExtension(path)
