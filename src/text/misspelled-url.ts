import {isOneSlip} from './nearest.ts'

/** A scheme with its slashes, and a host. */
const SCHEME = /^([a-z]{3,8})(:[/\\]*|\/\/)(?=(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#\\]|$))/i
/** A scheme that was pasted before a URL. */
const TWICE = /^https?:\/\/(?=https?:\/\/?[\w-]+[.:])/i

/**
 * The URL that one with a misspelled scheme was meant as: `hhttps://a.org` → `https://a.org`, `https:/a.org` and
 * `https//a.org`, too.
 *
 * @returns undefined if the scheme is right, or another one
 */
export function correctUrl(url: string): string | undefined {
  if (TWICE.test(url)) return url.replace(TWICE, '')
  const [found, scheme = '', mark] = SCHEME.exec(url) ?? []
  if (found === undefined) return
  const meant = ['https', 'http'].find((each) => each === scheme.toLowerCase() || isOneSlip(scheme, each))
  if (meant === undefined || (meant === scheme.toLowerCase() && mark === '://')) return
  return `${meant}://${url.slice(found.length)}`
}
