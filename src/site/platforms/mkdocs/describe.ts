import {parseYaml} from '../../../data/yaml.ts'
import type {Heading, Page} from '../../../page/types.ts'
import {normalizeLabel} from '../../../text/labels.ts'
import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import type {Marker, PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {firstLine, record, strings} from '../../shared/data.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import {pymdownSlug, pythonMarkdownIds} from '../../shared/slug.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Anchors, Resolution, SiteLink} from '../../types.ts'
import {type MkdocsConfig, readMkdocs} from './config.ts'
import {mkdocsSyntax} from './syntax.ts'

/** The page itself, footnotes, and what the theme of MkDocs and Material for MkDocs brings. */
const BUILT_IN = /^(?:|top|fn(?:ref)?:.+|__[\w-]+|mkdocs[-_](?:search|keyboard)[\w-]*)$/

/**
 * A MkDocs site: relative links lead to source files, other URLs to what is published; ids are those of
 * Python-Markdown's `toc` extension. Files beside the pages' folder are none of the site's.
 */
export function mkdocsSite(
  ctx: SiteContext,
  {root, why}: Pick<Marker, 'root' | 'why'>,
  config: MkdocsConfig,
  appended: ReadonlySet<string> | string = new Set<string>(),
): SiteDescription {
  const prefix = config.docs ? `${config.docs}/` : ''
  const owns = (path: string) => path.startsWith(prefix)
  let published: Map<string, string> | undefined
  const byUrl = (url: string) => {
    if (!published) {
      published = new Map()
      for (const file of ctx.tree.files)
        if (owns(file)) published.set(urlOf(file.slice(prefix.length), config), file)
      for (const file of config.redirected) published.set(urlOf(file, config), prefix + file)
    }
    return published.get(url) ?? published.get(`${url}/`) ?? published.get(url.replace(/index\.html$/, ''))
  }
  return {
    platform: 'mkdocs',
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    owns,
    syntax: mkdocsSyntax,
    lastDefinition: true,
    publish: (pages) => ({
      references: (page) => config.references ?? page.opaqueContent.find((text) => INDENTED.test(text)),
      definitions: (page) => {
        if (config.references !== undefined) return config.references
        if (typeof appended === 'string') return appended
        const own = new Set(page.labels)
        return {has: (label) => appended.has(label) || own.has(label)}
      },
      urlsOf: (path) => (owns(path) ? [urlOf(path.slice(prefix.length), config)] : []),
      resolve: (link, from) =>
        resolve({world: {...ctx, ...pages}, lookup: ctx.lookup, prefix, config, byUrl}, link, from),
      anchorsOf: (page) => anchors(page, config),
    }),
  }
}

/** More languages than any site has. */
const MOST_TRANSLATIONS = 200

/** Folders beside a site's that have pages in a folder of the same name, such as `de/docs` beside `en/docs`. */
function translations(ctx: SiteContext, config: MkdocsConfig): SiteDescription[] {
  const {
    tree,
    lookup,
    marker: {root},
  } = ctx
  const parent = folderOf(root)
  const inside = config.docs.slice(root.length)
  const why = `beside ${root}, which may be built for other languages`
  return [...tree.folders]
    .filter(
      (folder) =>
        folder !== root && folderOf(folder) === parent && folder !== '' && lookup.isFolder(folder + inside),
    )
    .slice(0, MOST_TRANSLATIONS)
    .map((folder) =>
      // Which pages and files come from the main language is not known.
      mkdocsSite(
        ctx,
        {root: folder, why},
        {
          ...config,
          docs: folder + inside,
          generates: why,
          otherIds: why,
        },
      ),
    )
}

/** Blocks whose content is indented, which CommonMark takes for code: what references stand in it is not seen. */
const INDENTED = /^(?:!!!|\?\?\?|===)/

/** Where a file of the pages' folder is published: `x.md` at `/x/`, `index.md` and `README.md` at their folder. */
function urlOf(path: string, {directoryUrls}: MkdocsConfig): string {
  const page = /^(.*\/)?([^/]+)\.(?:md|markdown|mdown|mkdn|mkd)$/.exec(path)
  if (!page) return `/${path}`
  const [, folder = '', name = ''] = page
  if (/^(?:index|README)$/.test(name)) return `/${folder}`
  return directoryUrls ? `/${folder}${name}/` : `/${folder}${name}.html`
}

interface Ends {
  world: SiteContext & PageSource
  lookup: Lookup
  prefix: string
  config: MkdocsConfig
  byUrl(url: string): string | undefined
}

function resolve(ends: Ends, link: SiteLink, from: string): Resolution {
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ends.world, from, parts.fragment)
  if (parts.path.startsWith('/')) return absolute(ends, parts, link)
  const isRaw = link.kind === 'html' && !ends.config.rewritesHtml
  return isRaw ? byBrowser(ends, parts, from) : relative(ends, parts, from)
}

function absolute(
  {world, lookup, prefix, config, byUrl}: Ends,
  parts: UrlParts,
  {kind, image}: SiteLink,
): Resolution {
  const source = prefix + joinPath('', parts.path)
  if (config.absoluteFromDocs && kind !== 'html' && lookup.isFile(source))
    return fileAt(world, source, parts.fragment)
  const base = config.home === undefined ? '' : new URL(config.home).pathname.replace(/\/$/, '')
  const isBelow = parts.path === base || parts.path.startsWith(`${base}/`)
  const file = byUrl(isBelow ? parts.path.slice(base.length) || '/' : parts.path)
  if (file !== undefined) return fileAt(world, file, parts.fragment)
  // Other pictures of the folder are there.
  if (
    image &&
    isBelow &&
    config.home !== undefined &&
    config.generates === undefined &&
    lookup.isFolder(folderOf(source))
  )
    return lookup.missing(source)
  return {
    to: 'unknown',
    why: 'MkDocs leaves absolute links as they are, and other sites may be at their address',
  }
}

