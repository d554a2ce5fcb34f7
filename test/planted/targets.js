// Finds the targets of links by their text and the names of the tree's files alone, so that the measure does not
// depend on what doccheck makes of a site.
import path from 'node:path'

const PAGE = /\.(?:mdx?|markdown|qmd|html?)$/i
/** A folder's own page. */
const INDEX = /(?:^|\/)(?:_?index|readme)$/i
/** Hosts on which a path is no page of the docs. */
const OTHER_HOSTS = /(?:^|\.)(?:github\.com|githubusercontent\.com|gitlab\.com|npmjs\.com|shields\.io)$/
/** So many distinct targets below one folder are no coincidence. */
const ENOUGH = 4
/** The share of the best folder's targets that another folder needs. */
const SHARE = 0.25
/** Names as common as this one prove nothing. */
const MOST_FILES = 200

/** The path of a page without extension, index name and numbers before names: `01.guide/2-use.md` → `guide/use`. */
export function stemOf(file) {
  const stem = file.replace(PAGE, '').replace(INDEX, '')
  return stem
    .split('/')
    .map((segment) => segment.replace(/^\d+[-._ ]+(?=\D)/, ''))
    .join('/')
    .toLowerCase()
}

/** The path of a URL, decoded, without query and fragment. */
export function pathOf(url) {
  const bare = url.replace(/[?#].*$/s, '')
  try {
    return decodeURI(bare)
  } catch {
    return bare
  }
}

/** The path of a URL without slashes around it and without the extension of a page: `/guide/use.html` → `guide/use`. */
const routeOf = (route) => stemOf(route.replace(/^\/+|\/+$/g, ''))

/** The items of a list by their key. */
export function groupBy(list, keyOf) {
  const groups = new Map()
  for (const item of list) {
    const key = keyOf(item)
    if (groups.has(key)) groups.get(key).push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** Files by every ending of their path that starts at a segment. */
function byEnding(entries) {
  const found = new Map()
  for (const [file, key] of entries)
    for (let at = 0; at >= 0; ) {
      const ending = key.slice(at)
      const files = found.get(ending)
      if (files) files.push(file)
      else found.set(ending, [file])
      const slash = key.indexOf('/', at)
      at = slash < 0 ? -1 : slash + 1
    }
  return found
}

export class Targets {
  #files
  #pages = new Map()
  #pageEndings
  #assetEndings
  #hosts
  /** The distinct targets found with a prefix of URLs and a folder of the tree. */
  #votes = new Map()
  #ranked

  /** @param hosts The hosts of the tree's sites. */
  constructor(files, hosts) {
    this.#files = files
    this.#hosts = hosts
    const list = [...files].filter((file) => !file.includes('node_modules/'))
    const pages = list.filter((file) => PAGE.test(file)).map((file) => [file, stemOf(file)])
    for (const [file, stem] of pages) this.#pages.set(stem.replace(/\/$/, ''), file)
    this.#pageEndings = byEnding(pages.map(([file, stem]) => [file, stem.replace(/\/$/, '')]))
    this.#assetEndings = byEnding(list.filter((file) => !PAGE.test(file)).map((file) => [file, file]))
  }

  /** Take a link of the tree into account, for {@link find}. */
  count(url) {
    const root = this.#rootOf(url)
    if (!root) return
    for (const {place, key} of this.#places(root)) {
      if (!this.#votes.has(place)) this.#votes.set(place, new Set())
      this.#votes.get(place).add(key)
    }
  }

  /** The file that a link certainly leads to; undefined if the tree's files do not tell. */
  find(url, from) {
    if (url.startsWith('#')) return from
    const root = this.#rootOf(url)
    if (root) return this.#atRoot(root)
    if (/^[a-z][a-z\d+.-]*:|^[/@~$]|[{}]/i.test(url) || pathOf(url) === '') return
    return this.#relative(pathOf(url), from)
  }

  /**
   * The file that a path names, with or without the extension of a page: from the folder of the page, from the root of
   * the tree, or wherever the only file stands whose path ends so.
   */
  named(name, from) {
    const beside = path.posix.join(path.posix.dirname(from), name)
    const bare = name.replace(/^[./@~]*\//, '')
    const exact = [beside, `${beside}.md`, `${beside}.rst`, bare].find((file) => this.#files.has(file))
    if (exact !== undefined || from === '') return exact
    const endings = PAGE.test(bare) ? this.#pageEndings.get(stemOf(bare)) : this.#assetEndings.get(bare)
    return endings?.length === 1 ? endings[0] : undefined
  }

  /** Does anything have this name, wherever it stands? */
  hasName(name) {
    const bare = name.replace(/\/$/, '')
    return this.#pageEndings.has(stemOf(bare)) || this.#assetEndings.has(bare)
  }

  #relative(target, from) {
    const exact = (base) => {
      const file = path.posix.join(base, target).replace(/\/$/, '')
      if (file.startsWith('..')) return
      if (this.#files.has(file)) return file
      if (/\.\w+$/.test(file) && !PAGE.test(file)) return
      return this.#pages.get(stemOf(file).replace(/^\.?\/|\/$/g, ''))
    }
    const found = exact(path.posix.dirname(from))
    if (found || /\.(?!html?$)\w+$/.test(target)) return found
    // Of a page with a folder of its own as URL.
    return exact(from.replace(PAGE, ''))
  }

  /** The origin and path of a link that does not depend on the page; undefined for others. */
  #rootOf(url) {
    if (/^\/(?!\/)/.test(url)) return {origin: '', route: pathOf(url)}
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return
    const {origin, host} = new URL(url)
    if (OTHER_HOSTS.test(host) || !this.#hosts.has(host)) return
    return {origin, route: pathOf(url.slice(origin.length))}
  }

  /** The ways to find a route: without a prefix of up to two segments, below a folder. */
  *#places({origin, route}) {
    const isAsset = /\.\w+$/.test(route) && !PAGE.test(route)
    const segments = (isAsset ? route.replace(/^\/+/, '') : routeOf(route)).split('/')
    for (let dropped = 0; dropped < Math.min(3, segments.length); dropped++) {
      const key = segments.slice(dropped).join('/')
      if (key === '') continue
      const files = (isAsset ? this.#assetEndings : this.#pageEndings).get(key) ?? []
      if (files.length > MOST_FILES) continue
      for (const file of files) {
        const whole = isAsset ? file : stemOf(file).replace(/\/$/, '')
        const folder = whole.slice(0, whole.length - key.length)
        const prefix = `${origin}/${segments.slice(0, dropped).join('/')}`
        yield {place: [isAsset ? 'asset' : 'page', prefix, folder].join('\n'), prefix, key, file}
      }
    }
  }

  /** The file that most other targets with the same prefix support. */
  #atRoot(root) {
    this.#ranked ??= rank(this.#votes)
    let found
    let most = ENOUGH - 1
    for (const {place, prefix, key, file} of this.#places(root)) {
      const size = this.#votes.get(place)?.size ?? 0
      if (size <= most || size < SHARE * this.#ranked.best.get(prefix)) continue
      if (
        this.#ranked.top.some(
          (other) => weight(prefix) * other.size > size && contradicts(other, `${prefix}/${key}`, file),
        )
      )
        continue
      most = size
      found = file
    }
    return found
  }
}

/** Only the places with the most targets can contradict others. */
const MOST_PLACES = 20

/** The largest number of targets found with each prefix, and the places with the most targets. */
function rank(votes) {
  const best = new Map()
  const places = [...votes].map(([place, keys]) => {
    const [kind, prefix, folder] = place.split('\n')
    best.set(prefix, Math.max(best.get(prefix) ?? 0, keys.size))
    return {kind, prefix, folder, size: keys.size}
  })
  return {best, top: places.sort((a, b) => b.size - a.size).slice(0, MOST_PLACES)}
}

/** Is a file found at another URL, without a prefix, by a rule that explains many targets? */
function contradicts({kind, prefix, folder}, url, file) {
  const whole = kind === 'asset' ? file : stemOf(file)
  if (withoutOrigin(prefix) !== '/' || PAGE.test(file) === (kind === 'asset') || !whole.startsWith(folder))
    return false
  return `/${whole.slice(folder.length)}`.replace(/\/+$/, '') !== withoutOrigin(url).replace(/\/+/g, '/')
}

/** What a URL needs a prefix for has to be far better supported. */
const weight = (prefix) => (withoutOrigin(prefix) === '/' ? 1 : 10)

const withoutOrigin = (url) => url.replace(/^https?:\/\/[^/]*/, '')
