import {formatDate} from './duration.ts'

/** Why an address will stop working. */
export interface Expiry {
  /** When, if it says so. */
  at?: Date
  /** Who hands out such addresses, for those that do not say it themselves. */
  by?: string
}

/** `20260102T030405Z`, as the storage services of Amazon and Google write it. */
const compactDate = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

const seconds = (text: string | undefined): number =>
  text && /^\d{9,11}$/.test(text) ? Number(text) * 1000 : Number.NaN
const hexSeconds = (text: string | undefined): number =>
  text && /^[\da-f]{8}$/i.test(text) ? Number.parseInt(text, 16) * 1000 : Number.NaN

/**
 * Hosts of which notes and documents are exported with image addresses that work for minutes or hours only, and that
 * do not always say so.
 */
const TEMPORARY: [host: RegExp, path: RegExp, by: string][] = [
  [/^(?:prod-files-secure|secure\.notion-static\.com)\.s3\b.*\.amazonaws\.com$/, /./, 'Notion'],
  [/^s3\b.*\.amazonaws\.com$/, /^\/secure\.notion-static\.com\//, 'Notion'],
  [/^file\.notion\.so$/, /^\/f\//, 'Notion'],
  [/^lh\d+-[\w-]+\.googleusercontent\.com$/, /^\/docsz?\//, 'Google Docs'],
  [/^private-user-images\.githubusercontent\.com$/, /./, 'GitHub'],
]

/**
 * When an address stops working by what it says itself: signed URLs of Amazon S3 (two versions) and CloudFront, Google
 * Cloud Storage, Azure (a shared access signature) and Discord, and those of services that export notes.
 *
 * Parameters alone are no proof: an `Expires` counts only beside the signature that makes the server heed it.
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
  // The last day of JavaScript's calendar.
  if (at !== undefined && Math.abs(at) < 8.64e15) return {at: new Date(at)}
  const by = TEMPORARY.find(([host, path]) => host.test(hostname) && path.test(pathname))?.[2]
  return by === undefined ? undefined : {by}
}

/** What is to be said of an address that does not last: `that expires on 2026-01-02`. */
export function describeExpiry(url: string, now = Date.now()): string | undefined {
  const expiry = expiryOf(url)
  if (!expiry) return
  if (!expiry.at) return `that works for a short time only (${expiry.by})`
  return `that ${expiry.at.getTime() < now ? 'expired' : 'expires'} on ${formatDate(expiry.at)}`
}
