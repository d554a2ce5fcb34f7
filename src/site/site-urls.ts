import type {Site} from './types.ts'

/** The path of a site on its host, without a trailing slash: `/docs` for `https://example.org/docs`. */
export const basePathOf = ({home}: Site): string =>
  home === undefined ? '' : new URL(home).pathname.replace(/\/$/, '')

/** Is a URL equal to another one, which has no trailing slash, or below it? */
export const isUrlAtOrBelow = (url: string, above: string): boolean =>
  url.startsWith(above) && /^(?:[/?#]|$)/.test(url.slice(above.length))

/** A link as a browser follows it, without the platform's Markdown processing. */
export const browserLink = (url: string) => ({url, kind: 'html', tag: 'a', isInBrowser: true}) as const

/** Does each repository of an owner have a folder of its own on the host of a home: `https://owner.github.io/name`? */
export const isHostOfRepositories = (home: string): boolean =>
  /\.(?:github|gitlab)\.io$/.test(new URL(home).host)
