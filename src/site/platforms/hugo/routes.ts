import escapeStringRegexp from 'escape-string-regexp'
import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {before, trimEnd} from '../../../text/trim.ts'
import {strings} from '../../shared/data.ts'
import {Folders} from '../../shared/folders.ts'
import {Patterns} from '../../shared/url-patterns.ts'
import type {PageSource} from '../../types.ts'
import {type HugoConfig, type Mount, withLowerKeys} from './config.ts'

/** What is published at a URL. */
export interface Target {
  /** A file, or the folder of a generated list. */
  path: string
  /** A page that leads on to this one, without the fragment. */
  alias?: true
}

type Hidden = 'later' | 'never' | 'part'

/** What a Hugo site publishes, by URL without the path of the site. */
export interface Published {
  /** Where each file is, or would be, published. */
  urls: Map<string, string[]>
  byUrl: Map<string, Target>
  /** Pages that are not published now, but later, never, or as a part of others. */
  hidden: Map<string, Hidden>
  /** The first of them at each URL, and the first that is published later. */
  hiddenAt: Map<string, {any: string; later?: string}>
  /** Pages by language and path in the content, without extension: `en:/docs/page`. */
  byPath: Map<string, string>
  /** Pages by the last part of that path. */
  byName: Map<string, string[]>
  /** The path of each of them. */
  pathOf: Map<string, string>
  languageOf: Map<string, string>
  /** URLs at which pages may be published that could not be worked out. */
  uncertain: Patterns
  /** Why a page may not be published on its own. */
  unclear?: string
}

const CONTENT = /\.(?:md|markdown|mdown|html?|adoc|asciidoc|ad|org|rst|pandoc|pdc)$/i

/** One spelling for the URLs that a server takes for the same page. */
export const trimUrl = (url: string) =>
  trimEnd(url.replace(/(^|\/)index\.html?$/, '$1').replace(/\.html?$/, ''), '/')

/** One spelling for paths in the content that mean the same page. */
export const pathKey = (path: string) => trimEnd(path.toLowerCase().replaceAll(' ', '-'), '/')

