import escapeStringRegexp from 'escape-string-regexp'
import {folderOf, foldersAbove, joinPath, nameOf, pathBelow, withoutLevelsAbove} from '../../../text/paths.ts'
import {before, trimEnd} from '../../../text/trim.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {canonicalUrl} from '../../shared/canonical-url.ts'
import {records, strings} from '../../shared/data.ts'
import type {HugoConfig, Language} from './config.ts'
import {type Data, withLowerKeys} from './config-files.ts'
import {type ContentFile, contentFiles, isBundleIndex, isPage} from './content-files.ts'
import type {Mount} from './mounts.ts'
import {pageUrl, TOKEN} from './permalinks.ts'
import {addResource, type Resource} from './resources.ts'
import {addHiddenUrl, addList, addTarget, addUrl, noRoutes, type Routes} from './route-table.ts'
import {type ContentPlace, parentOf, pathKey, topFolder, urlize} from './urls.ts'
import {Cascades, type Hidden, stateOf} from './visibility.ts'

/** A page in one of its languages. */
interface LocalizedPage extends ContentPlace {
  file: string
  front: Data
  language: Language
  /** From the root of its language. */
  url: string
}

/** Determine where the files of a site are published. */
export function publish(source: SiteContext & PageSource, config: HugoConfig): Routes {
  const routes = noRoutes()
  publishContent(routes, source, config)
  for (const {prefix} of config.languages) addList(routes, prefix, prefix.slice(1))
  // The other of the two redirects to the home page of the default language.
  addList(routes, `/${config.defaultLanguage}`, '')
  addList(routes, '', '')
  for (const mount of config.statics) publishStatic(routes, source, mount, config)
  return routes
}

function publishContent(routes: Routes, source: SiteContext & PageSource, config: HugoConfig): void {
  const frontOf = (file: string) => withLowerKeys(source.page(file)?.frontMatter?.data)
  const files = config.content.flatMap((mount) => contentFiles(source, mount, config))
  const cascades = readFolders(routes, files, frontOf, config)
  const resources: Resource[] = []
  for (const file of files) {
    const bundle = bundleOf(file, routes)
    if (!isPage(file)) resources.push({file, bundle: bundle ?? file.folder})
    else if (bundle !== undefined && !(bundle === file.folder && file.name === 'index')) {
      routes.hidden.set(file.file, 'part')
      setLanguage(routes, file)
    } else addPage(routes, file, frontOf(file.file), config, cascades)
  }
  for (const resource of resources) addResource(routes, resource, config)
}

/** Record which folders are bundles or sections, and read what their pages hand down. */
function readFolders(
  {leaves, sections}: Routes,
  files: readonly ContentFile[],
  frontOf: (file: string) => Data,
  config: HugoConfig,
): Cascades {
  const cascades = new Cascades()
  cascades.add(config.cascade, '')
  for (const file of files) {
    if (isBundleIndex(file)) leaves.add(file.folder)
    if (file.name !== '_index') continue
    cascades.add(frontOf(file.file).cascade, file.folder)
    for (const language of file.languages) sections.add(`${language}:${file.folder}`)
  }
  return cascades
}

/** The folder of the leaf bundle that a file is in; of nested ones, the outermost counts. */
const bundleOf = ({folder, name}: ContentFile, {leaves}: Routes): string | undefined =>
  [...foldersAbove(joinPath(folder, name))].findLast((each) => leaves.has(each))

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

/** Record the language of a page: a later mount shows it in other languages that lack a translation. */
function setLanguage({languageOf}: Routes, {file, languages}: Pick<ContentFile, 'file' | 'languages'>): void {
  if (!languageOf.has(file)) languageOf.set(file, languages[0]!)
}

function addPage(
  routes: Routes,
  {file, folder, name, languages}: ContentFile,
  front: Data,
  config: HugoConfig,
  cascades: Cascades,
): void {
  const isHidden = cascades.hides(joinPath(folder, name), front)
  const state = isHidden ? 'part' : stateOf(front, {folder, name}, config)
  if (isHidden === undefined) routes.maybeParts.add(file)
  setLanguage(routes, {file, languages})
  if (state !== 'published') routes.hidden.set(file, state)
  for (const code of languages) {
    const language = config.languages.find((each) => each.name === code)!
    const section = sectionOf({folder, name}, code, routes)
    const url = pageUrl({folder, name, section}, front, config)
    const page: LocalizedPage = {file, folder, name, section, front, language, url}
    routes.pathOf.set(file, logicalPath(page))
    addPageUrls(routes, page, state)
    addHostRedirects(routes, page)
    if (name === 'index' || name === '_index') routes.bundles.set(`${code}:${folder}`, folderOfPage(page))
    // Those of pages that are not rendered exist, too.
    if (state === 'published' || state === 'part') addAliases(routes, page)
    if (state !== 'published') continue
    addPath(routes, page)
    if (config.hasSections) addSection(routes, page, config)
  }
}