function relative(ends: Ends, parts: UrlParts, from: string): Resolution {
  const {world, lookup, prefix} = ends
  const source = joinPath(folderOf(from), parts.path)
  if (lookup.isFile(source) && source.startsWith(prefix)) return fileAt(world, source, parts.fragment)
  return byBrowser(ends, parts, from)
}

/** What MkDocs does not take for a file, and raw HTML, the browser reads from where the page is published. */
function byBrowser(ends: Ends, parts: UrlParts, from: string): Resolution {
  const {world, lookup, prefix, config, byUrl} = ends
  const source = joinPath(folderOf(from), parts.path)
  const base = folderOf(urlOf(from.slice(prefix.length), config).slice(1))
  const place = joinPath(base, parts.path)
  const file = byUrl(`/${place}`)
  if (file !== undefined) return fileAt(world, file, parts.fragment)
  if (isAbove(place)) return {to: 'unknown', why: 'outside the site'}
  if (!source.startsWith(prefix) && lookup.isFile(source))
    return {to: 'unknown', why: 'outside the folder of the pages'}
  if (config.generates !== undefined) return {to: 'unknown', why: config.generates}
  if (isOfBlog(place, config.blog)) return {to: 'unknown', why: 'the blog publishes pages of its own'}
  // MkDocs reads paths of Markdown from the source's folder, browsers those of HTML from the page's.
  const places = source.startsWith(prefix) ? [place, source.slice(prefix.length)] : [place]
  if (places.some((each) => isOfTheme(ends, each)))
    return {to: 'unknown', why: 'the theme or a plugin may bring it'}
  return lookup.missing(source.startsWith(prefix) ? source : prefix + place)
}

/** Themes bring pictures and scripts of their own, and plugins feeds and indexes. */
const isOfTheme = ({lookup, prefix, config}: Ends, place: string) =>
  (config.theme !== undefined && lookup.isFile(joinPath(config.theme, place))) ||
  (/^(?:assets|css|js|fonts|img|search)\//.test(place) && !lookup.isFolder(folderOf(prefix + place))) ||
  /(?:^|\/)favicon\.\w+$|\.(?:css|js|json|xml|txt|inv|html?)$/i.test(place)

/** The blog publishes lists and posts at URLs of its own, in its folder. */
const isOfBlog = (place: string, blog: string | undefined) =>
  blog !== undefined && !/\.\w+$/.test(place) && (/^\.?$/.test(blog) || `${place}/`.startsWith(`${blog}/`))

/** A mark that begins or ends a heading, with a space beside it. */
const EDGES = /^[^\p{L}\p{N}_\-\s]+\s|\s[^\p{L}\p{N}_\-\s]+$/u

function anchors(page: Page, config: MkdocsConfig): Anchors {
  const written = page.ids.filter(({from}) => from === 'html' || config.attributes).map(({id}) => id)
  const {pymdown} = config
  const slug = pymdown && ((text: string) => pymdownSlug(text, pymdown))
  const ofHeadings = pythonMarkdownIds(page.headings, written, config.attributes, slug)
  const found: Anchors = {
    ids: new Set([...ofHeadings.filter((id) => id !== undefined), ...written]),
    ofHeadings,
    idOf: (text) => pythonMarkdownIds([{text} as Heading], [], false, slug)[0],
    has: (id) => found.ids.has(id) || BUILT_IN.test(id),
  }
  const template = page.opaqueContent.find((text) => !INDENTED.test(text))
  if (config.otherIds !== undefined) found.incompleteBecause = config.otherIds
  else if (config.tabIds && page.opaqueContent.some((text) => text.startsWith('===')))
    found.incompleteBecause = 'tabs have ids that are not known'
  else if (template !== undefined) found.incompleteBecause = `${template.split('\n')[0]} may bring ids`
  else if (page.headings.some((heading) => heading.template))
    found.incompleteBecause = 'a heading holds a template'
  // `&copy; 2024` loses its first space, `© 2024` does not, and only the source tells them apart.
  else if (pymdown && page.headings.some(({text}) => EDGES.test(text)))
    found.incompleteBecause = 'a heading begins or ends with a mark'
  return found
}

/** Read the configuration of a MkDocs site. */
export async function describeMkdocs(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup, marker} = ctx
  const {root} = marker
  const name = ['mkdocs.yml', 'mkdocs.yaml']
    .map((file) => (root ? `${root}/${file}` : file))
    .find((file) => lookup.isFile(file))
  const readAll = async (files: readonly string[]): Promise<string[] | undefined> => {
    try {
      return await Promise.all(files.map((file) => tree.read(file)))
    } catch {
      return
    }
  }
  try {
    const text = name === undefined ? '' : await tree.read(name)
    const data = await parseYaml(text, (why) => name !== undefined && ctx.warn?.(name, why))
    const hooks = await readAll(strings(record(data).hooks).map((file) => joinPath(root, file)))
    const config = readMkdocs(data, text, root, hooks?.join('\n'))
    const appended = await readAll(config.appended)
    const labels = appended
      ?.flatMap((each) => [...each.matchAll(/^ {0,3}\[([^\]\n\r\u2028\u2029]+)\]:/gm)])
      .map(([, label]) => normalizeLabel(label!))
    const site = mkdocsSite(
      ctx,
      marker,
      config,
      labels ? new Set(labels) : 'what is appended to pages cannot be read',
    )
    return root === '' ? site : {...site, translations: translations(ctx, config)}
  } catch (error) {
    if (name !== undefined) ctx.warn?.(name, firstLine(error))
    // What cannot be read is not known.
    return unknownRouting(ctx)
  }
}
