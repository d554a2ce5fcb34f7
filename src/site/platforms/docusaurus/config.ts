import {joinPath} from '../../../text/paths.ts'
import {CallValue, ObjectValue, UNKNOWN, type Value} from '../../shared/javascript.ts'

/** One folder of pages: a version of an instance of the docs plugin, a blog, or the pages of a pages plugin. */
export interface Content {
  kind: 'docs' | 'blog' | 'pages'
  /** Which instance of which plugin it belongs to; files link to those of the same one. */
  plugin: string
  /** The folder, from the tree's root. */
  folder: string
  /** Its folder within each of `i18n/<locale>/`. */
  translationFolder: string
  /** The path before its pages' URLs: empty, or with a slash in front and none behind. */
  route: string
  include: readonly string[]
  exclude: readonly string[]
  /** Numbers such as `01-` are taken off names. */
  stripsNumberPrefixes: boolean
  /** Paths below its route where lists are generated. */
  listRoutes: readonly string[]
  /** The file of its sidebars, from the tree's root. */
  sidebars?: string
  /** Why it may have URLs that files do not tell. */
  morePages?: string
  /** Why the text of its pages may change before its links are read. */
  otherLinks?: string
  /** Why its pages may have other ids. */
  otherIds?: string
}

/** What counts of a `docusaurus.config.*`. */
export interface DocusaurusConfig {
  home?: string
  /** Where the site is published, with a slash in front and behind. */
  base: string
  trailingSlash: boolean | undefined
  defaultLocale: string | undefined
  contents: Content[]
  /** Folders of files that are copied, from the tree's root. */
  statics: string[]
  /** Files that end in `.md` are MDX, too. */
  mdx: boolean
  maintainCase: boolean
  /** Comments of HTML are no longer taken out as MDX 1 did, so that they may hold ids. */
  htmlComments: boolean
  /** The ends of paths that redirect to the path without. */
  redirectedExtensions: string[]
  redirectedPaths: Set<string>
  /** Why there may be pages that files do not tell. */
  morePages?: string
  /** Why Markdown files may be missing before the site is built. */
  moreSources?: string
  /** Why the text of pages may change before its links are read. */
  otherLinks?: string
  /** Why pages may have other ids. */
  otherIds?: string
}

const MOST_CONTENTS = 200

const EXCLUDED = ['**/_*.{js,jsx,ts,tsx,md,mdx}', '**/_*/**', '**/*.test.{js,jsx,ts,tsx}', '**/__tests__/**']

/** Plugins and themes that add no pages, or only known ones. */
const HARMLESS =
  /^@docusaurus\/(?:plugin-(?:content-(?:docs|blog|pages)|debug|sitemap|svgr|google-[\w-]+|vercel-analytics|pwa|ideal-image|client-redirects|css-cascade-layers|rsdoctor)|theme-[\w-]+)$|^(?:@[\w-]+\/)?(?:docusaurus-(?:plugin-(?:sass|less|image-zoom|umami|matomo|hotjar|plausible|goatcounter|posthog|segment|clarity|fathom|gtag|lunr-search|typesense|dotenv|google-\w+)|theme-(?:search-[\w-]+|mermaid|github-codeblock|live-codeblock)|search-local|lunr-search)|plugin-image-zoom)$|tailwind/
/** Plugins that write Markdown files, or read them from elsewhere. */
const WRITES = /typedoc|openapi|graphql|redoc|remote|generat|api-extractor|changelog/i
/** Plugins of Markdown that bring neither links nor ids. */
const PLAIN =
  /^(?:|@docusaurus\/remark-plugin-npm2yarn|remark-(?:math|gfm|emoji|smartypants|mermaid[\w-]*|typescript-tools)|rehype-(?:katex|mathjax|external-links)|mdx-mermaid)$/

/**
 * Read what a configuration exports.
 *
 * @param value As it is written in the code.
 * @param root The folder it is in, from the tree's root.
 * @param versionsOf The versions that the file of an instance names; nothing where there is none.
 * @returns nothing for a configuration that is not written out.
 */
export function readDocusaurus(
  value: Value,
  root: string,
  versionsOf: (file: string) => readonly string[] | undefined,
): DocusaurusConfig | undefined {
  return value instanceof ObjectValue ? new Reader(value, root, versionsOf).read() : undefined
}

