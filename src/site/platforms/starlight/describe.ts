import GithubSlugger from 'github-slugger'
import type {Component, Heading, Page} from '../../../page/types.ts'
import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {readData, record} from '../../shared/data.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Anchors, Marker, PageSource, Resolution, Site, SiteLink} from '../../types.ts'
import {componentAt, componentsWithoutIds, isBuiltInComponent} from './components.ts'
import {type AstroConfig, isPlainBuild, otherContent, readAstro, whyMorePages} from './config.ts'
import {isDraft, Routes} from './routes.ts'

/** What is read of a site before its pages are. */
interface SiteContext {
  config: AstroConfig
  /** Ids in the site's own components, which replace those of the theme. */
  componentIds: ReadonlySet<string>
  /** The site's own components that bring no ids. */
  componentsWithoutIds: ReadonlySet<string>
}

/** What Astro, Starlight and harmless integrations publish at the root, less the slash. */
const BUILT_IN = /^(?:404(?:\.html)?|sitemap[\w-]*\.xml|pagefind\/.*|_astro\/.*|_image|_pagefind\/.*)$/

/** A Starlight site, or another one of Astro: links are URLs as a browser follows them, images those of files. */
export function starlightSite(
  world: PageSource,
  lookup: Lookup,
  {root, why}: Marker,
  parts: SiteContext,
): Site {
  const site = new StarlightSite(world, lookup, parts)
  const {sourceFolder, publicFolder: assets, home} = parts.config
  return {
    platform: 'starlight',
    root,
    why,
    readsAll: true,
    owns: (path) =>
      (path.startsWith(`${sourceFolder}/`) && !(COMPANION.test(path) && !isShown(path, sourceFolder))) ||
      path.startsWith(`${assets}/`),
    syntax: {},
    ...(home !== undefined && {home}),
    urlsOf: (path) => site.urlsOf(path),
    resolve: (link, from) => site.resolve(link, from),
    anchorsOf: (page) => site.anchorsOf(page),
  }
}

/** Files that are for readers of the repository, beside code. */
const COMPANION = /(?:^|\/)(?:README|CONTRIBUTING|CHANGELOG)\.md$/i

const isShown = (path: string, source: string) =>
  path.startsWith(`${source}/content/`) || path.startsWith(`${source}/pages/`)

class StarlightSite {
  readonly #world: PageSource
  readonly #lookup: Lookup
  readonly #parts: SiteContext
  readonly #config: AstroConfig
  readonly #rewriting = new WeakMap<Page, ReadonlySet<string>>()
  #made: Routes | undefined

  constructor(world: PageSource, lookup: Lookup, parts: SiteContext) {
    this.#world = world
    this.#lookup = lookup
    this.#parts = parts
    this.#config = parts.config
  }

