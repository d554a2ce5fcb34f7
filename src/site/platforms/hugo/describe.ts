import type {Page} from '../../../page/types.ts'
import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {FolderSet} from '../../shared/folders.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteAnswers, SiteLink} from '../../types.ts'
import {hugoAnchors} from './anchors.ts'
import {buildsDrafts, findVersion, foldersFilledByScripts} from './build.ts'
import {type HugoConfig, readHugo, readThemes} from './config.ts'
import {readHugoFiles, withLowerKeys} from './config-files.ts'
import {publish, type Routes} from './routes.ts'
import {hugoSyntax} from './syntax.ts'
import {type HugoTemplates, type LinkRendering, readTemplates} from './templates.ts'
import {pathKey, trimUrl, urlize} from './urls.ts'

interface Ends {
  world: SiteContext & PageSource
  lookup: Lookup
  config: HugoConfig
  templates: HugoTemplates
  site(): Routes
  /** What is published at a URL that ends in a path, or that the path ends in. */
  endingLike(path: string): string | undefined
  /** Is something published below a path? It has one part or two, and a slash at both ends. */
  hasSection(path: string): boolean
  /** Folders of URLs whose pages and files come from elsewhere, and those of lists. */
  foreignFolders: FolderSet
  taxonomies: FolderSet
}

/** A Hugo site: URLs out of content, front matter and configuration; `ref` by logical path; ids of its slugger. */
export function hugoSite(ctx: SiteContext, config: HugoConfig, templates: HugoTemplates): SiteDescription {
  const {platform, root, why} = ctx.marker
  const folders = config.content.map(({source}) => source).filter((source) => !ctx.lookup.isFile(source))
  const templateFolders = [...config.layouts, joinPath(root, 'archetypes')]
  return {
    platform,
    root,
    why,
    syntax: hugoSyntax(templates.verbatimShortcodes, config.passthrough),
    readsAll: true,
    ...(config.home !== undefined && {home: config.home}),
    // Templates in Markdown are neither pages of the site nor of GitHub.
    owns: (path) => [...folders, ...templateFolders].some((folder) => path.startsWith(`${folder}/`)),
    publish: (pages) => publishHugo({...ctx, ...pages}, config, templates),
  }
}

function publishHugo(
  world: SiteContext & PageSource,
  config: HugoConfig,
  templates: HugoTemplates,
): SiteAnswers {
  let published: Routes | undefined
  let byEnd: ReadonlyMap<string, string> | undefined
  let sections: ReadonlySet<string> | undefined
  const site = () => (published ??= publish(world, config))
  const ends: Ends = {
    world,
    lookup: world.lookup,
    config,
    templates,
    site,
    endingLike: (path) => {
      byEnd ??= endsOf(site())
      return byEnd.get(path) ?? urlAtEnd(site(), path)
    },
    hasSection: (path) => (sections ??= sectionsOf(site())).has(path),
    foreignFolders: new FolderSet(config.externalFolders.map((folder) => urlize(folder, config))),
    taxonomies: new FolderSet(config.taxonomies),
  }
  return {
    urlsOf: (path) => (ends.site().hidden.has(path) ? [] : (ends.site().urls.get(path) ?? [])),
    resolve: (link, from) => resolve(ends, link, from),
    references: (page) => broughtMarkdown(page.opaqueContent, ANY_REF),
    definitions: (page) => broughtMarkdown(page.opaqueContent, NO_FILE) ?? new Set(),
    anchorsOf: (page) =>
      hugoAnchors(page, config, templates.shortcodesWithoutIds, templates.otherIds ?? ownLayout(ends, page)),
  }
}

/** More parts of a URL are not looked at. */
const MOST_PARTS = 20

/** The places of the last slashes in a URL, the last one first. */
function* lastSlashes(url: string): Generator<number> {
  let at = url.lastIndexOf('/')
  for (let count = 0; at >= 0 && count < MOST_PARTS; count++) {
    yield at
    at = at === 0 ? -1 : url.lastIndexOf('/', at - 1)
  }
}

