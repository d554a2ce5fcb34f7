import {createHash} from 'node:crypto'
import type {RemoteUrls} from '../remote/types.ts'
import type {Division, PageResult, Shard} from './types.ts'

/**
 * Divide a run: pages evenly, and hosts so that each is requested by one shard, and that all have about as many URLs.
 *
 * @param results All pages of the run.
 * @param asks All URLs that rules want a verdict on.
 * @param requested The URL that is requested for a URL.
 */
export function divide(
  {index, count}: Shard,
  results: readonly PageResult[],
  asks: RemoteUrls,
  requested: (url: string) => string,
): Division {
  const hostOf = (url: string) => (URL.canParse(requested(url)) ? new URL(requested(url)).host : '')
  const pages = new Map(
    results
      .map(({path}) => ({path, hash: hashOf(path)}))
      .sort((a, b) => compare(a.hash, b.hash))
      .map(({path}, at) => [path, at % count]),
  )
  const hosts = shareHosts([...asks.image, ...asks.link].map(hostOf), count)
  const owns = (shares: ReadonlyMap<string, number>, key: string) => (shares.get(key) ?? 0) === index - 1
  return {
    ownsPage: (path) => owns(pages, path),
    ownsUrl: (url) => owns(hosts, hostOf(url)),
    digest: hashOf(JSON.stringify([results.map(contentOf), [...hosts]])),
  }
}

/** The URLs that a shard requests. */
export const ownUrls = ({image, link}: RemoteUrls, {ownsUrl}: Division): RemoteUrls => ({
  image: new Set([...image].filter(ownsUrl)),
  link: new Set([...link].filter(ownsUrl)),
})

/**
 * Assign hosts to shards, those with most URLs first, each to the shard that has fewest so far.
 *
 * @param hosts The host of each URL.
 */
function shareHosts(hosts: readonly string[], count: number): Map<string, number> {
  const urls = new Map<string, number>()
  for (const host of hosts) urls.set(host, (urls.get(host) ?? 0) + 1)
  const loads = new Array<number>(count).fill(0)
  const shares = new Map<string, number>()
  for (const [host, own] of [...urls].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))) {
    const share = loads.indexOf(Math.min(...loads))
    loads[share]! += own
    shares.set(host, share)
  }
  return shares
}

/** What tells two versions of a page apart, without its text. */
const contentOf = ({path, page, unreadable}: PageResult) => [
  path,
  page ? [page.end, page.lines.length, page.links.map(({url}) => url)] : unreadable,
]

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
