/** The target of a link, as template code names it. */
export type TagTarget =
  /** No template code: the destination is the URL. */
  | {kind: 'plain'}
  /** A post, by its slug or title. */
  | {kind: 'post'; name: string; fragment?: string}
  /** A file beside the post, by its name; of several words, the first that is one. */
  | {kind: 'asset'; names: readonly string[]}
  /** A path on the site. */
  | {kind: 'site'; path: string}

const TAG = /^\{%-?\s{0,9}(\w+)\s([^%]+)%\}(#[^{]*)?$/
/** An argument of a tag, perhaps in quotes. */
const ARGUMENT = /"([^"]*)"|'([^']*)'|(\S+)/g
/** An argument that `img` takes for the URL of the image. */
const IMAGE_URL = /^\/|^[A-Za-z]{3,9}:|^www\./

/**
 * Evaluate the template code in a destination, if it has one of the supported forms: `{% post_link setup %}`,
 * `{% asset_img lamp.png %}`.
 *
 * @returns undefined for any other template code
 */
export function evaluateTag(url: string): TagTarget | undefined {
  if (!/\{[{%]/.test(url)) return {kind: 'plain'}
  const [, tag, text, hash] = TAG.exec(url.trim()) ?? []
  if (tag === undefined || text!.includes('{')) return
  const words = [...text!.replace(/-$/, '').matchAll(ARGUMENT)].map(
    ([, double, single, plain]) => double ?? single ?? plain!,
  )
  if (tag === 'post_link' || tag === 'post_path') return postNamed(words[0]!, hash)
  if (/^asset_(?:img|image|path|link)$/.test(tag)) return {kind: 'asset', names: words}
  const path =
    tag === 'url_for'
      ? words[0]
      : /^ima?ge?$/.test(tag)
        ? words.find((word) => IMAGE_URL.test(word))
        : undefined
  return path === undefined ? undefined : {kind: 'site', path: path + (hash ?? '')}
}

/** The tag splits a fragment off the name only if there is a single `#`. */
function postNamed(text: string, hash: string | undefined): TagTarget {
  const [name, fragment, ...more] = text.split('#')
  const isSplit = fragment !== undefined && more.length === 0
  const found = isSplit ? fragment : hash?.slice(1)
  return {kind: 'post', name: isSplit ? name! : text, ...(found !== undefined && {fragment: found})}
}

/** Write a tag that names a post with the name of another one. */
export function writeTag(like: string, slug: string | undefined): string | undefined {
  const target = evaluateTag(like)
  return target?.kind === 'post' && slug !== undefined ? like.replace(target.name, () => slug) : undefined
}