/** The first file of those whose URLs have an end in common, by each end from a slash on. */
function endsOf({byUrl}: Routes): Map<string, string> {
  const found = new Map<string, string>()
  for (const [url, {path}] of byUrl)
    for (const slash of lastSlashes(url)) {
      const end = url.slice(slash)
      if (!found.has(end)) found.set(end, path)
    }
  return found
}

/** What is published at a URL of several parts that a path ends in. */
function urlAtEnd({byUrl}: Routes, path: string): string | undefined {
  for (const slash of lastSlashes(path)) {
    const url = path.slice(slash)
    const target = url.lastIndexOf('/') > 0 ? byUrl.get(url) : undefined
    if (target) return target.path
  }
}

/** The first part of each URL, and the first two, with a slash at both ends. */
function sectionsOf({urls}: Routes): Set<string> {
  const found = new Set<string>()
  for (const url of [...urls.values()].flat()) {
    const first = url.indexOf('/', 1)
    const second = first < 0 ? -1 : url.indexOf('/', first + 1)
    if (first > 0) found.add(url.slice(0, first + 1))
    if (second > 0) found.add(url.slice(0, second + 1))
  }
  return found
}

/**
 * Which shortcode may bring Markdown from elsewhere: what stands between two tags is on the page.
 *
 * @param except Shortcodes that bring none of the kind.
 */
