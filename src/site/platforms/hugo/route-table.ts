import {canonicalUrl} from '../../shared/canonical-url.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import type {Hidden} from './visibility.ts'

/** The file that a URL leads to. */
export interface Target {
  /** A file, or the folder of a generated list. */
  path: string
  /** It redirects to this page, without keeping the fragment. */
  alias?: true
}

/** The files and URLs of a Hugo site; URLs do not include the site's base path. */
export interface Routes {
  /** The URLs at which each file is, or would be, published. */
  urls: Map<string, string[]>
  /** Keys are as {@link canonicalUrl} returns them. */
  byUrl: Map<string, Target>
  /** Pages that are currently not published. */
  hidden: Map<string, Hidden>
  /** The first of them at each URL, and the first that is published later. */
  hiddenAt: Map<string, {any: string; later?: string}>
  /** Pages by language and path in the content, without extension: `en:/docs/page`. */
  byPath: Map<string, string>
  /** Pages by the last segment of that path. */
  byName: Map<string, string[]>
  /** That path, by page, also of those that are not published. */
  pathOf: Map<string, string>
  languageOf: Map<string, string>
  /** URLs with unsupported tokens, at which pages may be published. */
  uncertain: UrlPatterns
  /** The URL of each bundle, without a trailing slash, by language and folder: `en:posts/news`. */
  bundles: Map<string, string>
  /** The folders with a page of their own, by language: `en:docs/guide`. */
  sections: Set<string>
  /** The folders of leaf bundles, from the content root. */
  leaves: Set<string>
  /** Published pages that may only be shown on other pages. */
  maybeParts: Set<string>
}

/** No routes, to be filled. */
export const noRoutes = (): Routes => ({
  urls: new Map(),
  byUrl: new Map(),
  hidden: new Map(),
  hiddenAt: new Map(),
  byPath: new Map(),
  byName: new Map(),
  pathOf: new Map(),
  languageOf: new Map(),
  uncertain: new UrlPatterns(),
  bundles: new Map(),
  sections: new Set(),
  leaves: new Set(),
  maybeParts: new Set(),
})

/** Let a URL lead to a target. Pages take precedence over redirects to them. */
export function addTarget({byUrl}: Routes, url: string, target: Target): void {
  const key = canonicalUrl(url)
  const old = byUrl.get(key)
  if (!old || (old.alias && !target.alias)) byUrl.set(key, target)
}

/** Publish a file at a URL. */
export function addUrl(routes: Routes, file: string, url: string): void {
  const urls = routes.urls.get(file)
  if (!urls) routes.urls.set(file, [url])
  else if (!urls.includes(url)) urls.push(url)
  addTarget(routes, url, {path: file})
}

/** Record the URL that a page would have if it were published. */
export function addHiddenUrl({urls, hiddenAt}: Routes, file: string, url: string, state: Hidden): void {
  urls.set(file, [...(urls.get(file) ?? []), url])
  const key = canonicalUrl(url)
  let found = hiddenAt.get(key)
  if (!found) hiddenAt.set(key, (found = {any: file}))
  if (state === 'later') found.later ??= file
}

/** Add a generated list of pages, unless there is a page at its URL. */
export function addList({byUrl}: Routes, url: string, path: string): void {
  if (!byUrl.has(url)) byUrl.set(url, {path})
}
