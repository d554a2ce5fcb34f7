// Chooses links to break, spread thinly: the docs that people keep are mostly intact, and doccheck may judge doubtful
// links by the others.
import path from 'node:path'
import {KINDS} from './links.js'
import {groupBy, stemOf} from './targets.js'

/** No page gets more breaks, its links to removed pages included. */
const PER_PAGE = 3
/** At most this share of the distinct targets below a folder that links lead into; but always one. */
const SHARE = 0.05
/** The same for the whole tree: public trees lack up to four of 100, most of them hardly one. */
const SHARE_OF_TREE = 0.02
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

/** The folder that a link leads into, and those above it; targets with fragments are counted apart. */
function sectionsAbove({section, fragment}) {
  const sections = [section]
  for (let at = section; at !== '.' && at !== '/' && at !== ''; ) sections.push((at = path.posix.dirname(at)))
  return sections.map((each) => `${fragment === undefined ? '' : '#'}${each}`)
}

/** Counts the breaks of pages and sections. */
class Density {
  #pages = new Map()
  #sections = new Map()
  #allowed = new Map()

  constructor(links) {
    const distinct = new Map()
    for (const link of links)
      for (const section of sectionsAbove(link)) {
        if (!distinct.has(section)) distinct.set(section, new Set())
        distinct.get(section).add(targetOf(link))
      }
    for (const [section, {size}] of distinct) {
      const share = /^#?\.$/.test(section) ? SHARE_OF_TREE : SHARE
      this.#allowed.set(section, Math.max(1, Math.floor(size * share)))
    }
  }

  /** Take the places that the breaks of links need, all or none; links to one target break it once. */
  take(links) {
    const pages = countsOf(links.map(({file}) => file))
    const targets = new Map(links.map((link) => [targetOf(link), link]))
    const broken = countsOf([...targets.values()].flatMap(sectionsAbove))
    for (const [file, count] of pages) if ((this.#pages.get(file) ?? 0) + count > PER_PAGE) return false
    for (const [section, count] of broken)
      if ((this.#sections.get(section) ?? 0) + count > this.#allowed.get(section)) return false
    for (const [file, count] of pages) this.#pages.set(file, (this.#pages.get(file) ?? 0) + count)
    for (const [section, count] of broken)
      this.#sections.set(section, (this.#sections.get(section) ?? 0) + count)
    return true
  }
}

const targetOf = ({target, fragment}) => `${target}#${fragment ?? ''}`

function countsOf(names) {
  const counts = new Map()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Another name for the last segment of a path or for a fragment, which may have spaces; undefined if it has no plain name. */
function renamed(name, way, random) {
  const [, stem, extension] = /^([\p{L}\p{N}\p{M}_ -]{3,}?)((?:\.\w+)*\/?)$/u.exec(name) ?? []
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
    // Of nested headings, the last one.
    const last = fragment.slice(fragment.lastIndexOf('#') + 1)
    const name = renamed(last, way, random)
    return name === undefined || !lacks?.(name) ? undefined : url.slice(0, url.length - last.length) + name
  }
  const bare = /^[^?#]*/.exec(url)[0]
  // Only the host knows which branches there are.
  if (/^https?:\/\/github\.com\/[^/]+\/[^/]+\/\w+\/[^/]*\/?$/.test(bare)) return
  const segment = /[^/]*\/?$/.exec(bare.replace(/^https?:\/\/[^/]*/, ''))[0]
  const name = renamed(segment, way, random)
  if (name === undefined || targets.hasName(name) || stemOf(name) === stemOf(segment)) return
  return bare.slice(0, bare.length - segment.length) + name + url.slice(bare.length)
}

/** The name of a page, without its date and language: `2019-11-13-use.md` → `use`, `use.pt-BR.md` → `use`. */
const nameOf = (file) =>
  stemOf(file)
    .replace(/\/$/, '')
    .replace(/^.*\//, '')
    .replace(/^\d{4}-\d\d-\d\d-/, '')
    .replace(/\.[a-z]{2}(?:-\w{2,4})?$/, '')

/** mdBook creates the chapters that its summary lists. */
const isCreated = ({file}, files) => {
  const [, folder] = /^(.*?)[^/]*\/SUMMARY\.md$/.exec(file) ?? []
  return folder !== undefined && files.has(`${folder}book.toml`)
}

/** Without these files, a site is another one, or none. */
const CONFIGURATION =
  /(?:^|\/)(?:[^/]*(?:config|sidebar)[^/]*|package\.json|conf\.py|(?:mkdocs|_quarto|hugo)\.ya?ml|(?:book|hugo)\.toml|docfx\.json|versions\.json)$/i

/** The pages that may be removed, each with the links to it, which break. */
function removable(all, free, files) {
  // Where a page exists in another language or version, a site may show that one.
  const names = countsOf([...files].map(nameOf))
  const found = []
  for (const [target, links] of groupBy(all, ({target}) => target)) {
    const own = links.filter(({file}) => file !== target)
    if (!files.has(target) || own.length === 0 || own.length > MOST_LINKS || HUB.test(target)) continue
    if (CONFIGURATION.test(target)) continue
    if (names.get(nameOf(target)) > 1 || !own.every((link) => free.has(link))) continue
    if (own.some((link) => isCreated(link, files))) continue
    found.push({target, own})
  }
  return found
}

/**
 * The breaks of one round, of all kinds in turn.
 *
 * @param input `links` may be broken; `all` work.
 * @returns `edits`: links with the text that replaces their URL; `removed`: files, each with the links to it
 */
export function chooseBreaks({links, all, files, targets}, {most, seed}) {
  const random = randomFrom(seed)
  const density = new Density(all)
  const removed = new Map()
  const edits = []
  /** Pages with a broken link, and targets that one led to. */
  const touched = new Set()
  const remove = ({target, own}) => {
    if ([target, ...own.map(({file}) => file)].some((file) => removed.has(file))) return false
    if (touched.has(target) || !density.take(own)) return false
    removed.set(target, own)
    for (const {file} of own) touched.add(file)
    return true
  }
  const edit = (way) => (link) => {
    if (removed.has(link.file) || removed.has(link.target)) return false
    const url = brokenUrl(link, way, random, targets)
    if (url === undefined || !density.take([link])) return false
    edits.push({link, way, broken: url})
    touched.add(link.file).add(link.target)
    return true
  }
  const breakable = links.filter((link) => !isCreated(link, files))
  const byKind = groupBy(shuffled(breakable, random), ({kind}) => kind)
  const rest = [shuffled(removable(all, new Set(links), files), random)]
  const turns = [() => takeFirst(rest[0], remove)]
  for (const kind of KINDS)
    for (const way of ['unlike', 'typo']) turns.push(() => takeFirst(byKind.get(kind) ?? [], edit(way)))
  let open = shuffled(turns, random)
  while (open.length > 0 && edits.length + removed.size < most)
    open = open.filter((turn) => edits.length + removed.size < most && turn())
  return {edits, removed}
}

/** Take the first item that can be taken, and leave those before it. */
function takeFirst(list, take) {
  while (list.length > 0) if (take(list.pop())) return true
  return false
}
