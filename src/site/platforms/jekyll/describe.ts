import {parseYaml} from '../../../data/yaml.ts'
import type {Heading, Page} from '../../../page/types.ts'
import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {bracketsInHtml, isHtmlWithoutIds} from '../../shared/html-blocks.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import {kramdownGfmSlugger} from '../../shared/slug.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Anchors, Resolution, SiteAnswers, SiteLink} from '../../types.ts'
import {isUnclear, kramdownIds} from './anchors.ts'
import {type JekyllConfig, publishedAt, readConfig, redirectsTo} from './routes.ts'
import {jekyllSyntax} from './syntax.ts'

/** Tags that put no block of their own on a page. */
const PLAIN_TAGS =
  /^\{%-?\s*(?:link|post_url|raw|endraw|comment|highlight|if|elsif|else|endif|unless|endunless|case|when|endcase|assign|capture|endcapture|increment|decrement|endfor|break|continue|seo|feed_meta|gist|octicon)\b/
/** Template code that may write definitions: loops over them, includes, outputs. */
const WRITES = /^(?:\{%-?\s*(?:for|tablerow|include\w*)\b|\{\{)/
/** The page itself, kramdown's footnotes, and its table of contents. */
const BUILT_IN = /^(?:|top|fn(?:ref)?:.+|markdown-toc.*)$/
/** Ids that layouts of themes commonly give. */
const THEME_IDS =
  /^_?(?:main|content|page|site|top|header|footer|nav|navigation|menu|sidebar|search|toc|comments?|disqus)(?:[-_]\w+(?:-\w+)*)?$/i

/**
 * A Jekyll site: kramdown's ids, permalinks, posts, collections, Liquid links, jekyll-relative-links.
 *
 * A link is valid when either the published site or the host's view of the repository finds its target, because such
 * pages are read in both places; only what neither finds is missing.
 *
 * @param data The parsed `_config.yml`.
 * @param headers Front matter of HTML files by path, for their permalinks.
 */
export function jekyllSite(
  ctx: SiteContext,
  data: unknown,
  headers: Map<string, Record<string, unknown>>,
): SiteDescription {
  const {platform, root, why} = ctx.marker
  const config = readConfig(data, ctx.tree, root)
  return {
    platform,
    root,
    why,
    syntax: jekyllSyntax(config.kramdown === undefined, config.markdownInHtml),
    readsAll: true,
    publish: (pages) => publish({...ctx, ...pages}, config, headers),
  }
}

function publish(
  world: SiteContext & PageSource,
  config: JekyllConfig,
  headers: Map<string, Record<string, unknown>>,
): SiteAnswers {
  const {lookup} = world
  const {root} = world.marker
  const host = world.host.publish(world)
  const prefix = root ? `${root}/` : ''
  const inside = (path: string) => path.startsWith(prefix)
  const urls = new Map<string, string[]>()
  const files = new Map<string, string>()
  const redirects = new Map<string, string>()
  let uncertain = config.plugins || config.exclude.globs === undefined
  let listed = false

  const frontMatterOf = (path: string) => {
    const page = world.page(path)
    if (!page) return headers.get(path)
    return page.frontMatter && record(page.frontMatter.data)
  }
  const list = () => {
    if (listed) return
    listed = true
    for (const path of world.tree.files) {
      if (!inside(path)) continue
      const frontMatter = frontMatterOf(path)
      const inSite = path.slice(prefix.length)
      const found = publishedAt(inSite, frontMatter, config)
      if (found === 'unknown') uncertain = true
      else {
        urls.set(path, found)
        for (const url of found) files.set(trim(url), path)
        if (found.length > 0)
          for (const url of redirectsTo(inSite, frontMatter, config)) redirects.set(trim(url), path)
      }
    }
    for (const [url, path] of redirects) if (!files.has(url)) files.set(url, path)
    // README is the index of a folder that has no other (jekyll-readme-index, on for GitHub Pages).
    for (const [path, found] of urls) {
      const folder = trim(`/${folderOf(path.slice(prefix.length))}`)
      if (found.length > 0 && /(?:^|\/)readme\.(?:md|markdown)$/i.test(path) && !files.has(folder)) {
        files.set(folder, path)
        found.push(folder === '' ? '/' : `${folder}/`)
      }
    }
  }
  const urlsOf = (path: string) => {
    list()
    return urls.get(path) ?? []
  }
  const byUrl = (url: string) => {
    list()
    return files.get(trim(url))
  }
  let posts: Map<string, string[]> | undefined
  const ends: Ends = {
    world,
    lookup,
    prefix,
    config,
    urlsOf,
    byUrl,
    uncertain: () => uncertain,
    posts: (name) => (posts ??= postsOf(world, prefix)).get(name) ?? [],
  }
  return {
    references: (page) => page.opaqueContent.find((text) => WRITES.test(text)) ?? bracketsInHtml(page),
    urlsOf,
    resolve: (link, from) => {
      const url = evaluate(link.url)
      if (url === undefined) return {to: 'unknown', why: 'Liquid whose output is not known'}
      if (url.kind === 'source') return sourceFile(ends, url)
      const parts = splitUrl(url.kind === 'site' ? url.path : link.url)
      if ('to' in parts) return parts
      const isPublished = urlsOf(from).length > 0
      if (!isPublished && url.kind !== 'site') return unpublished(ends, host, link, from)
      if (parts.raw === '') return fileAt(world, from, parts.fragment)
      if (url.kind === 'plain') return either(ends, parts, from)
      const found = published(ends, parts, ['/'], undefined)
      return found.to === 'missing' ? {...found, url: url.path} : found
    },
    anchorsOf: (page) => jekyllAnchors(page, config),
  }
}

interface Ends {
  world: SiteContext & PageSource
  lookup: Lookup
  prefix: string
  config: JekyllConfig
  urlsOf(path: string): string[]
  byUrl(url: string): string | undefined
  uncertain(): boolean
  /** The posts of a name, which is their file's without extension. */
  posts(name: string): readonly string[]
}

function postsOf({tree}: SiteContext, prefix: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of tree.files) {
    if (!file.startsWith(prefix) || !file.includes('_posts/')) continue
    const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
    const files = found.get(name)
    if (files) files.push(file)
    else found.set(name, [file])
  }
  return found
}

type Evaluated =
  | {kind: 'plain'}
  | {kind: 'site'; path: string}
  | {kind: 'source'; path: string; fragment?: string; post: boolean}

const QUOTED = `(?:"([^"]*)"|'([^']*)')`
const FILTERS = String.raw`(?:\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url)|escape|uri_escape))+`
const URL_FILTER = new RegExp(String.raw`^\{\{-?\s*${QUOTED}${FILTERS}\s*-?\}\}([^{]*)$`)
const BASE =
  /^(?:\{\{-?\s*(?:site\.baseurl|site\.url|site\.github\.url|"\/"\s*\|\s*(?:relative|absolute)_url|'\/'\s*\|\s*(?:relative|absolute)_url)\s*-?\}\})+(?=[/]|$)([^{]*)$/
const SOURCE = /^\{%-?\s*(link|post_url)\s([^%]+)%\}([^{]*)$/

/** Evaluate the Liquid that writes links; a closed list, never a guess. */
function evaluate(url: string): Evaluated | undefined {
  if (!url.includes('{{') && !url.includes('{%')) return {kind: 'plain'}
  const text = url.trim()
  const base = BASE.exec(text)
  if (base) return {kind: 'site', path: base[1] || '/'}
  const filtered = URL_FILTER.exec(text)
  if (filtered) {
    const path = (filtered[1] ?? filtered[2] ?? '') + filtered[3]
    return {kind: 'site', path: /^(?:\/|#|\w+:)/.test(path) ? path : `/${path}`}
  }
  const source = SOURCE.exec(text)
  const named = source?.[2]?.replace(/-$/, '').trim()
  if (!source || !named || named.includes('{{')) return
  const fragment = /^#(.*)$/s.exec(source[3]!)?.[1]
  const found: Evaluated = {kind: 'source', path: named, post: source[1] === 'post_url'}
  return fragment === undefined ? found : {...found, fragment}
}

/** `{% link %}` and `{% post_url %}` name a source file; the build fails without it. */
function sourceFile(
  {world, lookup, prefix, posts}: Ends,
  {path, fragment, post}: Extract<Evaluated, {kind: 'source'}>,
): Resolution {
  const name = path.replace(/^["']|["']$/g, '')
  if (!post) {
    const file = prefix + name.replace(/^\//, '')
    return lookup.isFile(file) ? fileAt(world, file, fragment) : lookup.missing(file)
  }
  const inside = name.replace(/^\//, '')
  const folder = inside.slice(0, inside.lastIndexOf('/') + 1)
  const base = name.slice(name.lastIndexOf('/') + 1)
  for (const file of posts(base))
    if (file.replace('_posts/', '').includes(folder)) return fileAt(world, file, fragment)
  return lookup.missing(`${prefix}_posts/${name}.md`)
}

/** A page that Jekyll does not publish is read on the host, if its name or folder does not say that others include it. */
function unpublished({prefix}: Ends, host: SiteAnswers, link: SiteLink, from: string): Resolution {
  const found = host.resolve(link, from)
  return /(?:^|\/)_/.test(from.slice(prefix.length)) ? resolvedInPartial(found, from) : found
}

/** A relative or root-absolute link: by source folder (GitHub, jekyll-relative-links), else by the page's own URLs. */
function either(ends: Ends, parts: UrlParts, from: string): Resolution {
  const {world, lookup, prefix} = ends
  const absolute = parts.path.startsWith('/')
  const source = absolute ? prefix + joinPath('', parts.path) : joinPath(folderOf(from), parts.path)
  if (lookup.isFile(source) && !parts.path.endsWith('/')) return fileAt(world, source, parts.fragment)
  if (absolute) {
    const fromTop = joinPath('', parts.path)
    if (prefix && lookup.isFile(fromTop)) return fileAt(world, fromTop, parts.fragment)
  }
  return published(ends, parts, absolute ? ['/'] : ends.urlsOf(from), source)
}

/** Look a URL up among what the site publishes. */
function published(ends: Ends, parts: UrlParts, bases: string[], source: string | undefined): Resolution {
  const {world, lookup, prefix, config, byUrl} = ends
  const absolute = parts.path.startsWith('/')
  let path = parts.path
  const based = config.baseurl !== '' && (path === config.baseurl || path.startsWith(`${config.baseurl}/`))
  if (based) path = path.slice(config.baseurl.length) || '/'
  const places = bases.map((base) => joinPath(absolute ? '' : folderOf(base.slice(1)), path))
  for (const place of places) {
    const file = byUrl(`/${place}`)
    if (file !== undefined) return fileAt(world, file, parts.fragment)
  }
  const looked = source ?? prefix + joinPath('', path)
  if (config.baseurl && absolute && !based && source !== undefined)
    return {to: 'unknown', why: `outside the site's baseurl ${config.baseurl}`}
  const isSource = /\.(?:md|markdown)$/i.test(path)
  if (!isSource && ends.uncertain()) return {to: 'unknown', why: 'a plugin or permalink may publish it'}
  if (!isSource && isGenerated(path, config)) return {to: 'unknown', why: 'a theme or plugin may publish it'}
  // By source the path leaves the tree; as a URL it only leads nowhere.
  if (isAbove(looked))
    return isSource
      ? {to: 'missing', path: looked, why: 'leaves'}
      : {to: 'missing', path: prefix + (places[0] ?? ''), why: 'file'}
  if (!lookup.isFolder(looked)) return lookup.missing(looked)
  // A folder that has one is published elsewhere than where the page's own URL makes the link lead.
  const hasIndex = INDICES.some((name) => lookup.isFile(joinPath(looked, name)))
  return {to: 'missing', path: looked, why: hasIndex ? 'file' : 'index'}
}

/** The pages that stand for their folder, with a plugin or without. */
const INDICES = ['index.md', 'index.markdown', 'index.html', 'README.md']

/** URLs that common plugins and themes make. */
const isGenerated = (path: string, {theme}: JekyllConfig) =>
  /(?:^|\/)(?:feed|atom|rss|sitemap|robots|redirects)\.(?:xml|txt|json)$|(?:^|\/)page\/?\d+\/?$|^\/(?:tags?|categor(?:y|ies)|archives?)\//i.test(
    path,
  ) ||
  (theme && /(?:^|\/)assets\//.test(path))

/** One spelling for the URLs a server takes for the same page. */
const trim = (url: string) => trimEnd(url.replace(/\/index\.html?$/, '/').replace(/\.html?$/, ''), '/')

function jekyllAnchors(page: Page, config: JekyllConfig): Anchors {
  const {kramdown} = config
  const slug = kramdownGfmSlugger()
  const ofHeadings = kramdown
    ? kramdownIds(page.headings, kramdown)
    : page.headings.map((heading) => (heading.html ? undefined : slug(heading)))
  const ids = new Set(ofHeadings.filter((id) => id !== undefined))
  for (const {id} of page.ids) ids.add(id)
  const anchors: Anchors = {
    ids,
    ofHeadings,
    idOf: (text) =>
      kramdown
        ? kramdownIds([{text, raw: text} as Heading], kramdown)[0]
        : kramdownGfmSlugger()({text} as Heading),
    has: (id) => ids.has(id) || BUILT_IN.test(id) || THEME_IDS.test(id),
  }
  const template = page.opaqueContent.find((text) => !PLAIN_TAGS.test(text) && !isHtmlWithoutIds(text))
  if (record(page.frontMatter?.data).redirect_to) anchors.incompleteBecause = 'it redirects elsewhere'
  else if (!config.gfm && !kramdown) anchors.incompleteBecause = 'ids are not made by kramdown as it is known'
  else if (template !== undefined) anchors.incompleteBecause = `${template.split('\n')[0]} may bring ids`
  else if (page.headings.some(({template}) => template)) anchors.incompleteBecause = 'a heading holds Liquid'
  else if (kramdown?.stripping && page.headings.some(isUnclear))
    anchors.incompleteBecause = 'a heading holds what kramdown may read otherwise'
  return anchors
}

/** Settings of Hexo, whose file has the same name. */
const HEXO = ['source_dir', 'public_dir', 'archive_dir', 'new_post_name', 'skip_render', 'default_layout']

/** Read the configuration of a Jekyll site. */
export async function describeJekyll(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup, marker} = ctx
  const {root} = marker
  const prefix = root ? `${root}/` : ''
  const name = ['_config.yml', '_config.yaml'].find((file) => lookup.isFile(prefix + file))
  const config = name ? await readData(ctx, prefix + name) : {}
  if (HEXO.some((key) => key in config)) return unknownRouting(ctx, {...marker, platform: 'hexo'})
  const headers = new Map<string, Record<string, unknown>>()
  for (const file of tree.files) {
    if (!file.startsWith(prefix) || !/\.html?$/.test(file) || /(?:^|\/)_(?:includes|layouts)\//.test(file))
      continue
    const text = await tree.read(file).catch(() => '')
    const block = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*$/m.exec(text)
    if (block?.index !== 0) continue
    try {
      headers.set(file, record(await parseYaml(block[1]!)))
    } catch {
      headers.set(file, {})
    }
  }
  const site = jekyllSite(ctx, config, headers)
  const {url, baseurl = ''} = config
  return typeof url === 'string' && URL.canParse(url) && typeof baseurl === 'string'
    ? {...site, home: trimEnd(`${url}/${baseurl}`.replace(/(?<!:)\/{2,}/g, '/'), '/')}
    : site
}