class Reader {
  readonly #config: ObjectValue
  readonly #root: string
  readonly #versionsOf: (file: string) => readonly string[] | undefined
  readonly #found: DocusaurusConfig

  constructor(
    config: ObjectValue,
    root: string,
    versionsOf: (file: string) => readonly string[] | undefined,
  ) {
    this.#config = config
    this.#root = root
    this.#versionsOf = versionsOf
    this.#found = {
      base: '/',
      trailingSlash: undefined,
      defaultLocale: 'en',
      contents: [],
      statics: [],
      mdx: true,
      maintainCase: false,
      htmlComments: false,
      redirectedExtensions: [],
      redirectedPaths: new Set(),
    }
  }

  read(): DocusaurusConfig {
    const found = this.#found
    const config = this.#config
    const base = config.get('baseUrl')
    if (typeof base === 'string') found.base = `/${base}/`.replace(/\/{2,}/g, '/')
    else found.morePages = 'its base URL is computed'
    const url = config.get('url')
    if (typeof url === 'string' && typeof base === 'string')
      found.home = (url.replace(/\/$/, '') + found.base).replace(/\/$/, '')
    const slash = config.get('trailingSlash')
    found.trailingSlash = typeof slash === 'boolean' ? slash : undefined
    const i18n = config.get('i18n')
    const locale = i18n instanceof ObjectValue ? i18n.get('defaultLocale') : i18n
    found.defaultLocale = typeof locale === 'string' ? locale : i18n === undefined ? 'en' : undefined
    const statics = config.get('staticDirectories')
    const folders = statics === undefined ? ['static'] : Array.isArray(statics) ? statics : [UNKNOWN]
    for (const each of folders) {
      const folder = found.statics.length < MOST_CONTENTS ? this.#pathIn(each) : undefined
      if (folder === undefined) found.morePages ??= 'the static folders are computed'
      else found.statics.push(folder)
    }
    this.#markdown(config.get('markdown'))
    for (const preset of list(config.get('presets'))) this.#preset(preset)
    for (const plugin of [...list(config.get('plugins')), ...list(config.get('themes'))]) this.#plugin(plugin)
    return found
  }

  #markdown(markdown: Value): void {
    const found = this.#found
    const future = this.#config.get('future')
    found.htmlComments = future instanceof ObjectValue && future.get('v4') !== undefined
    if (markdown === undefined) return
    if (!(markdown instanceof ObjectValue)) {
      found.otherIds = found.otherLinks = 'the handling of Markdown is computed'
      return
    }
    const format = markdown.get('format')
    found.mdx = format === undefined || format === 'mdx'
    if (format === 'md' || format === UNKNOWN) found.otherIds = 'the format of pages is configured'
    if (markdown.get('preprocessor') !== undefined)
      found.otherIds = found.otherLinks = 'a preprocessor may change pages'
    if (markdown.get('parseFrontMatter') !== undefined) found.morePages ??= 'front matter is computed'
    const old = markdown.get('mdx1Compat')
    if (old !== undefined) found.htmlComments = !(old instanceof ObjectValue) || old.get('comments') === false
    const anchors = markdown.get('anchors')
    const keep = anchors instanceof ObjectValue ? anchors.get('maintainCase') : anchors
    if (keep === UNKNOWN) found.otherIds = 'the ids of headings are configured'
    found.maintainCase = keep === true
  }

  #preset(entry: Value): void {
    const [name, options] = named(entry)
    if (name === undefined) return
    if (name !== 'classic' && name !== '@docusaurus/preset-classic') {
      this.#found.morePages ??= `the preset ${name} may add pages`
      return
    }
    for (const [kind, plugin] of [
      ['docs', 'content-docs'],
      ['blog', 'content-blog'],
      ['pages', 'content-pages'],
    ] as const) {
      const given = options instanceof ObjectValue ? options.get(kind) : options
      if (given !== false) this.#content(plugin, given)
    }
  }

  #plugin(entry: Value): void {
    const [name, options] = named(entry)
    if (name === undefined) return
    const content = /^(?:@docusaurus\/plugin-)?(content-(?:docs|blog|pages))$/.exec(name)
    if (content) this.#content(content[1]!, options)
    else if (/^(?:@docusaurus\/plugin-)?client-redirects$/.test(name)) this.#redirects(options)
    else if (!HARMLESS.test(name)) {
      this.#found.morePages ??= `the plugin ${name} may add pages`
      if (WRITES.test(name)) this.#found.moreSources ??= `the plugin ${name} may write pages`
    }
  }

  #redirects(options: Value): void {
    const found = this.#found
    if (!(options instanceof ObjectValue) || options.get('createRedirects') !== undefined) {
      found.morePages ??= 'redirects are computed'
      return
    }
    for (const key of ['fromExtensions', 'toExtensions'] as const)
      for (const end of list(options.get(key)).slice(0, MOST_CONTENTS))
        if (typeof end === 'string') found.redirectedExtensions.push(end)
    for (const each of list(options.get('redirects'))) {
      const from = each instanceof ObjectValue ? each.get('from') : UNKNOWN
      for (const path of Array.isArray(from) ? from : [from])
        if (typeof path === 'string') found.redirectedPaths.add(path.replace(/\/$/, ''))
        else found.morePages ??= 'redirects are computed'
    }
  }

  #content(plugin: string, given: Value): void {
    const found = this.#found
    const options = given instanceof ObjectValue ? given : new ObjectValue(new Map(), false)
    if (given !== undefined && given !== true && !(given instanceof ObjectValue))
      found.morePages ??= 'options of plugins are computed'
    if (options.hasUnknownKeys) found.morePages ??= 'options of plugins are computed'
    const kind = plugin.slice('content-'.length) as Content['kind']
    const id = this.#text(options, 'id', 'default')
    const folder = options.has('path') ? this.#pathIn(options.get('path')) : undefined
    if (options.has('path') && folder === undefined) {
      found.morePages ??= 'the folder of pages is computed'
      return
    }
    const route = this.#text(options, 'routeBasePath', kind === 'pages' ? '' : kind)
    const ends = kind === 'pages' ? '{js,jsx,ts,tsx,md,mdx}' : '{md,mdx}'
    const content: Content = {
      kind,
      plugin: `${kind} ${id}`,
      folder: folder ?? joinPath(this.#root, kind === 'pages' ? 'src/pages' : kind),
      translationFolder: `docusaurus-plugin-${plugin}${id === 'default' ? '' : `-${id}`}`,
      route: path(route),
      include: this.#globs(options, 'include', [`**/*.${ends}`]),
      exclude: this.#globs(options, 'exclude', EXCLUDED),
      stripsNumberPrefixes: options.get('numberPrefixParser') !== false,
      listRoutes: [],
    }
    this.#pluginsOfMarkdown(options, content)
    if (kind === 'blog')
      content.listRoutes = ['tags', 'archive', 'page', 'authors'].map((name) =>
        path(`${route}/${this.#text(options, `${name}BasePath`, name)}`),
      )
    if (kind === 'docs') this.#versions(content, options, id)
    else if (this.#roomFor(1) > 0) found.contents.push(content)
  }

  /** For how many of some folders of pages there is room: more than any site has are not looked at. */
  #roomFor(count: number): number {
    const room = MOST_CONTENTS - this.#found.contents.length
    if (count > room) this.#found.morePages ??= 'there are many folders of pages'
    return Math.min(count, room)
  }

  /** The docs of one instance, a folder for each version: the first is the latest, and has no name in its URLs. */
  #versions(current: Content, options: ObjectValue, id: string): void {
    const parser = options.get('numberPrefixParser')
    if (parser !== undefined && typeof parser !== 'boolean')
      current.morePages = 'numbers in names are parsed by code'
    if (options.get('sidebarItemsGenerator') !== undefined) current.morePages = 'sidebars are computed'
    const sidebars = options.get('sidebarPath')
    const prefix = id === 'default' ? '' : `${id}_`
    const disabled = options.get('disableVersioning') === true
    const released = disabled ? [] : (this.#versionsOf(joinPath(this.#root, `${prefix}versions.json`)) ?? [])
    const only = options.get('onlyIncludeVersions')
    const keep = Array.isArray(only) ? new Set<Value>(only) : undefined
    const hasCurrent = options.get('includeCurrentVersion') !== false
    const names = [...(hasCurrent && !released.includes('current') ? ['current'] : []), ...released].filter(
      (name) => !keep || keep.has(name),
    )
    const last = options.get('lastVersion') ?? names.find((name) => name !== 'current') ?? 'current'
    const settings = options.get('versions')
    const computed =
      typeof last !== 'string' ||
      (only !== undefined && !keep) ||
      (settings !== undefined && !(settings instanceof ObjectValue))
    if (computed) this.#found.morePages ??= 'versions are computed'
    const tags = this.#text(options, 'tagsBasePath', 'tags')
    for (const name of names.slice(0, this.#roomFor(names.length))) {
      const isCurrent = name === 'current'
      const setting = settings instanceof ObjectValue ? settings.get(name) : undefined
      const given = setting instanceof ObjectValue ? setting.get('path') : setting
      if (given === UNKNOWN) this.#found.morePages ??= 'versions are computed'
      const part = typeof given === 'string' ? given : name === last ? '' : isCurrent ? 'next' : name
      const route = path(`${current.route}/${part}`)
      const content: Content = {
        ...current,
        folder: isCurrent ? current.folder : joinPath(this.#root, `${prefix}versioned_docs/version-${name}`),
        translationFolder: `${current.translationFolder}/${isCurrent ? 'current' : `version-${name}`}`,
        route,
        // Categories have pages below `category` where nothing else is said.
        listRoutes: [path(`${route}/${tags}`), path(`${route}/category`)],
      }
      const file = isCurrent
        ? this.#pathIn(sidebars)
        : joinPath(this.#root, `${prefix}versioned_sidebars/version-${name}-sidebars.json`)
      if (file !== undefined) content.sidebars = file
      else if (sidebars !== undefined && sidebars !== false) content.morePages ??= 'sidebars are computed'
      this.#found.contents.push(content)
    }
  }

  #pluginsOfMarkdown(options: ObjectValue, content: Content): void {
    for (const each of list(options.get('beforeDefaultRemarkPlugins')))
      if (!isPlain(each)) content.otherLinks = content.otherIds = 'a plugin may change pages'
    for (const key of ['remarkPlugins', 'rehypePlugins', 'beforeDefaultRehypePlugins'])
      if (!list(options.get(key)).every(isPlain)) content.otherIds ??= 'a plugin may add ids'
  }

  #globs(options: ObjectValue, key: string, usual: readonly string[]): readonly string[] {
    const value = options.get(key)
    if (value === undefined) return usual
    const globs = list(value).filter((each) => typeof each === 'string')
    if (!Array.isArray(value) || globs.length < value.length) this.#found.morePages ??= 'globs are computed'
    return globs
  }

  #text(options: ObjectValue, key: string, usual: string): string {
    const value = options.get(key)
    if (typeof value === 'string') return value
    if (value !== undefined && value !== false && value !== null)
      this.#found.morePages ??= `${key} is computed`
    return usual
  }

  /** A path of a file or a folder, from the tree's root: as text, or by one of the calls that make it absolute. */
  #pathIn(value: Value): string | undefined {
    if (typeof value === 'string') return value.startsWith('/') ? undefined : joinPath(this.#root, value)
    if (
      !(value instanceof CallValue) ||
      !/^(?:require\.resolve|path\.(?:resolve|join)|resolve|join)$/.test(value.name)
    )
      return
    const [first, ...rest] = value.args
    const parts = first === UNKNOWN ? rest : value.args
    return parts.length > 0 && parts.every((part) => typeof part === 'string' && !part.startsWith('/'))
      ? joinPath(this.#root, parts.join('/'))
      : undefined
  }
}

/** A list's values; one that is not known, for something that is none. */
const list = (value: Value): readonly Value[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [UNKNOWN]

/** Does a plugin of Markdown bring neither links nor ids? */
const isPlain = (plugin: Value) => PLAIN.test(named(plugin)[0] ?? '')

/** A preset's or a plugin's name and options; an empty name for code; none for one that is switched off. */
function named(entry: Value): [name: string | undefined, options: Value] {
  const [first, options] = Array.isArray(entry) ? [entry[0], entry[1]] : [entry, undefined]
  if (first === false || first === null || first === undefined) return [undefined, undefined]
  if (typeof first === 'string') return [first, options]
  const given =
    first instanceof CallValue && /^(?:require(?:\.resolve)?|import)$/.test(first.name) && first.args[0]
  return [typeof given === 'string' ? given : 'of its own', options]
}

/** A route: with a slash in front and none behind; nothing for the root. */
const path = (text: string) => `/${text}`.replace(/\/{2,}/g, '/').replace(/\/$/, '')