/** The nearest folder above a page with a page of its own, or else the one at the top. */
function sectionOf(place: Omit<ContentPlace, 'section'>, language: string, {sections}: Routes): string {
  const above = foldersAbove(joinPath(parentOf(place), place.name))
  return [...above].find((folder) => sections.has(`${language}:${folder}`)) ?? topFolder(place)
}

function addPageUrls(
  routes: Routes,
  {file, front, language: {prefix}, url}: LocalizedPage,
  state: 'published' | Hidden,
): void {
  const whole = wholeUrl({front, language: {prefix}, url})
  if (whole.includes(':')) addUncertain(routes, whole)
  if (state === 'published') addUrl(routes, file, whole)
  else addHiddenUrl(routes, file, whole, state)
}

type Addressed = Pick<LocalizedPage, 'front' | 'url'> & {language: Pick<Language, 'prefix'>}

/** The URL of a page. One in front matter is below the language's prefix only if it does not begin with a slash. */
const wholeUrl = ({front, language: {prefix}, url}: Addressed): string =>
  typeof front.url === 'string' && front.url.startsWith('/') ? url : prefix + url

/** The folder of a page's files, without slashes at the ends: `/a/b/` and `/a/b.html` → `a/b`. */
function folderOfPage(page: Addressed): string {
  const url = trimEnd(wholeUrl(page).slice(1), '/')
  const isFile = typeof page.front.url === 'string' && /\.\w+$/.test(url)
  return isFile ? folderOf(url) : url.replace(/\.html$/, '')
}

/** Record the URLs that a permalink with unsupported tokens may expand to. */
function addUncertain({uncertain}: Routes, url: string): void {
  const path = canonicalUrl(url)
  uncertain.add(`^${path.split(TOKEN).map(escapeStringRegexp).join('.+')}$`, before(path, ':'), {
    caseless: true,
  })
}

function logicalPath({folder, name}: LocalizedPage): string {
  const isIndex = name === 'index' || name === '_index'
  return pathKey(isIndex ? `/${folder}` : `/${joinPath(folder, name)}`)
}

/** Record a page by its logical path, by which `ref` finds it. */
function addPath(routes: Routes, page: LocalizedPage): void {
  const {file, language} = page
  const key = logicalPath(page)
  const path = `${language.name}:${key}`
  const known = routes.byPath.get(path)
  // Of mounted pages, the first one takes precedence; but any page over the folder that it is in.
  if (known === undefined || !routes.pathOf.has(known)) routes.byPath.set(path, file)
  const sameName = routes.byName.get(nameOf(key))
  if (sameName) sameName.push(file)
  else routes.byName.set(nameOf(key), [file])
}

/**
 * Add the `aliases` of a page: https://gohugo.io/content-management/urls/#aliases. Relative ones are beside its URL;
 * absolute ones are below the prefix of the language, or not, as before Hugo 0.155.
 */
function addAliases(routes: Routes, page: LocalizedPage): void {
  const {file, front, language} = page
  const beside = folderOf(folderOfPage(page))
  for (const alias of strings(front.aliases)) {
    const starts = alias.startsWith('/') ? ['', language.prefix.slice(1)] : [beside]
    for (const start of starts) {
      const path = withoutLevelsAbove(joinPath(start, alias.replace(/^\//, '')))
      addTarget(routes, `/${path}`, {path: file, alias: true})
    }
  }
}

/**
 * Add the redirects of a page, a convention of templates for hosts with redirects: `redirects` from other URLs, and
 * `redirect` from its own.
 */
function addHostRedirects(routes: Routes, page: LocalizedPage): void {
  const {redirect, redirects} = {...withLowerKeys(page.front.params), ...page.front}
  const url = wholeUrl(page)
  const own = typeof redirect === 'string' ? [url] : []
  for (const from of [...own, ...records(redirects).map((each) => withLowerKeys(each).from)]) {
    if (typeof from !== 'string') continue
    const path = from.startsWith('/') ? from : url + from
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
