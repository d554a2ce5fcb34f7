import type {Site} from './types.ts'

/** The path of a site on its host, without a trailing slash: `/docs` for `https://example.org/docs`. */
export const basePathOf = ({home}: Site): string =>
  home === undefined ? '' : new URL(home).pathname.replace(/\/$/, '')

/** Does a URL lead to another one, without a trailing slash, or below it? */
export const isUrlAtOrBelow = (url: string, above: string): boolean =>
  url.startsWith(above) && /^(?:[/?#]|$)/.test(url.slice(above.length))

/** A link as a browser follows it, with nothing of its platform's Markdown. */
export const browserLink = (url: string) => ({url, kind: 'html', tag: 'a'}) as const
