// The links of a tree that can be broken: their kind, place and target.
import path from 'node:path'
import {constructsIn, withoutCode} from './constructs.js'
import {fragmentsOf} from './fragments.js'
import {pathOf} from './targets.js'

/** The kinds of links. */
export const KINDS = [
  'definition',
  'MDX attribute',
  'HTML attribute',
  'URL of the own site',
  'URL of the repository',
  'include',
  'import',
  'role or directive',
  'front matter',
  'wikilink',
  'anchor of a wikilink',
  'root-absolute image',
  'relative image',
  'root-absolute page',
  'relative page without extension',
  'relative page with extension',
  'anchor of another page',
  'own anchor',
]

/** Other files that are read, such as configuration with redirects, are code. */
const PAGE = /\.(?:mdx?|markdown|qmd|rmd)$/i
const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|avif)$/i
/** An attribute with a URL; components name theirs in several ways. */
const ATTRIBUTE = /\s(?:href|src|to|link)=(["'])([^"'\s{}<>]{1,300})\1/g

/** URLs by which GitHub shows files, whoever reads them as such. */
const ON_GITHUB = /^https?:\/\/(?:www\.)?github\.com\//

function kindOf({kind, tag, image, url}, file) {
  if (ON_GITHUB.test(url)) return 'URL of the repository'
  if (kind === 'wikilink') return url.includes('#') ? 'anchor of a wikilink' : 'wikilink'
  if (kind === 'module') return 'import'
  if (kind === 'include') return 'include'
  if (kind === 'front-matter') return 'front matter'
  if (kind === 'definition') return 'definition'
  if (kind === 'html')
    return /^[A-Z]/.test(tag ?? '') || file.endsWith('.mdx') ? 'MDX attribute' : 'HTML attribute'
  const isRooted = url.startsWith('/')
  if (image || IMAGE.test(pathOf(url))) return isRooted ? 'root-absolute image' : 'relative image'
  if (url.startsWith('#')) return 'own anchor'
  if (url.includes('#')) return 'anchor of another page'
  if (/^https?:/.test(url)) return 'URL of the own site'
  if (isRooted) return 'root-absolute page'
  return /\.\w+\/?$/.test(pathOf(url)) ? 'relative page with extension' : 'relative page without extension'
}

/** Attributes that doccheck did not read as links: their values may be links, too. */
function unreadAttributes(source, read) {
  const found = []
  for (const match of withoutCode(source).matchAll(ATTRIBUTE)) {
    const start = match.index + match[0].length - 1 - match[2].length
    if (read.has(start)) continue
    const opening = source.lastIndexOf('<', start)
    if (opening < 0 || start - opening > 500 || !/^<[A-Za-z][^<>]*$/.test(source.slice(opening, start)))
      continue
    const tag = /^<([\w.-]+)/.exec(source.slice(opening, start))[1]
    found.push({kind: 'html', tag, url: match[2], target: {start, end: start + match[2].length}})
  }
  return found
}

/**
 * Every link of the pages that works today: doccheck resolves it, or the tree's files show it.
 *
 * @param repository The repository that URLs on its host may lead to, as `repositoryOf` has it.
 * @param pages Pages with their `page`, `source`, `resolve`, `anchorsOf` and `urls`, by path.
 * @param reported Does doccheck report a link that begins here?
 */
export function workingLinks(pages, {targets, repository, reported}) {
  const all = []
  for (const [file, {page, source}] of pages) {
    if (isForNobody(file, pages)) continue
    const read = new Set(page.links.map(({target}) => target.start))
    const constructs = constructsIn(file, source, targets, repository)
    const unread = [...constructs.values()].filter(({target}) => !read.has(target.start))
    for (const link of [...seenLinks(page), ...unreadAttributes(source, read), ...unread])
      all.push({
        file,
        link,
        isRead: read.has(link.target.start),
        construct: constructs.get(link.target.start),
      })
  }
  for (const {link} of all) targets.count(link.url)
  const fragments = new Map()
  const fragmentsIn = (file) => {
    if (!fragments.has(file)) {
      const to = pages.get(file)
      fragments.set(file, to && fragmentsOf(to.page, to.source))
    }
    return fragments.get(file)
  }
  const isForHost = hostPages(pages)
  const links = []
  const suspects = []
  for (const {file, link, isRead, construct} of all) {
    const {start, end} = link.target
    const from = pages.get(file)
    if (from.source.slice(start, end) !== link.url) continue
    const hash = construct ? -1 : link.url.indexOf('#')
    const fragment = hash < 0 ? undefined : link.url.slice(hash + 1)
    const resolved = isRead ? resolvedTarget(link, from) : undefined
    const seen = construct?.seen ?? seenTarget(link, file, fragment, targets, fragmentsIn)
    const target = resolved ?? seen
    if (target === undefined) continue
    const kind = construct?.kind ?? kindOf(link, file)
    if (kind === 'import' && (!PAGE.test(file) || isForHost(file))) continue
    const found = {file, url: link.url, start, end, kind, fragment, target}
    if (reported(file, start)) suspects.push(found)
    else
      links.push({
        ...found,
        isResolved: resolved !== undefined,
        isSeen: seen !== undefined,
        lacks: fragmentsIn(target)?.lacks,
        section: path.posix.dirname(target),
      })
  }
  return {links, suspects}
}

/** The links of a page without definitions that nothing on it refers to, which readers never see. */
function seenLinks({links, definitions, references}) {
  const used = new Set(references.map(({identifier}) => identifier))
  const unused = new Set(definitions.filter(({identifier}) => !used.has(identifier)).map(({start}) => start))
  return links.filter(({kind, start}) => kind !== 'definition' || !unused.has(start))
}

/** Folders and files that generators leave out, unless they are included; Hugo's `_index.md` is a page. */
const LEFT_OUT = /(?:^|\/)_(?!index\.)/
const ANY_INDEX = /^_?(?:index|readme)\./i

/** Is a file neither published nor named by another page, which may include it? Nobody reads its links. */
function isForNobody(file, pages) {
  return LEFT_OUT.test(file) && pages.get(file).urls().length === 0 && !isNamed(file, pages)
}

/**
 * Create the function that tells whether a page is shown by the host of the repository alone, so that no program bundles
 * what it imports. A file that pages import is known by its name with the folders that tell it from others: the texts of one
 * version are often named as those of the next are.
 */
function hostPages(pages) {
  const files = endsOf(pages.keys())
  const imported = endsOf([...pages].flatMap(([file, {page}]) => modulesOf(page, path.posix.dirname(file))))
  const isImported = (file) => imported.has(endings(file).find((end) => files.get(end) === 1))
  const known = new Map()
  return (file) => {
    if (!known.has(file)) {
      const urls = pages.get(file).urls()
      known.set(file, urls.every((url) => /\.mdx?$/.test(url)) && !isImported(file))
    }
    return known.get(file)
  }
}

const modulesOf = ({links}, folder) =>
  links.flatMap(({kind, url}) => {
    if (kind !== 'module') return []
    return url.startsWith('.') ? path.posix.join(folder, url) : url
  })

/** `a/b.md` → `b.md`, `a/b.md` */
function endings(file) {
  const names = file.split('/')
  return names.map((_, at) => names.slice(-at - 1).join('/'))
}

/** How often each ending of paths occurs. */
function endsOf(paths) {
  const counts = new Map()
  for (const each of paths) for (const end of endings(each)) counts.set(end, (counts.get(end) ?? 0) + 1)
  return counts
}

/** Does another page contain the name of a file, with those of the folders around it for an index? */
function isNamed(file, pages) {
  const names = file.split('/')
  const name = names.slice(ANY_INDEX.test(names.at(-1)) ? -4 : -1).join('/')
  return [...pages].some(([other, {source}]) => other !== file && source.includes(name))
}

/** The file that doccheck is certain of. */
function resolvedTarget(link, {resolve, anchorsOf}) {
  const found = resolve(link)
  if (found.to !== 'page' && found.to !== 'file') return
  if (!found.fragment) return link.url.includes('#') ? undefined : found.path
  return found.to === 'page' && anchorsOf(found.path, found.published)?.has(found.fragment)
    ? found.path
    : undefined
}

/** The file that the link's text and the tree show. */
function seenTarget({url, kind}, file, fragment, targets, fragmentsIn) {
  const isName = kind === 'wikilink' && !url.startsWith('#')
  const target = isName ? targets.named(url.replace(/#.*$/s, '').trim(), file) : targets.find(url, file)
  if (target === undefined || fragment === undefined) return target
  let decoded = fragment
  try {
    decoded = decodeURIComponent(fragment)
  } catch {
    // As written.
  }
  return fragmentsIn(target)?.has(decoded) ? target : undefined
}