function broughtMarkdown(templates: readonly string[], except: RegExp): string | undefined {
  const closed = new Set(templates.map((text) => /^\{\{%\s*\/\s*([^\s%]+)/.exec(text)?.[1]))
  const found = templates.find((text) => {
    const name = /^\{\{%\s*([^\s%/]+)/.exec(text)?.[1]
    return name !== undefined && !closed.has(name) && !except.test(text)
  })
  return found && `${found.split('\n')[0]} may bring Markdown`
}

const ANY_REF = /^\{\{%\s*(?:rel)?ref\b/
/** Whole files bring definitions, words do not. */
const NO_FILE = /^(?!\{\{%\s*[\w/-]*(?:incl|read|file|snippet|partial|transclu|embed))/i

/** Why the template of one page, or of its section, may bring ids. */
function ownLayout({config, templates}: Ends, {path, frontMatter}: Page): string | undefined {
  const {type, layout} = withLowerKeys(frontMatter?.data)
  const mount = config.content.find(({source}) => path.startsWith(`${source}/`))
  const inside = mount ? joinPath(mount.target, path.slice(mount.source.length + 1)) : path
  const [section] = inside.split('/')
  const kinds = /(?:^|\/)_index\.[^/]*$/.test(inside) ? ['list', 'section'] : ['single', 'page']
  if (/^_?index\.[^/]*$/.test(inside)) kinds.push('index', 'home')
  const names = typeof layout === 'string' ? [layout, ...kinds] : kinds
  const folders = [typeof type === 'string' ? type : section!, '_default', '']
  const found = folders
    .flatMap((folder) => names.map((name) => joinPath(folder, name)))
    .find((name) => templates.layoutsWithIds.has(name))
  return found === undefined ? undefined : `the template ${found} may bring ids`
}

function resolve(ends: Ends, link: SiteLink, from: string): Resolution {
  const {world, config, templates} = ends
  const {languageOf, hidden} = ends.site()
  if (!languageOf.has(from)) return {to: 'unknown', why: 'it stands in a template'}
  if (link.url.includes('{{')) return toReference(ends, link.url, from)
  if (link.kind === 'html' && !config.unsafe) return {to: 'unknown', why: 'HTML on pages is left out'}
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  const isPart = hidden.get(from) === 'part'
  if (isPart && !parts.raw.startsWith('/')) return {to: 'unknown', why: 'the page is shown within others'}
  if (parts.raw === '') return fileAt(world, from, parts.fragment)
  const hook = link.kind === 'html' ? 'plain' : link.image ? templates.image : templates.link
  const found = toUrl(ends, parts, from)
  if (found) return found
  if (hook !== 'plain') {
    const source = toSource(ends, parts, from, hook)
    if (source) return source
  }
  return absent(ends, parts, from, hook)
}

/** The URLs, from the root of the host, that a browser makes of a link; none where the page's own are not known. */
function urlsFrom({site, config}: Ends, path: string, from: string): string[] {
  if (path.startsWith('/')) return [`/${joinPath('', path)}`]
  const {urls} = site()
  return (urls.get(from) ?? []).map((url) => {
    const folder = folderOf((config.base + url).slice(1))
    return `/${joinPath(folder, path).replace(/^(?:\.\.(?:\/|$))+/, '')}`
  })
}

/** A URL less the path at which the site is published; nothing if it is elsewhere. */
const withoutBase = (url: string, {base}: HugoConfig) =>
  url === base || url.startsWith(`${base}/`) ? url.slice(base.length) : undefined

function toUrl(ends: Ends, {path, fragment}: UrlParts, from: string): Resolution | undefined {
  const {world, site, config} = ends
  const {byUrl, hidden, hiddenAt} = site()
  for (const whole of urlsFrom(ends, path, from)) {
    const url = withoutBase(whole, config)
    const target = url === undefined ? undefined : byUrl.get(trimUrl(url))
    if (target) return fileAt(world, target.path, target.alias ? undefined : fragment)
    if (url === undefined) continue
    const unpublished = hiddenAt.get(trimUrl(url))
    const file = hidden.has(from) ? unpublished?.any : unpublished?.later
    if (file !== undefined) return fileAt(world, file, fragment)
  }
}

/** What a template that looks for pages and files finds. */
function toSource(
  ends: Ends,
  {path, fragment}: UrlParts,
  from: string,
  hook: LinkRendering,
): Resolution | undefined {
  const {world, lookup, config} = ends
  const page = pageAt(ends, path, from, hook !== 'embedded')
  if (page !== undefined) return fileAt(world, page, fragment)
  const places = [
    ...(path.startsWith('/') ? [] : [joinPath(folderOf(from), path)]),
    ...config.assets.map((folder) => joinPath(folder, path.replace(/^\/+/, ''))),
    ...(hook === 'unknown'
      ? config.statics.map(({source}) => joinPath(source, path.replace(/^\/+/, '')))
      : []),
    ...(hook === 'unknown'
      ? config.content.map(({source}) => joinPath(source, path.replace(/^\/+/, '')))
      : []),
  ]
  const file = places.find((place) => lookup.isFile(place) || (hook === 'unknown' && lookup.isFolder(place)))
  if (file !== undefined) return fileAt(world, file, fragment)
  if (hook === 'embedded') return
  if (hook === 'pages') return
  // Such templates put languages, versions and the path of the site before a URL.
  const end = trimUrl(`/${joinPath('', path).replace(/^(?:\.\.\/)+/, '')}`).replace(/\.md$/, '')
  const found = ends.endingLike(end)
  if (found !== undefined) return fileAt(world, found, undefined)
}

/** The page that a path in the content means: from the page's own folder, from the top, or by its name alone. */
function pageAt({site, config}: Ends, path: string, from: string, byNameAlone: boolean): string | undefined {
  const {byPath, byName, languageOf} = site()
  const language = languageOf.get(from) ?? config.defaultLanguage
  const isIndex = INDEX.test(path)
  const key = pathKey(
    trimEnd(path, '/').replace(/(?:\/|^)_?index(?:\.\w+)?$/i, (all) => (all.startsWith('/') ? '/' : '.')),
  )
  const stems = [key, key.replace(/\.(?:md|markdown|html?|adoc|org|rst)$/, '')]
  if (stems[1]!.endsWith(`.${language}`)) stems.push(stems[1]!.slice(0, -language.length - 1))
  for (const stem of stems) {
    const starts = stem.startsWith('/') ? [''] : [...ownFolders(site(), from), '']
    for (const start of starts) {
      const joined = joinPath(start, stem.replace(/^\/+/, ''))
      const file = byPath.get(`${language}:/${joined === '.' ? '' : joined}`)
      // A page that is a file has no index of its own: `_index.md` is its section's.
      if (file === from && isIndex && !INDEX.test(from)) continue
      if (file !== undefined) return file
    }
    if (byNameAlone && !path.startsWith('/') && !isAbove(path)) {
      const named = byName.get(stem.slice(stem.lastIndexOf('/') + 1))
      if (named?.[0] !== undefined) return named[0]
    }
  }
}

const INDEX = /(?:^|\/)_?index(?:\.\w+)*$/i

/** The folders, from the content's root, that a page's relative paths may start from. */
function ownFolders({pathOf}: Routes, from: string): string[] {
  const path = pathOf.get(from)?.slice(1)
  return path === undefined ? [] : [path, folderOf(path)]
}

const REFERENCE =
  /^\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?(?:"([^"]*)"|`([^`]*)`|'([^']*)'|([^\s"'`=>%]+))\s*[>%]\}\}(#.*)?$/

/** `ref` and `relref`: without their page the build fails. */
function toReference(ends: Ends, url: string, from: string): Resolution {
  const {world, config, lookup} = ends
  const match = REFERENCE.exec(url.trim())
  if (!match) return {to: 'unknown', why: 'a shortcode whose output is not known'}
  const parts = splitUrl((match[1] ?? match[2] ?? match[3] ?? match[4]!) + (match[5] ?? ''))
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(world, from, parts.fragment)
  const page = pageAt(ends, parts.path, from, true)
  if (page !== undefined) return fileAt(world, page, parts.fragment)
  if (ends.site().hidden.get(from) === 'later') return {to: 'unknown', why: 'the page is not published yet'}
  const {hidden} = ends.site()
  const path = parts.path.startsWith('/')
    ? joinPath(config.content[0]?.source ?? '', parts.path.replace(/^\/+/, ''))
    : joinPath(folderOf(from), parts.path)
  if ([path, `${path}.md`, `${path}/index.md`, `${path}/_index.md`].some((file) => hidden.has(file)))
    return {to: 'unknown', why: 'the page is not published, or not yet'}
  const reason = uncertainAt(ends, `/${joinPath('', parts.path)}`, parts.path.includes('/'))
  if (reason !== undefined) return {to: 'unknown', why: reason}
  const missing = lookup.missing(path)
  return missing.to === 'missing' ? {to: 'missing', path, why: 'file'} : missing
}

/** What Hugo and its themes publish beside pages and files. */
const GENERATED =
  /(?:^|\/)(?:index|feed|atom|rss|sitemap|robots|404|search|manifest|_print|_redirects|_headers|llms)(?:[-.][^/]*)?$|(?:^|\/)page\/\d+$|\.(?:xml|json|webmanifest|css|js|ics)$|(?:^|\/)_print(?:\/|$)/

/** Why something may be published at a URL of the site all the same. */
function uncertainAt(
  {config, lookup, site, templates, hasSection, foreignFolders, taxonomies}: Ends,
  url: string,
  isOwnSection: boolean,
): string | undefined {
  const path = trimUrl(url)
  const local = config.languages.find(({prefix}) => prefix && path.startsWith(`${prefix}/`))
  const inner = path.slice(local?.prefix.length ?? 0)
  if (templates.redirectWords.has(path.slice(path.lastIndexOf('/') + 1).toLowerCase()))
    return 'a template may redirect it'
  if (config.assets.some((folder) => lookup.isFile(folder + inner))) return 'a template may publish it'
  if (GENERATED.test(url) || GENERATED.test(path)) return 'Hugo or its templates may make it'
  if (taxonomies.has(inner.slice(1))) return 'it may be a list of pages that front matter makes'
  if (foreignFolders.has(inner.slice(1))) return 'a module brings files there'
  if (site().uncertain.test(path)) return 'a pattern of URLs may put a page there'
  if (site().unclear !== undefined) return site().unclear
  if (config.externalTheme === undefined) return
  const section = inner.split('/')[1] ?? ''
  const isOwn = hasSection(`${local?.prefix ?? ''}/${section}/`)
  if (!isOwn || !isOwnSection || /\.(?!md$|html?$)\w{1,5}$/i.test(path))
    return `the theme or module ${config.externalTheme} may bring it`
}

/** Nothing is published at a link's URL: is that certain? */
function absent(ends: Ends, {path, fragment}: UrlParts, from: string, hook: LinkRendering): Resolution {
  const {config, lookup, world} = ends
  const urls = urlsFrom(ends, path, from)
  const isAbsolute = path.startsWith('/')
  if (hook === 'unknown' && !isAbsolute && !/\.md$/i.test(path))
    return {to: 'unknown', why: 'a template of the theme may rewrite links'}
  // Words alone may mean anything to a template.
  if (hook === 'pages' && !/[/.]/.test(path)) return {to: 'unknown', why: 'a template rewrites links'}
  let missing: Resolution | undefined
  for (const whole of urls) {
    const url = withoutBase(whole, config)
    if (url === undefined) return {to: 'unknown', why: `outside the path of the site, ${config.base}`}
    const reason = uncertainAt(ends, url, true)
    if (reason !== undefined) return {to: 'unknown', why: reason}
    const found = missingAt(ends, url, isAbsolute)
    if (found.to !== 'missing') return found
    missing ??= found
  }
  // A template may look for the path from the file's folder.
  const mount = config.content.find(({source}) => from.startsWith(`${source}/`))
  const place = joinPath(folderOf(from), path)
  if (hook !== 'plain' && !isAbsolute && mount && place.startsWith(`${mount.source}/`)) {
    const reason = uncertainAt(ends, `/${joinPath(mount.target, place.slice(mount.source.length + 1))}`, true)
    if (reason !== undefined) return {to: 'unknown', why: reason}
  }
  // Where the file stands beside the page, it is the one that is meant, whatever the build makes of it.
  const beside = joinPath(folderOf(from), path)
  if (!isAbsolute && lookup.isFile(beside) && hook === 'unknown') return fileAt(world, beside, fragment)
  return missing!
}

/** Say what is missing at a URL, by the file that would be there. */
function missingAt({config, lookup, site}: Ends, url: string, isAbsolute: boolean): Resolution {
  for (const {source, target} of config.statics)
    if (lookup.tree.beyond(joinPath(source, url.slice(1 + target.length))) !== undefined)
      return lookup.missing(joinPath(source, url.slice(1 + target.length)))
  const local = config.languages.find(({prefix}) => prefix && url.startsWith(`${prefix}/`))
  const language = local?.name ?? config.defaultLanguage
  const mount =
    config.content.find(({languages, target}) => target === '' && (languages?.includes(language) ?? true)) ??
    config.content[0]
  const path = trimEnd(joinPath(mount?.source ?? '', url.slice((local?.prefix.length ?? 0) + 1)), '/')
  if (lookup.isFile(path)) return {to: 'missing', path, why: 'file'}
  if (lookup.isFolder(path)) return {to: 'missing', path, why: 'index'}
  const found = lookup.missing(path)
  if (found.to !== 'missing' || found.why === 'ignored') return found
  const {suggestion} = found
  const isThere = suggestion !== undefined && site().urls.has(suggestion) && !site().hidden.has(suggestion)
  // Relative links start from the page's URL; a path from its file would be another.
  return isAbsolute && isThere && config.base === '' ? found : {to: 'missing', path, why: 'file'}
}

/** Read the configuration of a Hugo site. */
export async function describeHugo(ctx: SiteContext): Promise<SiteDescription> {
  const {root} = ctx.marker
  const data = await readHugoFiles(ctx, root)
  const config = readHugo(data, root, ctx, await readThemes(ctx, data, root))
  const templates = await readTemplates(ctx, config)
  const version = await findVersion(ctx, root)
  if (version) config.plainIds = version >= 145
  if (await buildsDrafts(ctx, root)) config.builds.drafts = true
  for (const folder of await foldersFilledByScripts(ctx, config, root)) config.externalFolders.push(folder)
  return hugoSite(ctx, config, templates)
}
