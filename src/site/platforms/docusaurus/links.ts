import type {Component, Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import type {FolderSet} from '../../shared/folders.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Anchors, Marker, PageSource, Resolution, Site, SiteLink} from '../../types.ts'
import {docusaurusAnchors} from './anchors.ts'
import type {DocusaurusConfig} from './config.ts'
import {DocusaurusRoutes} from './routes.ts'
import {keyOf, type SourceFile, type SourceFiles} from './sources.ts'

/** What is read of a site before its pages are. */
export interface SiteContext {
  config: DocusaurusConfig
  sources: SourceFiles
  /** URLs that sidebars give to lists of pages. */
  categoryRoutes: ReadonlySet<string>
  /** Paths that git ignores, where a build may put files. */
  ignoredByGit: FolderSet
  /** Ids that the site's own parts of the theme may bring to every page. */
  themeIds: ReadonlySet<string>
}

/** A Docusaurus site: links to Markdown files by source, all others by URL; ids of GitHub's slugger. */
export function docusaurusSite(
  world: PageSource,
  lookup: Lookup,
  {root, why}: Marker,
  parts: SiteContext,
): Site {
  const site = new DocusaurusSite(world, lookup, root, parts)
  return {
    platform: 'docusaurus',
    root,
    why,
    readsAll: true,
    owns: (path) => site.owns(path),
    syntax: parts.config.mdx ? {mdx: true} : {},
    ...(parts.config.home !== undefined && {home: parts.config.home}),
    urlsOf: (path) => site.routes.urlsOf(path),
    resolve: (link, from) => site.resolve(link, from),
    anchorsOf: (page) => site.anchorsOf(page),
  }
}

/** Pages and files of the engine's own. */
const BUILT_IN = /^\/(?:search|404|404\.html|sitemap\.xml|manifest\.json|opensearch\.xml)?$/
/** Feeds of a blog. */
const FEEDS = /^\/(?:rss\.xml|atom\.xml|feed\.json)$/

class DocusaurusSite {
  readonly #world: PageSource
  readonly #lookup: Lookup
  readonly #root: string
  readonly #config: DocusaurusConfig
  readonly #parts: SiteContext
  readonly #sources: SourceFiles
  readonly routes: DocusaurusRoutes

  constructor(world: PageSource, lookup: Lookup, root: string, parts: SiteContext) {
    this.#world = world
    this.#lookup = lookup
    this.#root = root
    this.#config = parts.config
    this.#parts = parts
    this.#sources = parts.sources
    this.routes = new DocusaurusRoutes(world, lookup, parts.config, parts.sources)
  }

  /** Pages, the parts of pages, whose names begin with `_`, and what code of the site may show in ways of its own. */
  owns(path: string): boolean {
    if (!/\.mdx?$/.test(path)) return false
    const source = this.#sources.of(path)
    if (source) return this.#sources.isPage(source) || /(?:^|\/)_/.test(source.file)
    const code = this.#root ? `${this.#root}/` : 'src/'
    return path.startsWith(code) && !/^[A-Z_]+\.md$/.test(path.slice(path.lastIndexOf('/') + 1))
  }

  resolve(link: SiteLink, from: string): Resolution {
    const parts = splitUrl(link.url)
    if ('to' in parts) return parts
    const source = this.#sources.of(from)
    if (!source) return {to: 'unknown', why: 'it is in no folder of pages'}
    const isPart = !this.#sources.isPage(source)
    if (parts.raw === '')
      return isPart
        ? {to: 'unknown', why: 'it is shown on other pages'}
        : fileAt(this.#world, from, parts.fragment)
    const rewrites = this.#config.otherLinks ?? source.content.otherLinks
    if (link.kind === 'html') return this.#toUrl(link, parts, from, source, isPart)
    if (/\.mdx?$/i.test(parts.path) && link.kind !== 'image')
      return this.#toSource(parts, from, source) ?? this.#toUrl(link, parts, from, source, isPart)
    if (link.kind === 'image' || this.#isAsset(parts.path)) {
      const [file, missing] = this.#asset(parts.path, from)
      if (file !== undefined) return fileAt(this.#world, file, parts.fragment)
      const certain = link.kind === 'image' || parts.path.startsWith('@site/')
      if (certain) return rewrites === undefined ? missing : {to: 'unknown', why: rewrites}
    }
    return this.#toUrl(link, parts, from, source, isPart)
  }

  #isAsset = (path: string) =>
    path.startsWith('@site/') || (/[^/]\.[^./]+$/.test(path) && !/\.html$/.test(path))

  /** A file that Markdown shows or links to: of the site, of the static folders, or beside the page. */
  #asset(path: string, from: string): [file: string | undefined, missing: Resolution] {
    const places = path.startsWith('@site/')
      ? [joinPath(this.#root, path.slice('@site/'.length))]
      : path.startsWith('/')
        ? this.#config.statics.map((folder) => joinPath(folder, path.slice(1)))
        : [joinPath(folderOf(from), path)]
    const file = places.find((place) => this.#lookup.isFile(place))
    if (file !== undefined) return [file, {to: 'file', path: file}]
    const place = places.find((each) => this.#lookup.isFolder(each))
    if (place !== undefined) return [place, {to: 'file', path: place}]
    return [
      undefined,
      places[0] === undefined
        ? {to: 'unknown', why: 'no static folder is known'}
        : this.#missingFile(places[0]),
    ]
  }

  /** A link to a Markdown file: nothing where it is a URL for the engine. */
  #toSource({path, fragment}: UrlParts, from: string, source: SourceFile): Resolution | undefined {
    const {moreSources, morePages, statics} = this.#config
    const {content, locale} = source
    const own = folderOf(from)
    const translated = locale === undefined ? [] : [`${from.slice(0, -source.file.length - 1)}`]
    const around = [...translated, content.folder, this.#root]
    const folders = path.startsWith('@site/')
      ? [this.#root]
      : path.startsWith('/')
        ? around
        : /^\.\.?\//.test(path)
          ? [own]
          : [own, ...around]
    const relative = path.replace(/^@site\/|^\/+/, '')
    const places = folders.map((folder) => joinPath(folder, relative))
    const found = places.find((place) => this.#isLinked(place, source))
    if (found !== undefined) return fileAt(this.#world, found, fragment)
    const written =
      path.startsWith('/') && statics.find((folder) => this.#lookup.isFile(joinPath(folder, relative)))
    if (written) return fileAt(this.#world, joinPath(written, relative), fragment)
    const place = places[0]!
    const rewrites = this.#config.otherLinks ?? content.otherLinks
    if (rewrites !== undefined || moreSources !== undefined)
      return {to: 'unknown', why: (rewrites ?? moreSources)!}
    if (morePages !== undefined && !this.#lookup.isFolder(folderOf(place)))
      return {to: 'unknown', why: morePages}
    if (
      locale !== undefined &&
      this.#lookup.isFile(joinPath(folderOf(joinPath(content.folder, source.file)), path))
    )
      return {to: 'unknown', why: 'the page is not translated'}
    const there = places.find((each) => this.#lookup.isFile(each))
    return there === undefined ? this.#pageMissing(place) : {to: 'missing', path: there, why: 'file'}
  }

  /** Is a file one that files like the given one can link to? */
  #isLinked(path: string, {content, locale}: SourceFile): boolean {
    if (!this.#lookup.isFile(path)) return false
    const target = this.#sources.of(path)
    return (
      target !== undefined &&
      target.content.plugin === content.plugin &&
      (target.locale === undefined || target.locale === locale) &&
      this.#sources.isPage(target) &&
      !this.routes.isDraft(path)
    )
  }

  #toUrl(link: SiteLink, parts: UrlParts, from: string, source: SourceFile, isPart: boolean): Resolution {
    const {path, fragment} = parts
    if (path.startsWith('@')) return {to: 'unknown', why: 'the bundler knows where it is'}
    if (!path.startsWith('/') && isPart) return {to: 'unknown', why: 'it is shown on other pages'}
    const places = this.#placesOf(link, path, from, source)
    for (const place of places) {
      const found = this.routes.at(place)
      if (found !== undefined) return fileAt(this.#world, found, fragment)
    }
    if (places.length === 0) return {to: 'unknown', why: 'it is outside the path of the site'}
    const why = this.#unknown(link, places)
    return why === undefined ? this.#missing(path, places[0]!, from) : {to: 'unknown', why}
  }

  /** The paths below the site's base that a URL may mean. */
  #placesOf({kind, tag}: SiteLink, path: string, from: string, source: SourceFile): string[] {
    const {base, trailingSlash} = this.#config
    const own = this.routes.baseOf(source.locale)
    const inside = (url: string) => (`${url}/`.startsWith(base) ? [`/${url.slice(base.length)}`] : [])
    if (path.startsWith('/')) {
      const url = `/${joinPath('', path)}`
      // A link of Markdown gets the site's base, if it has not got it; one of HTML is the browser's.
      if (kind === 'html' && tag !== 'link')
        return [...inside(url), ...(base === '/' ? [] : inside(own + url.slice(1)))]
      return inside(`${url}/`.startsWith(own) ? url : own + url.slice(1))
    }
    const url = this.routes.urlOfPage(from, source)
    const readings =
      trailingSlash === true ? [url] : trailingSlash === false ? [folderOf(url)] : [folderOf(url), url]
    return readings.flatMap((folder) =>
      inside(`/${joinPath(folder.slice(1), path).replace(/^(?:\.\.(?:\/|$))+/, '')}`),
    )
  }

  /** Why something may be at one of some paths all the same. */
  #unknown(link: SiteLink, places: readonly string[]): string | undefined {
    const {morePages, contents, redirectedExtensions, redirectedPaths} = this.#config
    if (morePages !== undefined) return morePages
    for (const place of places) {
      const key = keyOf(place)
      const [, first = '', ...rest] = key.split('/')
      const path = this.routes.locales.has(first) ? `/${rest.join('/')}` : key
      if (BUILT_IN.test(`${path || '/'}`) || redirectedPaths.has(path)) return 'Docusaurus makes it'
      if (this.#parts.categoryRoutes.has(path)) return 'a sidebar has a page there'
      const end = redirectedExtensions.find((each) => path.endsWith(`.${each}`))
      if (end !== undefined) return `.${end} is redirected`
      for (const {kind, route, listRoutes, morePages} of contents) {
        if (!`${path}/`.startsWith(`${route}/`)) continue
        if (morePages !== undefined) return morePages
        if (kind === 'blog' && (path === route || FEEDS.test(path.slice(route.length))))
          return 'it is a list of posts'
        if (listRoutes.some((each) => `${path}/`.startsWith(`${each}/`)))
          return 'lists of pages are generated there'
      }
    }
    // An absolute URL of HTML is not the engine's: what else is published beside the site is not known.
    const isOwn = places.some((place) =>
      contents.some(({route}) => route !== '' && `${place}/`.startsWith(`${route}/`)),
    )
    return link.kind === 'html' && link.tag !== 'link' && link.url.startsWith('/') && !isOwn
      ? 'other sites may be at its address'
      : undefined
  }

  #missing(path: string, place: string, from: string): Resolution {
    // The file that the URL would have, beside the page or in a folder of pages.
    const content = this.#config.contents.find(
      ({kind, route}) => kind === 'docs' && place.startsWith(`${route}/`) && path.startsWith('/'),
    )
    const source = content
      ? joinPath(content.folder, place.slice(content.route.length + 1))
      : joinPath(path.startsWith('/') ? '' : folderOf(from), path)
    if (this.#lookup.isFile(source) || this.#lookup.isFolder(source))
      return {to: 'missing', path: source, why: 'file'}
    const missing = this.#pageMissing(source)
    if (missing.to === 'unknown' || (missing.to === 'missing' && missing.suggestion !== undefined))
      return missing
    const near = path.startsWith('/') ? this.routes.near(place) : undefined
    return near === undefined
      ? {to: 'missing', path: source, why: 'file'}
      : {to: 'missing', path: source, why: 'file', suggestion: near}
  }

  #missingFile(path: string): Resolution {
    return this.#parts.ignoredByGit.has(path)
      ? {to: 'unknown', why: 'git ignores its place, which the build may fill'}
      : this.#lookup.missing(path)
  }

  /** A page that is missing: no file that is none can be meant. */
  #pageMissing(path: string): Resolution {
    const missing = this.#missingFile(path)
    return missing.to === 'missing' &&
      missing.suggestion !== undefined &&
      !this.#world.isPage(missing.suggestion)
      ? {to: 'missing', path, why: 'file'}
      : missing
  }

  anchorsOf(page: Page): Anchors {
    const {config, themeIds} = this.#parts
    return docusaurusAnchors(page, {
      config,
      themeIds,
      contentOf: ({path}) => this.#sources.of(path)?.content,
      partOf: (component, {path}) => this.#partOf(component, path),
    })
  }

  /** The page of Markdown that a component is imported from, if it was read. */
  #partOf({from}: Component, page: string): Page | undefined {
    if (from === undefined || !/\.mdx?$/.test(from)) return
    const path = from.startsWith('@site/')
      ? joinPath(this.#root, from.slice('@site/'.length))
      : joinPath(folderOf(page), from)
    return from.endsWith('.mdx') || this.owns(path) ? this.#world.page(path) : undefined
  }
}
