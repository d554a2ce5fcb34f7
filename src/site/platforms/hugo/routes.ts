import escapeStringRegexp from 'escape-string-regexp'
import {folderOf, foldersAbove, isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import {before, trimEnd} from '../../../text/trim.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {canonicalUrl} from '../../shared/canonical-url.ts'
import {records, strings} from '../../shared/data.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import type {HugoConfig, Language} from './config.ts'
import {type Data, withLowerKeys} from './config-files.ts'
import type {Mount} from './mounts.ts'
import {type ContentPlace, pageUrl, pathKey, TOKEN, urlize} from './urls.ts'
import {Cascades, type Hidden, stateOf} from './visibility.ts'

/** The file that a URL leads to. */
export interface Target {
  /** A file, or the folder of a generated list. */
  path: string
  /** It redirects to this page, without keeping the fragment. */
  alias?: true
}

/** The files and URLs of a Hugo site; URLs do not include the site's base path. */
export interface Routes {
  /** The URLs at which each file is, or would be, published. */
  urls: Map<string, string[]>
  /** Keys are as {@link canonicalUrl} returns them. */
  byUrl: Map<string, Target>
  /** Pages that are currently not published. */
  hidden: Map<string, Hidden>
  /** The first of them at each URL, and the first that is published later. */
  hiddenAt: Map<string, {any: string; later?: string}>
  /** Pages by language and path in the content, without extension: `en:/docs/page`. */
  byPath: Map<string, string>
  /** Pages by the last segment of that path. */
  byName: Map<string, string[]>
  /** That path, by page. */
  pathOf: Map<string, string>
  languageOf: Map<string, string>
  /** URLs with unsupported tokens, at which pages may be published. */
  uncertain: UrlPatterns
  /** Published pages that may only be shown on other pages. */
  maybeParts: Set<string>
}

/** A file of the content. */
interface ContentFile extends ContentPlace {
  file: string
  /** With its dot; empty if there is none. */
  extension: string
  languages: string[]
}

/** A page in one of its languages. */
interface LocalizedPage extends ContentPlace {
  file: string
  front: Data
  language: Language
  /** From the root of its language. */
  url: string
}

const PAGE = /\.(?:md|markdown|mdown|html?|adoc|asciidoc|ad|org|rst|pandoc|pdc)$/i

/** Determine where the files of a site are published. */
export function publish(source: SiteContext & PageSource, config: HugoConfig): Routes {
  const routes: Routes = {
    urls: new Map(),
    byUrl: new Map(),
    hidden: new Map(),
    hiddenAt: new Map(),
    byPath: new Map(),
    byName: new Map(),
    pathOf: new Map(),
    languageOf: new Map(),
    uncertain: new UrlPatterns(),
    maybeParts: new Set(),
  }
  publishContent(routes, source, config)
  for (const {prefix} of config.languages) addList(routes, prefix, prefix.slice(1))
  addList(routes, '', '')
  for (const mount of config.statics) publishStatic(routes, source, mount, config)
  return routes
}

function publishContent(routes: Routes, source: SiteContext & PageSource, config: HugoConfig): void {
  const frontOf = (file: string) => withLowerKeys(source.page(file)?.frontMatter?.data)
  const files = config.content.flatMap((mount) => filesOf(source, mount, config))
  const bundles = new Set(files.filter(isBundleIndex).map(({folder}) => folder))
  const cascades = new Cascades()
  cascades.add(config.cascade, '')
  for (const {file, name, folder} of files) if (name === '_index') cascades.add(frontOf(file).cascade, folder)
  for (const file of files) {
    // Of nested bundles, the outermost one counts.
    const above = [...foldersAbove(joinPath(file.folder, file.name))]
    const bundle = above.findLast((folder) => bundles.has(folder))
    const isOfBundle = bundle !== undefined && !(bundle === file.folder && file.name === 'index')
    if (!PAGE.test(file.extension)) addResource(routes, file, config)
    else if (isOfBundle) {
      routes.hidden.set(file.file, 'part')
      routes.languageOf.set(file.file, file.languages[0]!)
    } else addPage(routes, file, frontOf(file.file), config, cascades)
  }
}

const isBundleIndex = ({name, extension, folder}: ContentFile) =>
  name === 'index' && PAGE.test(extension) && folder !== ''

/** The files of a content mount. */
function filesOf({tree}: SiteContext, mount: Mount, config: HugoConfig): ContentFile[] {
  const {source, target} = mount
  if (tree.files.has(source))
    return config.ignored?.test(source) ? [] : [contentFile(source, target, mount, config)]
  return [...tree.files]
    .filter((file) => isBelow(file, source) && !config.ignored?.test(file))
    .map((file) => contentFile(file, joinPath(target, file.slice(source.length + 1)), mount, config))
}

/** @param path From the content root. */
function contentFile(file: string, path: string, {languages}: Mount, config: HugoConfig): ContentFile {
  const names = config.languages.map(({name}) => name)
  const [, stem = '', extension = ''] = /^(.+?)(\.[^.]*)?$/s.exec(nameOf(path)) ?? []
  const suffix = /\.([\w-]+)$/.exec(stem)?.[1]?.toLowerCase()
  const own = suffix !== undefined && names.includes(suffix) ? suffix : undefined
  const mounted = languages?.map((name) => name.toLowerCase()).filter((name) => names.includes(name)) ?? []
  return {
    file,
    folder: folderOf(path),
    name: own === undefined ? stem : stem.slice(0, -own.length - 1),
    extension,
    languages: own === undefined ? (mounted.length > 0 ? mounted : [config.defaultLanguage]) : [own],
  }
}

function publishStatic(
  routes: Routes,
  {tree}: SiteContext,
  {source, target}: Mount,
  {languages}: HugoConfig,
): void {
  for (const file of tree.files) {
    const path = pathBelow(file, source)
    if (path === undefined) continue
    const url = `/${joinPath(target, path)}`
    addUrl(routes, file, url)
    // In a multihost site, its files are on the language's host; with one host, they are below its prefix.
    for (const {prefix} of languages) if (prefix) addTarget(routes, `${prefix}${url}`, {path: file})
  }
}

/** Pages take precedence over redirects to them. */
function addTarget({byUrl}: Routes, url: string, target: Target): void {
  const key = canonicalUrl(url)
  const old = byUrl.get(key)
  if (!old || (old.alias && !target.alias)) byUrl.set(key, target)
}

function addUrl(routes: Routes, file: string, url: string): void {
  const urls = routes.urls.get(file)
  if (!urls) routes.urls.set(file, [url])
  else if (!urls.includes(url)) urls.push(url)
  addTarget(routes, url, {path: file})
}

function addHiddenUrl({urls, hiddenAt}: Routes, file: string, url: string, state: Hidden): void {
  urls.set(file, [...(urls.get(file) ?? []), url])
  const key = canonicalUrl(url)
  let found = hiddenAt.get(key)
  if (!found) hiddenAt.set(key, (found = {any: file}))
  if (state === 'later') found.later ??= file
}

/** Add a generated list of pages, unless there is a page at its URL. */
function addList({byUrl}: Routes, url: string, path: string): void {
  if (!byUrl.has(url)) byUrl.set(url, {path})
}

/** Publish a file that is not a page unchanged, in the folder of its bundle. */
function addResource(routes: Routes, content: ContentFile, config: HugoConfig): void {
  const {file, folder, name, extension, languages} = content
  const publishedFolder = urlize(folder, config)
  for (const {prefix} of config.languages.filter((language) => languages.includes(language.name)))
    for (const each of new Set([nameOf(file), name + extension])) {
      addUrl(routes, file, `${prefix}/${joinPath(publishedFolder, each)}`)
      addUrl(routes, file, `${prefix}/${joinPath(folder, each)}`)
    }
  // Other languages share it unless they have their own file.
  for (const {prefix} of config.languages)
    addTarget(routes, `${prefix}/${joinPath(publishedFolder, name + extension)}`, {path: file})
}

function addPage(
  routes: Routes,
  {file, folder, name, languages}: ContentFile,
  front: Data,
  config: HugoConfig,
  cascades: Cascades,
): void {
  const isHidden = cascades.hides(joinPath(folder, name), front)
  const state = isHidden ? 'part' : stateOf(front, config)
  if (isHidden === undefined) routes.maybeParts.add(file)
  routes.languageOf.set(file, languages[0]!)
  if (state !== 'published') routes.hidden.set(file, state)
  const url = pageUrl({folder, name}, front, config)
  for (const code of languages) {
    const language = config.languages.find((each) => each.name === code)!
    const page: LocalizedPage = {file, folder, name, front, language, url}
    addPageUrls(routes, page, state)
    if (state !== 'published') continue
    addPath(routes, page)
    addAliases(routes, page)
    addHostRedirects(routes, page)
    if (config.hasSections) addSection(routes, page, config)
  }
}

function addPageUrls(
  routes: Routes,
  {file, front, language: {prefix}, url}: LocalizedPage,
  state: 'published' | Hidden,
): void {
  // A URL in front matter is below the language's prefix only if it does not begin with a slash.
  const urls = typeof front.url === 'string' ? [url, `${prefix}${url}`] : [`${prefix}${url}`]
  for (const each of new Set(urls)) {
    if (each.includes(':')) addUncertain(routes, each)
    if (state === 'published') addUrl(routes, file, each)
    else addHiddenUrl(routes, file, each, state)
  }
}

/** Record the URLs that a permalink with unsupported tokens may expand to. */
function addUncertain({uncertain}: Routes, url: string): void {
  const path = canonicalUrl(url)
  uncertain.add(`^${path.split(TOKEN).map(escapeStringRegexp).join('.+')}$`, before(path, ':'), {
    caseless: true,
  })
}

/** Record the logical path of a page, by which `ref` finds it. */
function addPath(routes: Routes, {file, folder, name, language}: LocalizedPage): void {
  const isIndex = name === 'index' || name === '_index'
  const key = pathKey(isIndex ? `/${folder}` : `/${joinPath(folder, name)}`)
  routes.byPath.set(`${language.name}:${key}`, file)
  routes.pathOf.set(file, key)
  const sameName = routes.byName.get(nameOf(key))
  if (sameName) sameName.push(file)
  else routes.byName.set(nameOf(key), [file])
}

/** Add the `aliases` of a page: https://gohugo.io/content-management/urls/#aliases */
function addAliases(routes: Routes, {file, folder, front, language: {prefix}, url}: LocalizedPage): void {
  const target: Target = {path: file, alias: true}
  for (const alias of strings(front.aliases)) {
    const starts = alias.startsWith('/') ? [''] : [url, `${url.replace(/\/$/, '')}/..`, `/${folder}`]
    for (const start of starts) {
      const path = joinPath(start.slice(1), alias.replace(/^\//, '')).replace(/^(?:\.\.\/)+/, '')
      addTarget(routes, `/${path}`, target)
      addTarget(routes, `${prefix}/${path}`, target)
    }
  }
}

/** Add the `redirects` of a page, a convention of templates for hosts with redirects. */
function addHostRedirects(routes: Routes, {front, language: {prefix}, url}: LocalizedPage): void {
  const redirects = front.redirects ?? withLowerKeys(front.params).redirects
  for (const {from} of records(redirects).map(withLowerKeys)) {
    if (typeof from !== 'string') continue
    const path = from.startsWith('/') ? from : `${prefix}${url}${from}`
    const pattern = escapeStringRegexp(trimEnd(path, '/')).replaceAll('\\*', '.*')
    routes.uncertain.add(`^${pattern}$`, before(path, '*'))
  }
}

/** Add the list of the section that contains a page. */
function addSection(routes: Routes, {file, folder, name, language}: LocalizedPage, config: HugoConfig): void {
  const section = folder.split('/')[0]!
  const isInSection = folder.includes('/') || name !== 'index'
  if (section === '' || !isInSection) return
  const contentRoot = file.slice(0, file.length - joinPath(folder, nameOf(file)).length)
  addList(routes, `${language.prefix}/${urlize(section, config)}`, contentRoot + section)
  const key = `${language.name}:/${pathKey(section)}`
  if (!routes.byPath.has(key)) routes.byPath.set(key, contentRoot + section)
}
