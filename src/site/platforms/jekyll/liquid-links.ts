/** The target of a link in Liquid. */
export type LiquidLink =
  /** No Liquid: the destination is the URL. */
  | {kind: 'plain'}
  /** A path on the site, after filters such as `relative_url`. */
  | {kind: 'site'; path: string}
  /** A source file, named by `{% link %}`, or a post, named by `{% post_url %}`. */
  | {kind: 'source'; tag: 'link' | 'post_url'; name: string; fragment?: string}

const QUOTED = `(?:"([^"]*)"|'([^']*)')`
const FILTERS = String.raw`(?:\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url)|escape|uri_escape))+`
/** `{{ "/docs/" | relative_url }}#top` */
const FILTERED = new RegExp(String.raw`^\{\{-?\s*${QUOTED}${FILTERS}\s*-?\}\}([^{]*)$`)
/** `{{ site.baseurl }}/docs/` */
const BASED =
  /^(?:\{\{-?\s*(?:site\.baseurl|site\.url|site\.github\.url|"\/"\s*\|\s*(?:relative|absolute)_url|'\/'\s*\|\s*(?:relative|absolute)_url)\s*-?\}\})+(?=[/]|$)([^{]*)$/
/** `{% link docs/index.md %}#top` */
const SOURCE = /^\{%-?\s*(link|post_url)\s([^%]+)%\}([^{]*)$/

/**
 * Evaluate the Liquid code in a destination, if it has one of the supported forms.
 *
 * @returns undefined for any other Liquid code
 */
export function evaluateLink(url: string): LiquidLink | undefined {
  if (!url.includes('{{') && !url.includes('{%')) return {kind: 'plain'}
  const text = url.trim()
  const based = BASED.exec(text)
  if (based) return {kind: 'site', path: based[1] || '/'}
  const filtered = FILTERED.exec(text)
  if (filtered) {
    const path = (filtered[1] ?? filtered[2] ?? '') + filtered[3]
    return {kind: 'site', path: /^(?:\/|#|\w+:)/.test(path) ? path : `/${path}`}
  }
  const [, tag, argument, rest] = SOURCE.exec(text) ?? []
  const name = argument?.replace(/-$/, '').trim()
  if (!name || name.includes('{{')) return
  const fragment = /^#(.*)$/s.exec(rest!)?.[1]
  return {
    kind: 'source',
    tag: tag as 'link' | 'post_url',
    name: name.replace(/^["']|["']$/g, ''),
    ...(fragment !== undefined && {fragment}),
  }
}

/**
 * Write Liquid code in the form of another destination, with a new target: like `{% link docs/instal.md %}`, a link to
 * `docs/install.md` is `{% link docs/install.md %}`.
 *
 * @param source The target's path from the site's folder.
 * @param urlLike Writes the target's URL in the form of a path that begins with `/`.
 * @returns undefined for a destination without Liquid, or with other Liquid code than `evaluateLink` supports
 */
export function writeLiquid(
  like: string,
  source: string,
  urlLike: (path: string) => string,
): string | undefined {
  const target = evaluateLink(like)
  if (target?.kind === 'source') {
    const name = target.tag === 'link' ? source : /(?:^|\/)_posts\/(.+)\.\w+$/.exec(source)?.[1]
    return name === undefined ? undefined : like.replace(target.name, () => name)
  }
  if (target?.kind !== 'site') return
  const isWritten = like.includes(target.path)
  const written = isWritten ? target.path : target.path.slice(1)
  const url = urlLike(target.path)
  return like.replace(written, () => (isWritten ? url : url.slice(1)))
}
