import {UnreadableError} from '../errors/errors.ts'
import {renamedAnchor, type Version} from '../history/renamed-headings.ts'
import type {Anchors, Published, Resolution} from '../site/types.ts'
import {fragmentOf} from '../text/urls.ts'
import type {AnchorIndex} from './anchor-index.ts'
import type {LinkResolver} from './link-resolver.ts'
import type {History, PageResult} from './types.ts'

/** The source of former versions of pages, in which renamed headings are found. */
export interface AnchorHistory {
  history: History
  /** The current text of a page. */
  read(path: string): Promise<string>
  /** Parse a text of a page as one of its versions; undefined if it cannot be parsed. */
  parse(path: string, text: string): Promise<Version | undefined>
}

/**
 * Search the history of pages for the anchors that links to them miss.
 *
 * @returns current anchors by `path#fragment`
 */
export async function findRenamedAnchors(
  results: readonly PageResult[],
  links: LinkResolver,
  anchors: AnchorIndex,
  past: AnchorHistory,
): Promise<Map<string, string>> {
  const renamed = new Map<string, string>()
  for (const [path, fragments] of missingFragments(results, links, anchors)) {
    const versions = await versionsOf(path, past)
    for (const fragment of fragments) {
      const id = await renamedAnchor(fragment, versions)
      if (id !== undefined) renamed.set(`${path}#${fragment}`, id)
    }
  }
  return renamed
}

/** The missing fragments that links refer to, by the path of their target page. */
function missingFragments(
  results: readonly PageResult[],
  links: LinkResolver,
  anchors: AnchorIndex,
): Map<string, Set<string>> {
  const missing = new Map<string, Set<string>>()
  for (const {page} of results) {
    if (!page) continue
    const resolve = links.resolverFor(page.path)
    const anchorsOf = anchors.anchorsSeenFrom(page.path)
    for (const link of page.links) {
      const fragment = fragmentOf(link.url)
      const target = fragment && pageMeantBy(resolve(link))
      // The ids of former versions are those that the site gives.
      if (
        !target ||
        target.published === 'on-host' ||
        !lacks(anchorsOf(target.path, target.published), fragment)
      )
        continue
      if (!missing.has(target.path)) missing.set(target.path, new Set())
      missing.get(target.path)!.add(fragment)
    }
  }
  return missing
}

/** The page that a link leads to, or is known to mean. */
function pageMeantBy(found: Resolution): {path: string; published?: Published} | undefined {
  if (found.to === 'page') return found
  if (found.to === 'missing' && found.evidence && found.suggestion) return {path: found.suggestion}
}

/** Does no id of a page show a fragment? */
const lacks = (anchors: Anchors | undefined, fragment: string) =>
  anchors !== undefined && !anchors.has(fragment)

/** The current version of a page and those before it, newest first, each read lazily. */
async function versionsOf(
  path: string,
  {history, read, parse}: AnchorHistory,
): Promise<(() => Promise<Version | undefined>)[]> {
  const earlier = await history.texts(path)
  if (earlier.length === 0) return []
  return [() => read(path), ...earlier].map((readText) => {
    let version: Promise<Version | undefined> | undefined
    const load = async () => {
      const text = await readText().catch(ignoreUnreadable)
      return text === undefined ? undefined : parse(path, text.replace(/^\uFEFF/, ''))
    }
    return () => (version ??= load())
  })
}

/** A page may be deleted at any time, and its former versions may not be text. */
function ignoreUnreadable(error: unknown): undefined {
  if (!(error instanceof UnreadableError)) throw error
}
