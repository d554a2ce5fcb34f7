// Chooses links to break, spread thinly: the docs that people keep are mostly intact, and doccheck may judge doubtful
// links by the others.
import {KINDS} from './links.js'
import {groupBy, stemOf} from './targets.js'

/** No page gets more breaks, its links to removed pages included. */
const PER_PAGE = 3
/** At most this share of the distinct targets of a section, the folder that links lead into; but always one. */
const SHARE = 0.05
/** Pages with more links to them are not removed. */
const MOST_LINKS = 10
const HUB = /(?:^|\/)(?:_?index|readme|summary|_?sidebar|_?navbar|changelog)\.\w+$/i

/** Random numbers from a seed. */
export function randomFrom(seed) {
  let state = seed % 2147483647 || 1
  return (below) => (state = (state * 48271) % 2147483647) % below
}

function shuffled(list, random) {
  const copy = [...list]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = random(at + 1)
    ;[copy[at], copy[other]] = [copy[other], copy[at]]
  }
  return copy
}

/** Counts the breaks of pages and sections. */
class Density {
  #pages = new Map()
  #sections = new Map()
  #allowed = new Map()

  constructor(links) {
    const distinct = new Map()
    for (const {section, target, fragment} of links) {
      if (!distinct.has(section)) distinct.set(section, new Set())
      distinct.get(section).add(`${target}#${fragment}`)
    }
    for (const [section, {size}] of distinct)
      this.#allowed.set(section, Math.max(1, Math.floor(size * SHARE)))
  }

  /** Take the places that breaks need, all or none. */
  take(files, sections) {
    const pages = countsOf(files)
    const broken = countsOf(sections)
    for (const [file, count] of pages) if ((this.#pages.get(file) ?? 0) + count > PER_PAGE) return false
    for (const [section, count] of broken)
      if ((this.#sections.get(section) ?? 0) + count > this.#allowed.get(section)) return false
    for (const [file, count] of pages) this.#pages.set(file, (this.#pages.get(file) ?? 0) + count)
    for (const [section, count] of broken)
      this.#sections.set(section, (this.#sections.get(section) ?? 0) + count)
    return true
  }
}

function countsOf(names) {
  const counts = new Map()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Another name for the last segment of a path or for a fragment; undefined if it has no plain name. */
function renamed(name, way, random) {
  const [, stem, extension] = /^([\p{L}\p{N}_-]{3,}?)((?:\.\w+)*\/?)$/u.exec(name) ?? []
  if (stem === undefined || /^(?:_?index|readme)$/i.test(stem)) return
  if (way === 'unlike') return `zqx${random(90) + 10}vuq${extension}`
  const letters = [...stem.matchAll(/\p{L}/gu)].map(({index}) => index).filter((index) => index > 0)
  if (letters.length === 0) return
  const at = letters[random(letters.length)]
  // One letter too many or too few.
  const typo = random(2)
    ? stem.slice(0, at) + stem.slice(at + 1)
    : stem.slice(0, at) + stem[at] + stem.slice(at)
  return typo === stem ? undefined : typo + extension
}

/** The URL of a link with one name changed; undefined if that may lead somewhere. */
export function brokenUrl({url, fragment, lacks}, way, random, targets) {
  if (fragment !== undefined) {
    const name = renamed(fragment, way, random)
    return name === undefined || !lacks?.(name)
      ? undefined
      : url.slice(0, url.length - fragment.length) + name
  }
  const bare = /^[^?#]*/.exec(url)[0]
  const segment = /[^/]*\/?$/.exec(bare.replace(/^https?:\/\/[^/]*/, ''))[0]
  const name = renamed(segment, way, random)
  if (name === undefined || targets.hasName(name) || stemOf(name) === stemOf(segment)) return
  return bare.slice(0, bare.length - segment.length) + name + url.slice(bare.length)
}

/** The name of a page, without its date: `2019-11-13-use.md` → `use`. */
const nameOf = (file) =>
  stemOf(file)
    .replace(/\/$/, '')
    .replace(/^.*\//, '')
    .replace(/^\d{4}-\d\d-\d\d-/, '')

/** Pages to remove, each with the links to it that break. */
function removals(all, free, files, density, {most, random}) {
  const to = groupBy(all, ({target}) => target)
  // Where a page exists in another language or version, a site may show that one.
  const names = countsOf([...files].map(nameOf))
  const removed = new Map()
  const holders = new Set()
  const counts = new Map()
  // The other sections are left to other breaks: in small ones, there is only room for one.
  const chosen = new Set(
    shuffled([...new Set(all.map(({section}) => section))], random).filter((_, at) => at % 2),
  )
  for (const target of shuffled([...to.keys()], random)) {
    const own = to.get(target).filter(({file}) => file !== target)
    if (
      !files.has(target) ||
      own.length === 0 ||
      own.length > MOST_LINKS ||
      HUB.test(target) ||
      holders.has(target)
    )
      continue
    if (names.get(nameOf(target)) > 1) continue
    if (own.some(({kind}) => (counts.get(kind) ?? 0) >= most)) continue
    if (own.some((link) => removed.has(link.file) || !free.has(link))) continue
    const sections = new Set(own.map(({section}) => section))
    if (![...sections].every((section) => chosen.has(section))) continue
    if (
      !density.take(
        own.map(({file}) => file),
        sections,
      )
    )
      continue
    removed.set(target, own)
    for (const {file} of own) holders.add(file)
    for (const {kind} of own) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return removed
}

/**
 * The breaks of one round.
 *
 * @param input `links` may be broken; `all` work.
 * @returns `edits`: links with the text that replaces their URL; `removed`: files, each with the links to it
 */
export function chooseBreaks({links, all, files, targets}, {most, seed}) {
  const random = randomFrom(seed)
  const density = new Density(all)
  const removed = removals(all, new Set(links), files, density, {most: Math.ceil(most / 3), random})
  const isUntouched = ({file, target}) => !removed.has(file) && !removed.has(target)
  const byKind = groupBy(shuffled(links.filter(isUntouched), random), ({kind}) => kind)
  const edits = []
  for (const kind of KINDS) {
    let count = 0
    for (const link of byKind.get(kind) ?? []) {
      if (count >= Math.ceil((most * 2) / 3)) break
      const way = count % 2 ? 'typo' : 'unlike'
      const url = brokenUrl(link, way, random, targets)
      if (url === undefined || !density.take([link.file], [link.section])) continue
      edits.push({link, way, broken: url})
      count++
    }
  }
  return {edits, removed}
}
