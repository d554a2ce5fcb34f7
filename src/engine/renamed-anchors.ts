import {UnreadableError} from '../errors/errors.ts'
import {type LazyVersion, renamedAnchor, type Version} from '../history/renamed-headings.ts'
import type {Published, Resolution} from '../site/types.ts'
import {fragmentOf} from '../text/urls.ts'
import type {AnchorIndex} from './anchor-index.ts'
import type {LinkResolver} from './link-resolver.ts'
import type {FormerText, PageResult, Renames} from './types.ts'

/** The source of former versions of pages, in which renamed headings are found. */
export interface AnchorHistory {
  renames: Renames
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
  const missing = missingFragments(results, links, anchors)
  if (missing.size === 0) return renamed
  const texts = await past.renames.texts([...missing.keys()])
  for (const [path, fragments] of missing) {
    const versions = versionsOf(path, texts.get(path) ?? [], past)
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
    const resolve = links.judgeFor(page.path)
    /** Is a fragment reported as missing? The ids of former versions are those that the site gives, not a host. */
    const isMissing = ({path, fragment, published}: Meant) =>
      published !== 'on-host' && anchors.answer(page.path, path, fragment, published)?.is === 'missing'
    for (const link of page.links) {
      const target = link.url.includes('#') ? pageMeantBy(resolve(link), link.url) : undefined
      if (target && isMissing(target))
        missing.set(target.path, (missing.get(target.path) ?? new Set()).add(target.fragment))
    }
  }
  return missing
}

/** The place on a page that a link leads to, or is known to mean. */
interface Meant {
  path: string
  fragment: string
  published?: Published
}

function pageMeantBy(found: Resolution, url: string): Meant | undefined {
  if (found.to === 'page') {
    // In template code, only the resolver knows where the fragment ends.
    const {path, fragment, published} = found
    return fragment ? {path, fragment, ...(published && {published})} : undefined
  }
  const fragment = fragmentOf(url)
  if (fragment && found.to === 'missing' && found.evidence && found.suggestion)
    return {path: found.suggestion, fragment}
}

/** The current version of a page and those before it, newest first, each read lazily. */
function versionsOf(
  path: string,
  earlier: readonly FormerText[],
  {read, parse}: AnchorHistory,
): LazyVersion[] {
  if (earlier.length === 0) return []
  return [() => read(path), ...earlier].map((readText) => {
    let text: Promise<string | undefined> | undefined
    const load = () => (text ??= readText().catch(ignoreUnreadable))
    const parseText = async () => {
      const found = await load()
      return found === undefined ? undefined : parse(path, found.replace(/^\uFEFF/, ''))
    }
    const parsed = () => {
      const version = parsedTexts.get(readText) ?? parseText()
      parsedTexts.set(readText, version)
      return version
    }
    return {text: load, parsed}
  })
}

/** The versions of pages, which a run needs again whenever it has tried fixes. */
const parsedTexts = new WeakMap<FormerText, Promise<Version | undefined>>()

/** A page may be deleted at any time, and its former versions may not be text. */
function ignoreUnreadable(error: unknown): undefined {
  if (!(error instanceof UnreadableError)) throw error
}