  /** Made when it is first asked for: front matter, which must have been read by then, says where pages are. */
  get #routes(): Routes {
    this.#made ??= new Routes(this.#world, this.#config)
    return this.#made
  }

  urlsOf(path: string): string[] {
    const {base, publicFolder: assets, morePages, trailingSlash} = this.#config
    if (path.startsWith(`${assets}/`)) return [base + path.slice(assets.length + 1)]
    const route = morePages === undefined ? this.#routes.of(path) : undefined
    if (route === undefined) return []
    return [route === '' ? base : base + route + (trailingSlash === 'never' ? '' : '/')]
  }

  resolve(link: SiteLink, from: string): Resolution {
    const parts = splitUrl(link.url)
    if ('to' in parts) return parts
    if (parts.raw === '') return fileAt(this.#world, from, parts.fragment)
    // Aliases of the bundler, `~/assets/x.png`, are configured elsewhere.
    if (/^[~@#]/.test(parts.path)) return {to: 'unknown', why: 'the bundler knows where it is'}
    const found = parts.path.startsWith('/')
      ? this.#absolute(parts.path, parts.fragment)
      : this.#relative(link, parts, from)
    if (found.to !== 'missing') return found
    if (this.#isRewritten(link, from))
      return {to: 'unknown', why: `the component ${link.tag} may make another link of it`}
    // Drafts refer to each other until they are published together.
    if (isDraft(this.#world.page(from))) return {to: 'unknown', why: 'the page is a draft'}
    return found
  }

  /** Only Starlight's own components are known to hand links on as they are. */
  #isRewritten({kind, tag}: SiteLink, from: string): boolean {
    if (kind !== 'html' || !from.endsWith('.mdx')) return false
    const page = this.#world.page(from)
    if (!page?.components) return false
    let rewriting = this.#rewriting.get(page)
    if (!rewriting) this.#rewriting.set(page, (rewriting = componentsThatRewrite(page.components)))
    return rewriting.has(tag ?? '')
  }

  #absolute(path: string, fragment: string | undefined): Resolution {
    const {base} = this.#config
    if (!`${path}/`.startsWith(base)) return {to: 'outside', why: `the site is published at ${base}`}
    return this.#at(joinPath('', path.slice(base.length)), fragment, path)
  }

  /** What is at a path below the base. */
  #at(path: string, fragment: string | undefined, written: string): Resolution {
    const {publicFolder: assets, morePages} = this.#config
    const asset = [path, `${path}/index.html`, `${path}.html`]
      .map((name) => joinPath(assets, name))
      .find((file) => this.#lookup.isFile(file))
    if (asset !== undefined) return fileAt(this.#world, asset, fragment)
    const route = path.replace(/(?:^|\/)index\.html$/, '').normalize()
    const page = this.#routes.at(route)
    if (page !== undefined) return fileAt(this.#world, page, fragment)
    if (morePages !== undefined) return {to: 'unknown', why: morePages}
    const why = this.#routes.whyUncertain(route)
    if (why !== undefined) return {to: 'unknown', why}
    if (BUILT_IN.test(route) || BUILT_IN.test(route.replace(/^[\w-]+\//, '')))
      return {to: 'outside', why: 'the platform makes it'}
    // Some hosts take the extension off.
    if (route.endsWith('.html') && this.#routes.at(route.slice(0, -5)) !== undefined)
      return {to: 'unknown', why: 'the host may serve the page there'}
    return this.#missing(route, written)
  }

  #missing(route: string, written: string): Resolution {
    const {sourceFolder, publicFolder: assets, hasStarlight} = this.#config
    const isFile = /\.[a-z]\w{1,5}$/i.test(route) && !written.endsWith('/')
    const folder = isFile ? assets : `${sourceFolder}/${hasStarlight ? 'content/docs' : 'pages'}`
    const place = isFile ? joinPath(folder, route) : `${joinPath(folder, route || 'index')}.md`
    // The file is there, and published elsewhere or not at all.
    if (this.#lookup.isFile(place)) return {to: 'missing', path: place, why: 'file'}
    const found = this.#lookup.missing(place)
    if (found.to !== 'missing') return found
    if (found.why === 'ignored') return {to: 'unknown', why: 'a script may make it before the site is built'}
    const {suggestion} = found
    // A draft, or the like, is no help.
    return suggestion === undefined || this.urlsOf(suggestion).length === 0
      ? {to: 'missing', path: place, why: 'file'}
      : found
  }

  /**
   * A relative link: a picture of Markdown is a file for certain, or the build fails. Links to files are not rewritten,
   * so that the browser looks for them below the page's URL, yet people who read the repository follow them: they are
   * missing only where neither of both finds anything.
   */
  #relative({kind, image}: SiteLink, {path, fragment}: UrlParts, from: string): Resolution {
    const file = joinPath(folderOf(from), path)
    if (this.#lookup.isFile(file)) return fileAt(this.#world, file, fragment)
    const isContent = from.startsWith(`${this.#config.sourceFolder}/`)
    const {morePages, otherIds} = this.#config
    if (kind === 'image' && image && isContent && otherIds === undefined) return this.#lookup.missing(file)
    const route = this.#routes.of(from)
    if (morePages !== undefined || route === undefined)
      return {to: 'unknown', why: 'the URL of the page is not known'}
    const found = this.#folders(route).map((folder): Resolution => {
      const target = joinPath(folder, path)
      return isAbove(target)
        ? {to: 'outside', why: 'it leads above the site'}
        : this.#at(target, fragment, path)
    })
    const best =
      found.find(({to}) => to === 'page' || to === 'file') ?? found.find(({to}) => to !== 'missing')
    if (best) return best
    return /\.mdx?$/.test(path) ? this.#lookup.missing(file) : found[0]!
  }

  /** The folders that a browser may resolve links of a page from; a host may serve it with or without the last slash. */
  #folders(route: string): string[] {
    const {trailingSlash} = this.#config
    if (trailingSlash === 'always' || route === '') return [route]
    return trailingSlash === 'never' ? [folderOf(route)] : [route, folderOf(route)]
  }

  anchorsOf(page: Page): Anchors {
    const open = this.#whyOpen(page)
    const {smartypants} = this.#config
    const ofHeadings = starlightIds(page, smartypants)
    const ids = new Set(ofHeadings.filter((id) => id !== undefined))
    for (const {id, from} of page.ids) if (from === 'html') ids.add(id)
    const found: Anchors = {
      ids,
      ofHeadings,
      idOf: (text) => starlightIds({...page, headings: [{text, depth: 2, start: 0, end: 0}]}, smartypants)[0],
      // From Astro 6 on a hyphen at the end is kept.
      has: (fragment) =>
        ids.has(fragment) ||
        ids.has(fragment.replace(/-$/, '')) ||
        OWN_IDS.test(fragment) ||
        this.#parts.componentIds.has(fragment),
    }
    if (open !== undefined) found.incompleteBecause = open
    return found
  }

  #whyOpen(page: Page): string | undefined {
    const {sourceFolder, otherIds, hasStarlight} = this.#config
    if (otherIds !== undefined) return otherIds
    const isPage = page.path.startsWith(`${sourceFolder}/pages/`)
    if (!isPage && !(hasStarlight && page.path.startsWith(`${sourceFolder}/content/docs/`)))
      return 'the page is shown in another one'
    if (isPage && 'layout' in record(page.frontMatter?.data)) return 'the layout may bring ids'
    if (this.#routes.of(page.path) === undefined) return 'the page is shown in another one'
    if (page.opaqueContent[0] !== undefined) return `${page.opaqueContent[0].split('\n')[0]} may bring ids`
    const component = page.components?.find(
      ({from}) =>
        !isBuiltInComponent(from) &&
        !(
          from !== undefined &&
          this.#parts.componentsWithoutIds.has(componentAt(from, page.path, sourceFolder))
        ),
    )
    if (component) return `<${component.name}> may bring ids`
    const odd = page.headings.find(({text}) => /\.\s+\.+\s+\./.test(text))
    return odd && `the id of “${odd.text}” is not certain`
  }
}

/** The tags of components that may make other links of what they are given; of those of one tag, the first counts. */
function componentsThatRewrite(components: readonly Component[]): Set<string> {
  const first = new Map<string, Component>()
  for (const each of components) {
    const tag = each.name.toLowerCase()
    if (!first.has(tag)) first.set(tag, each)
  }
  return new Set([...first].filter(([, {from}]) => !isBuiltInComponent(from)).map(([tag]) => tag))
}

/** Places that Starlight, its Tabs and footnotes bring, and the page itself. */
const OWN_IDS =
  /^(?:|top|_top|starlight__.*|theme-icons|tab-.*|user-content-fn(?:ref)?-.*|footnote-label|overview)$/i

/** The ids of a page's headings; those written in HTML have none of their own accord. */
export function starlightIds(page: Page, smart: boolean): (string | undefined)[] {
  const slugger = new GithubSlugger()
  const data = page.path.endsWith('.mdx') ? record(page.frontMatter?.data) : undefined
  return page.headings.map((heading) =>
    heading.html ? undefined : slugger.slug(seenText(heading, smart, data)).replace(/-$/, ''),
  )
}

/** An expression of MDX, or the rest of the text. */
const PARTS = /(\{[^{}]*\})/
/** What Astro fills in. */
const FRONT_MATTER = /^\{\s*frontmatter((?:\.[\w$]+)+)\s*\}$/

/** The text that an id is made of: SmartyPants has made dashes of two hyphens, not in code, nor in expressions. */
function seenText({text, code}: Heading, smart: boolean, data: object | undefined): string {
  const prose = (part: string) => (smart ? part.replace(/(?<!-)--(?!-)/g, '—') : part)
  const withoutCode = (stretch: string) =>
    data
      ? stretch
          .split(PARTS)
          .map((part, index) => (index % 2 ? filledIn(part, data) : prose(part)))
          .join('')
      : prose(stretch)
  let out = ''
  let at = 0
  for (const {start, end} of [...(code ?? []), {start: text.length, end: text.length}]) {
    out += withoutCode(text.slice(at, start)) + text.slice(start, end)
    at = end
  }
  return out
}

/** A string of the front matter, where an expression names one; else the expression itself, which Astro takes as text. */
function filledIn(expression: string, data: object): string {
  const path = FRONT_MATTER.exec(expression)?.[1]
  let value: unknown = data
  for (const key of path?.slice(1).split('.') ?? []) value = record(value)[key]
  return path !== undefined && typeof value === 'string' ? value : expression
}

/** Read the configuration of a site that was found, and make it. */
export async function makeStarlight(world: PageSource, lookup: Lookup, marker: Marker): Promise<Site> {
  const {root} = marker
  const file = ['mjs', 'ts', 'js', 'mts', 'cjs', 'cts']
    .map((end) => joinPath(root, `astro.config.${end}`))
    .find((name) => lookup.isFile(name))
  const read = (name: string) => world.tree.read(name).catch(() => '')
  const code = file === undefined ? '' : await read(file)
  const config = await readAstro(code, root)
  const other = file === undefined ? undefined : await whyMorePages(world, lookup, file)
  const rewrites =
    config.otherIds !== undefined && OWN_PLUGINS.test(code)
      ? 'a plugin of the site’s own may rewrite links'
      : undefined
  const morePages = config.morePages ?? other ?? rewrites ?? (await unseen(world, lookup, root, config))
  return starlightSite(world, lookup, marker, {
    config: {...config, morePages, otherIds: config.otherIds ?? other},
    componentsWithoutIds: await componentsWithoutIds(world, lookup, config.sourceFolder),
    componentIds: config.hasOwnComponents ? await idsIn(world, `${config.sourceFolder}/`) : new Set(),
  })
}

/** Code of the site's own in its configuration. */
const OWN_PLUGINS = /=>|\bfunction\b|(?:from|import)\s*\(?['"]\./

/** Why pages may be published that neither the tree nor the configuration shows. */
async function unseen(
  world: PageSource,
  lookup: Lookup,
  root: string,
  {sourceFolder, hasStarlight}: AstroConfig,
): Promise<string | undefined> {
  const content = ['content.config.ts', 'content.config.mts', 'content.config.js', 'content.config.mjs']
    .concat(['content/config.ts', 'content/config.js', 'content/config.mjs'])
    .map((name) => `${sourceFolder}/${name}`)
    .find((name) => lookup.isFile(name))
  if (hasStarlight && content !== undefined) {
    const why = otherContent(await world.tree.read(content).catch(() => ''))
    if (why !== undefined) return why
  }
  const {scripts} = await readData(world, joinPath(root, 'package.json'))
  const {build, prebuild} = record(scripts)
  if (prebuild !== undefined || (typeof build === 'string' && !isPlainBuild(build)))
    return 'the build may make more pages'
  for (const end of ['toml', 'json', 'jsonc']) {
    const name = joinPath(root, `wrangler.${end}`)
    if (lookup.isFile(name) && /^[ \t]*"?main"?[ \t]*[=:]/m.test(await world.tree.read(name).catch(() => '')))
      return 'a worker may serve more pages'
  }
  if (['ts', 'js', 'mjs'].some((end) => lookup.isFile(`${sourceFolder}/middleware.${end}`)))
    return 'middleware may serve more pages'
}

/** The ids that are written out in the components of a site. */
async function idsIn(world: PageSource, prefix: string): Promise<ReadonlySet<string>> {
  const files = [...world.tree.files].filter((name) => name.startsWith(prefix) && name.endsWith('.astro'))
  const texts = await Promise.all(files.map((name) => world.tree.read(name).catch(() => '')))
  return new Set(texts.flatMap((text) => [...text.matchAll(/\bid=["']([^"']+)/g)].map(([, id]) => id!)))
}