/** A path as part of a URL. */
export function urlize(path: string, {lowerCase, removeAccents}: HugoConfig): string {
  const plain = removeAccents
    ? path
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .normalize('NFC')
    : path
  const kept = plain
    .replace(/[^\p{L}\p{Nd}\p{M}\s./\\_#+~@%-]|%(?![\da-f]{2})/giu, '')
    .trim()
    .replace(/\s+/g, '-')
  return lowerCase ? [...kept].map((letter) => letter.toLowerCase()).join('') : kept
}

interface Source {
  file: string
  /** From the content's root: folder, name without language and extension, and extension. */
  folder: string
  name: string
  end: string
  languages: string[]
}

/** Work out what is published where. */
export function publish(world: PageSource, config: HugoConfig): Published {
  const site: Published = {
    urls: new Map(),
    byUrl: new Map(),
    hidden: new Map(),
    hiddenAt: new Map(),
    byPath: new Map(),
    byName: new Map(),
    pathOf: new Map(),
    languageOf: new Map(),
    uncertain: new Patterns(),
  }
  const sources = config.content.flatMap((mount) => sourcesOf(world, mount, config))
  const bundles = new Set(
    sources
      .filter(({name, end, folder}) => name === 'index' && CONTENT.test(end) && folder !== '')
      .map(({folder}) => folder),
  )
  const parts = new Folders<Part>()
  addParts(parts, config.cascade, '')
  for (const {file, name, folder} of sources)
    if (name === '_index') addParts(parts, withLowerKeys(world.page(file)?.frontMatter?.data).cascade, folder)
  for (const source of sources) {
    const bundle = foldersOf(source.folder).find((folder) => bundles.has(folder))
    const isIndex = bundle === source.folder && source.name === 'index'
    if (!CONTENT.test(source.end)) addFile(site, source, config)
    else if (bundle === undefined || isIndex) addPage(site, source, world, config, parts)
    else {
      site.hidden.set(source.file, 'part')
      site.languageOf.set(source.file, source.languages[0]!)
    }
  }
  for (const {prefix} of config.languages) list(site, prefix, prefix.slice(1))
  list(site, '', '')
  for (const {source, target} of config.statics)
    for (const file of world.tree.files) {
      if (!file.startsWith(`${source}/`)) continue
      const url = `/${joinPath(target, file.slice(source.length + 1))}`
      put(site, file, url)
      // With a host for each language, its files are there; with one host, they are below its path.
      for (const {prefix} of config.languages) if (prefix) add(site, `${prefix}${url}`, {path: file})
    }
  return site
}

const foldersOf = (folder: string): string[] => {
  const segments = folder.split('/')
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'))
}

function sourcesOf(world: PageSource, {source, target, languages}: Mount, config: HugoConfig): Source[] {
  const names = config.languages.map(({name}) => name)
  const found: Source[] = []
  const isFile = world.tree.files.has(source)
  for (const file of isFile ? [source] : world.tree.files) {
    if (!isFile && !file.startsWith(`${source}/`)) continue
    if (config.ignored?.test(file)) continue
    const path = isFile ? target : joinPath(target, file.slice(source.length + 1))
    const whole = path.slice(path.lastIndexOf('/') + 1)
    const [, stem, end] = /^(.+?)(\.[^.]*)?$/s.exec(whole)!
    const language = /\.([\w-]+)$/.exec(stem!)?.[1]?.toLowerCase()
    const isOfLanguage = language !== undefined && names.includes(language)
    const of = languages?.map((name) => name.toLowerCase()).filter((name) => names.includes(name))
    found.push({
      file,
      folder: folderOf(path),
      name: isOfLanguage ? stem!.slice(0, -language.length - 1) : stem!,
      end: end ?? '',
      languages: isOfLanguage ? [language] : of && of.length > 0 ? of : [config.defaultLanguage],
    })
  }
  return found
}

const add = (site: Published, url: string, target: Target) => {
  const key = trimUrl(url)
  const old = site.byUrl.get(key)
  if (!old || (old.alias && !target.alias)) site.byUrl.set(key, target)
}

const put = (site: Published, file: string, url: string) => {
  const urls = site.urls.get(file)
  if (!urls) site.urls.set(file, [url])
  else if (!urls.includes(url)) urls.push(url)
  add(site, url, {path: file})
}

function hide(site: Published, file: string, url: string, state: Hidden): void {
  site.urls.set(file, [...(site.urls.get(file) ?? []), url])
  const key = trimUrl(url)
  let found = site.hiddenAt.get(key)
  if (!found) site.hiddenAt.set(key, (found = {any: file}))
  if (state === 'later') found.later ??= file
}

const list = (site: Published, url: string, path: string) => {
  if (!site.byUrl.has(url)) site.byUrl.set(url, {path})
}

/** What is no page is published as it is, in the folder of its bundle. */
function addFile(site: Published, {file, folder, name, end, languages}: Source, config: HugoConfig): void {
  for (const prefix of prefixesOf(languages, config)) {
    const whole = file.slice(file.lastIndexOf('/') + 1)
    const names = new Set([whole, name + end])
    for (const each of names) {
      put(site, file, `${prefix}/${joinPath(urlize(folder, config), each)}`)
      put(site, file, `${prefix}/${joinPath(folder, each)}`)
    }
  }
  // Other languages share what they have no file of their own for.
  for (const {prefix} of config.languages)
    add(site, `${prefix}/${joinPath(urlize(folder, config), name + end)}`, {path: file})
}

const prefixesOf = (languages: string[], config: HugoConfig) =>
  config.languages.filter(({name}) => languages.includes(name)).map(({prefix}) => prefix)

function addPage(
  site: Published,
  source: Source,
  world: PageSource,
  config: HugoConfig,
  parts: Folders<Part>,
): void {
  const {file, folder, name, languages} = source
  const front = withLowerKeys(world.page(file)?.frontMatter?.data)
  const isPart = renderOf(front) === undefined && isAmong(parts, joinPath(folder, name), site)
  const state = isPart ? 'part' : stateOf(front, config)
  site.languageOf.set(file, languages[0]!)
  if (state !== 'published') site.hidden.set(file, state)
  const isIndex = name === 'index' || name === '_index'
  const path = isIndex ? `/${folder}` : `/${joinPath(folder, name)}`
  const own = urlOf(source, front, config)
  for (const language of languages) {
    const {prefix} = config.languages.find((each) => each.name === language)!
    const urls = [own]
    // Without a slash it is below the language, with one it is not.
    if (typeof front.url === 'string' && prefix) urls.push(`${prefix}${own}`)
    for (const url of typeof front.url === 'string' ? urls : [`${prefix}${own}`]) {
      if (url.includes(':')) addUncertain(site, url)
      if (state === 'published') put(site, file, url)
      else hide(site, file, url, state)
    }
    if (state !== 'published') continue
    const key = pathKey(path)
    site.byPath.set(`${language}:${key}`, file)
    site.pathOf.set(file, key)
    const last = key.slice(key.lastIndexOf('/') + 1)
    const named = site.byName.get(last)
    if (named) named.push(file)
    else site.byName.set(last, [file])
    for (const alias of strings(front.aliases)) {
      const target: Target = {path: file, alias: true}
      const from = alias.startsWith('/') ? [''] : [own, `${own.replace(/\/$/, '')}/..`, `/${folder}`]
      for (const start of from) {
        const url = `/${joinPath(start.slice(1), alias.replace(/^\//, '')).replace(/^(?:\.\.\/)+/, '')}`
        add(site, url, target)
        add(site, prefix + url, target)
      }
    }
    // A convention of templates for hosts that redirect.
    const redirects = front.redirects ?? withLowerKeys(front.params).redirects
    for (const entry of Array.isArray(redirects) ? redirects : []) {
      const {from} = withLowerKeys(entry)
      if (typeof from !== 'string') continue
      const start = from.startsWith('/') ? from : `${prefix}${own}${from}`
      const pattern = escapeStringRegexp(trimEnd(start, '/')).replaceAll('\\*', '.*')
      site.uncertain.add(`^${pattern}$`, before(start, '*'))
    }
    const section = folder.split('/')[0]!
    const inSection = folder.includes('/') || name !== 'index'
    if (config.hasSections && section !== '' && inSection) {
      const mount = file.slice(
        0,
        file.length - joinPath(folder, file.slice(file.lastIndexOf('/') + 1)).length,
      )
      list(site, `${prefix}/${urlize(section, config)}`, mount + section)
      const listed = `${language}:/${pathKey(section)}`
      if (!site.byPath.has(listed)) site.byPath.set(listed, mount + section)
    }
  }
}

/** What front matter says of whether a page is published on its own. */
const renderOf = (front: Record<string, unknown>) => withLowerKeys(front.build ?? front._build).render

const isNotRendered = (front: Record<string, unknown>) =>
  ['never', 'link', false].some((value) => value === renderOf(front))

/** What `cascade` keeps from being published on its own, below the folder of the page that has it. */
type Part = {folder: string; globs?: Globs | undefined}

function addParts(parts: Folders<Part>, cascade: unknown, folder: string): void {
  const targets = (Array.isArray(cascade) ? cascade : [cascade])
    .map(withLowerKeys)
    .filter(isNotRendered)
    .map((entry) => withLowerKeys(entry.target ?? entry._target).path)
  const globs = strings(targets)
  if (globs.length > 0) parts.add(folder, {folder, globs: globsOf(globs, 'hugo')})
  if (folder !== '' && globs.length < targets.length) parts.add(folder, {folder})
}

/** Does `cascade` keep a page from being published on its own? @param path From the content's root. */
function isAmong(parts: Folders<Part>, path: string, site: Published): boolean {
  for (const part of parts.above(path)) {
    if (!('globs' in part)) {
      if (path === part.folder || path.startsWith(`${part.folder}/`)) return true
    } else if (!part.globs) site.unclear = 'a glob of a cascade is not understood'
    else if (part.globs.test(`/${path}`)) return true
  }
  return false
}

function stateOf(front: Record<string, unknown>, {builds}: HugoConfig): 'published' | Hidden {
  if (front.headless === true || isNotRendered(front)) return 'part'
  if (front.draft === true && !builds.drafts) return 'never'
  const day = (value: unknown) => Date.parse(value instanceof Date ? value.toISOString() : String(value))
  if (!builds.expired && day(front.expirydate) < Date.now()) return 'never'
  if (!builds.future && day(front.publishdate ?? front.date) > Date.now()) return 'later'
  return 'published'
}

/** A page's URL, from the root of its language; with `:` in it where it could not be worked out. */
function urlOf({folder, name}: Source, front: Record<string, unknown>, config: HugoConfig): string {
  if (typeof front.url === 'string') {
    const url = `/${front.url.replace(/^\//, '')}`
    return /\/$|\.\w+$/.test(url) ? url : `${url}/`
  }
  if (name === '_index') return folder === '' ? '/' : `/${urlize(folder, config)}/`
  const end = config.uglyUrls ? '.html' : '/'
  const section = folder.split('/')[0]!
  const isBundle = name === 'index'
  const parent = isBundle ? folderOf(folder) : folder
  const stem = isBundle ? folder.slice(folder.lastIndexOf('/') + 1) : name
  const slug = typeof front.slug === 'string' && front.slug !== '' ? front.slug : undefined
  const topFolder = isBundle && parent === '' ? '' : section
  const pattern =
    config.permalinks[topFolder.toLowerCase()] ?? (topFolder === '' ? config.permalinks['/'] : undefined)
  if (pattern === undefined) {
    const path = joinPath(urlize(parent, config), urlize(slug ?? stem, config))
    return path === '' ? '/' : `/${path}${end}`
  }
  const title = typeof front.title === 'string' ? front.title.replaceAll('/', '-') : undefined
  const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(
    front.date instanceof Date ? front.date.toISOString() : String(front.date ?? ''),
  )
  const values: Record<string, string | undefined> = {
    ':year': date?.[1],
    ':month': date?.[2],
    ':day': date?.[3],
    ':section': topFolder,
    ':sections': parent,
    ':title': title,
    ':slug': slug ?? title,
    ':slugorfilename': slug ?? stem,
    ':slugorcontentbasename': slug ?? stem,
    ':filename': stem,
    ':contentbasename': stem,
  }
  const path = pattern.replace(/:\w+(?:\[[^\]]*\])?/g, (token) => {
    const value = values[token.toLowerCase()]
    return value === undefined ? token : urlize(value, config)
  })
  const url = `/${joinPath('', path)}`
  return config.uglyUrls || /\.\w+$/.test(pattern) ? `${url}${/\.\w+$/.test(url) ? '' : end}` : `${url}/`
}

/** Note what a URL with tokens may become. */
function addUncertain(site: Published, url: string): void {
  const path = trimUrl(url)
  const pattern = path
    .split(/:\w+(?:\[[^\]]*\])?/)
    .map(escapeStringRegexp)
    .join('.+')
  site.uncertain.add(`^${pattern}$`, before(path, ':'), {caseless: true})
}
