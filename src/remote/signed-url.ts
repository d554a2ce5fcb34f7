import {formatDate} from './duration.ts'

/** The expiry of a temporary URL. */
export interface Expiry {
  /** The time at which it expires, if it states one. */
  at?: Date
  /** The service that issued it, if it does not. */
  by?: string
}

/** The time of a compact ISO date, as in signed URLs of Amazon and Google: `20260102T030405Z` */
const compactDate = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

const seconds = (text: string | undefined): number =>
  text && /^\d{9,11}$/.test(text) ? Number(text) * 1000 : Number.NaN
const hexSeconds = (text: string | undefined): number =>
  text && /^[\da-f]{8}$/i.test(text) ? Number.parseInt(text, 16) * 1000 : Number.NaN

/** Services that export documents with image URLs that expire within minutes or hours, and do not always say so. */
const TEMPORARY: [host: RegExp, path: RegExp, by: string][] = [
  [/^(?:prod-files-secure|secure\.notion-static\.com)\.s3\b.*\.amazonaws\.com$/, /./, 'Notion'],
  [/^s3\b.*\.amazonaws\.com$/, /^\/secure\.notion-static\.com\//, 'Notion'],
  [/^file\.notion\.so$/, /^\/f\//, 'Notion'],
  [/^lh\d+-[\w-]+\.googleusercontent\.com$/, /^\/docsz?\//, 'Google Docs'],
  [/^private-user-images\.githubusercontent\.com$/, /./, 'GitHub'],
]

/**
 * The expiry of a temporary URL, by the URL itself: signed URLs of Amazon S3 (two versions) and CloudFront, Google Cloud
 * Storage, Azure (shared access signatures) and Discord, and those of services that export documents.
 *
 * An expiry parameter counts only together with a signature, which makes the server enforce it.
 */
export function expiryOf(url: string): Expiry | undefined {
  if (!URL.canParse(url)) return
  const {hostname, pathname, searchParams} = new URL(url)
  const query = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]))
  const at = [
    ...['amz', 'goog'].map((who) =>
      query.has(`x-${who}-signature`)
        ? compactDate(query.get(`x-${who}-date`) ?? '') +
          Number(query.get(`x-${who}-expires`) || Number.NaN) * 1000
        : Number.NaN,
    ),
    query.has('signature') ? seconds(query.get('expires')) : Number.NaN,
    query.has('sig') && query.has('se') ? Date.parse(query.get('se')!) : Number.NaN,
    query.has('hm') && query.has('is') ? hexSeconds(query.get('ex')) : Number.NaN,
  ].find((time) => !Number.isNaN(time))
  // The range of JavaScript dates.
  if (at !== undefined && Math.abs(at) < 8.64e15) return {at: new Date(at)}
  const by = TEMPORARY.find(([host, path]) => host.test(hostname) && path.test(pathname))?.[2]
  return by === undefined ? undefined : {by}
}

/** The expiry of a temporary URL as a relative clause: `that expires on 2026-01-02` */
export function describeExpiry(url: string, now = Date.now()): string | undefined {
  const expiry = expiryOf(url)
  if (!expiry) return
  if (!expiry.at) return `that is only valid for a short time (${expiry.by})`
  return `that ${expiry.at.getTime() < now ? 'expired' : 'expires'} on ${formatDate(expiry.at)}`
}
