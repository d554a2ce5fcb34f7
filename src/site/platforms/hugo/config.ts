import {linear, type Pattern} from '../../../pattern/linear.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {readData, record, strings} from '../../shared/data.ts'
import type {PageSource} from '../../types.ts'

/** A folder, or a file, that Hugo reads as if it stood elsewhere. */
export interface Mount {
  /** From the tree's root. */
  source: string
  /** Below `content` or `static`; empty for the folder itself. */
  target: string
  /** The languages it is for; without them the name of a file tells. */
  languages?: string[]
}

/** A language of a site. */
export interface Language {
  name: string
  /** What its URLs begin with: empty, or such as `/de`. */
  prefix: string
}

/** What counts of Hugo's configuration. */
export interface HugoConfig {
  /** Where the site is published, without a slash at the end. */
  home: string | undefined
  /** The path of that, without a slash at the end. */
  base: string
  content: Mount[]
  statics: Mount[]
  /** Folders of global resources, from the tree's root. */
  assets: string[]
  /** Folders of templates, from the tree's root. */
  layouts: string[]
  languages: Language[]
  defaultLanguage: string
  uglyUrls: boolean
  lowerCase: boolean
  removeAccents: boolean
  /** Patterns of URLs of pages, by section. */
  permalinks: Record<string, string>
  /** Folders of URLs in which lists of pages are generated from front matter. */
  taxonomies: string[]
  /** Does a section without a page of its own have a list? */
  hasSections: boolean
  /** Are pages published that are drafts, dated later, or expired? */
  builds: {drafts: boolean; future: boolean; expired: boolean}
  /** `github`, `github-ascii` or `blackfriday`; nothing where headings get no ids. */
  idType: string | undefined
  /** `{#id}` behind a heading is its id. */
  titleAttributes: boolean
  /** `{#id}` below a block is its id. */
  blockAttributes: boolean
  /** Terms of definition lists get ids. */
  termIds: boolean
  /** Ids come from the plain text of headings, as since Hugo 0.145, not from their source; nothing where it is not known. */
  plainIds?: boolean
  /** HTML on pages is kept. */
  unsafe: boolean
  /** A theme or module that is not in the tree: it may bring templates and files. */
  foreign: string | undefined
  /** Folders of URLs whose pages and files come from elsewhere. */
  foreignFolders: string[]
  /** Files that are left out. */
  ignored: Pattern | undefined
  /** What front matter pages have in common, as written. */
  cascade: unknown
  /** What text that is passed through begins and ends with. */
  passed: [open: string, close: string][]
}

type Data = Record<string, unknown>

/** Keys in any letter case are the same to Hugo. */
const lowered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(lowered)
    : typeof value === 'object' && value !== null && !(value instanceof Date)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), lowered(item)]))
      : value

/** Data with its keys in lower case, as Hugo reads configuration and front matter. */
export const withLowerKeys = (value: unknown): Data => record(lowered(value))

function merge(below: Data, above: Data): Data {
  const out = {...below}
  for (const [key, value] of Object.entries(above)) {
    const old = out[key]
    out[key] =
      Object.keys(record(old)).length > 0 && Object.keys(record(value)).length > 0
        ? merge(record(old), record(value))
        : value
  }
  return out
}

const ENDS = ['toml', 'yaml', 'yml', 'json']

/** Read and merge the files of a site's configuration, as a build for production does. */
export async function readHugoFiles(world: PageSource, root: string): Promise<Data> {
  const prefix = root ? `${root}/` : ''
  const named = (name: string) =>
    ENDS.map((end) => `${prefix}${name}.${end}`).find((file) => world.tree.files.has(file))
  const main = named('hugo') ?? named('config')
  let all = main === undefined ? {} : withLowerKeys(await readData(world, main))
  for (const folder of ['_default', 'production']) {
    const start = `${prefix}config/${folder}/`
    const files = [...world.tree.files].filter(
      (file) => file.startsWith(start) && /\.(?:toml|ya?ml|json)$/.test(file),
    )
    for (const file of files.sort()) {
      const [name, language] = file.slice(start.length).toLowerCase().split('.') as [string, string]
      const data = withLowerKeys(await readData(world, file))
      const isMain = name === 'hugo' || name === 'config'
      const isOfLanguage = file.slice(start.length).split('.').length === 3
      all = merge(
        all,
        isMain ? data : isOfLanguage ? {languages: {[language]: {[name]: data}}} : {[name]: data},
      )
    }
  }
  return all
}

/** Themes that are known to leave links and the ids of headings as Hugo makes them. */
const PLAIN_THEMES = /(?:^|\/)docsy(?:\/|$)/

/** More folders, and more languages, than any site has. */
const MOST_MOUNTS = 200
const MOST_LANGUAGES = 200

/**
 * Read a merged configuration.
 *
 * @param root The site's folder, from the tree's root.
 * @param themes What is known of themes in the tree: their configurations by folder.
 */
export function readHugo(
  data: Data,
  root: string,
  world: PageSource,
  themes: ReadonlyMap<string, Data>,
): HugoConfig {
  const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise)
  const at = (folder: string) => joinPath(root, trimEnd(folder.replace(/^\.\//, ''), '/'))
  const module = record(data.module)
  const {languages, defaultLanguage} = readLanguages(data)
  const foreignFolders: string[] = []
  const content: Mount[] = []
  const statics: Mount[] = []
  const assets: string[] = []
  const layouts: string[] = []
  const components: Record<string, Mount[]> = {content, static: statics}

  const mount = (folder: string, entries: unknown) => {
    const mounted = new Set<string>()
    for (const entry of (Array.isArray(entries) ? entries : []).map(record)) {
      const [, component, rest = ''] = /^\/?([^/]+)(?:\/(.*))?$/.exec(text(entry.target, '')) ?? []
      const target = rest.replace(/\/$/, '')
      if (component === undefined) continue
      mounted.add(component)
      const source = joinPath(folder, trimEnd(text(entry.source, '').replace(/^\.\//, ''), '/'))
      const matrix = record(record(entry.sites).matrix).languages ?? entry.lang ?? entry.languages
      const of = strings(matrix)
      if (component === 'assets') assets.push(source)
      if (component === 'layouts') layouts.push(source)
      components[component]?.push({source, target, ...(of.length > 0 && {languages: of})})
      if (components[component] && !world.tree.files.has(source) && !world.tree.folders.has(source))
        foreignFolders.push(target)
    }
    return mounted
  }

  const own = mount(root, module.mounts)
  if (!own.has('content')) {
    const general = text(data.contentdir, 'content')
    const folders = new Map<string, string[]>()
    const every = record(data.languages)
    for (const {name} of languages) {
      const {contentdir} = record(every[name])
      if (typeof contentdir === 'string') folders.set(contentdir, [...(folders.get(contentdir) ?? []), name])
    }
    for (const [folder, of] of folders)
      content.push(
        folder === general
          ? {source: at(folder), target: ''}
          : {source: at(folder), target: '', languages: of},
      )
    if (!folders.has(general) && (folders.size === 0 || folders.size < languages.length))
      content.push({source: at(general), target: ''})
  }
  if (!own.has('static')) {
    const every = [data, ...Object.values(record(data.languages)).map(record)]
    const folders = every.flatMap((each) =>
      Object.entries(each).flatMap(([key, value]) => (/^staticdir\d*$/.test(key) ? strings(value) : [])),
    )
    for (const folder of folders.length > 0 ? folders : ['static'])
      statics.push({source: at(folder), target: ''})
  }
  assets.push(at(text(data.assetdir, 'assets')))
  layouts.push(at(text(data.layoutdir, 'layouts')))

  let foreign: string | undefined
  const names = themeNames(data)
  if (names.length > MOST_MOUNTS) foreign = names.at(-1)
  for (const name of names.slice(0, MOST_MOUNTS)) {
    const folder = themeFolder(name, data, root, world)
    const theme = folder === undefined ? undefined : themes.get(folder)
    if (folder === undefined || !theme) {
      if (foreign === undefined || PLAIN_THEMES.test(foreign)) foreign = name
      continue
    }
    const of = mount(folder, record(theme.module).mounts)
    if (!of.has('content')) content.push({source: `${folder}/content`, target: ''})
    if (!of.has('static')) statics.push({source: `${folder}/static`, target: ''})
    assets.push(`${folder}/assets`)
    layouts.push(`${folder}/layouts`)
    if (themeNames(theme).length > 0) foreign ??= themeNames(theme)[0]
  }
  for (const entry of (Array.isArray(module.imports) ? module.imports : []).map(record))
    for (const {target} of (Array.isArray(entry.mounts) ? entry.mounts : []).map(record)) {
      const folder = /^(?:content|static)\/?(.*?)\/?$/.exec(text(target, ''))?.[1]
      // All of a module's content is what an import without mounts brings, too.
      if (folder) foreignFolders.push(folder)
    }
  for (const file of world.tree.files) {
    if (!/(?:^|\/)_content(?:\.\w+)?\.gotmpl$/.test(file)) continue
    for (const {source, target} of content)
      if (file.startsWith(`${source}/`))
        foreignFolders.push(joinPath(target, folderOf(file.slice(source.length + 1))))
  }

  for (const mounts of [content, statics, assets, layouts])
    if (mounts.length > MOST_MOUNTS) {
      mounts.length = MOST_MOUNTS
      foreign ??= 'among very many'
    }

  const goldmark = record(record(data.markup).goldmark)
  const parser = record(goldmark.parser)
  const attribute = record(parser.attribute)
  const hasIds = parser.autoheadingid !== false
  const disabled = strings(data.disablekinds).map((kind) => kind.toLowerCase())
  const url = /^https?:\/\/[^/]+(\/.*)?$/.exec(text(data.baseurl, ''))
  return {
    home: url ? trimEnd(url[0], '/') : undefined,
    base: trimEnd(url?.[1] ?? '', '/'),
    content,
    statics,
    assets,
    layouts,
    languages,
    defaultLanguage,
    uglyUrls: data.uglyurls === true || Object.keys(record(data.uglyurls)).length > 0,
    lowerCase: data.disablepathtolower !== true,
    removeAccents: data.removepathaccents === true,
    permalinks: readPermalinks(data.permalinks),
    taxonomies: readTaxonomies(data.taxonomies, disabled),
    hasSections: !disabled.includes('section'),
    builds: {
      drafts: data.builddrafts === true,
      future: data.buildfuture === true,
      expired: data.buildexpired === true,
    },
    idType: hasIds ? text(parser.autoidtype ?? parser.autoheadingidtype, 'github') : undefined,
    titleAttributes: attribute.title !== false && parser.attribute !== false,
    blockAttributes: attribute.block === true,
    termIds: parser.autodefinitiontermid === true,
    unsafe: record(goldmark.renderer).unsafe === true,
    cascade: data.cascade,
    passed: readPassed(goldmark),
    foreign,
    foreignFolders,
    ignored: readIgnored(strings(data.ignorefiles)),
  }
}

/** Expressions of Go, whose engine has the syntax of RE2; those that are invalid count for nothing. */
const readIgnored = (patterns: readonly string[]): Pattern | undefined =>
  patterns.length === 0
    ? undefined
    : linear(
        patterns
          .filter((pattern) => linear(pattern))
          .map((pattern) => `(?-s:${pattern})`)
          .join('|') || '$^',
      )

function readPassed(goldmark: Data): HugoConfig['passed'] {
  const {enable, delimiters} = record(record(goldmark.extensions).passthrough)
  if (enable !== true) return []
  return Object.values(record(delimiters))
    .flatMap((pairs) => (Array.isArray(pairs) ? pairs : []))
    .map(strings)
    .flatMap(([open, close]) => (open && close ? [[open, close] as [string, string]] : []))
}

/** May a theme that is not in the tree bring templates that change links? */
export const bringsHooks = (theme: string) => !PLAIN_THEMES.test(theme)

function readLanguages(data: Data): {languages: Language[]; defaultLanguage: string} {
  const defaultLanguage = String(data.defaultcontentlanguage ?? 'en').toLowerCase()
  const names = Object.keys(record(data.languages)).slice(0, MOST_LANGUAGES)
  if (names.length === 0) names.push(defaultLanguage)
  const below = data.defaultcontentlanguageinsubdir === true
  return {
    defaultLanguage: names.includes(defaultLanguage) ? defaultLanguage : names[0]!,
    languages: names.map((name) => ({
      name,
      prefix: (name === defaultLanguage || names.length === 1) && !below ? '' : `/${name}`,
    })),
  }
}

/** Both forms: by section, and by kind and section. */
function readPermalinks(value: unknown): Record<string, string> {
  const found: Record<string, string> = {}
  const take = (data: Data) => {
    for (const [section, pattern] of Object.entries(data))
      if (typeof pattern === 'string') found[section.replace(/^\/(?=.)/, '')] = pattern
  }
  take(record(value))
  take(record(record(value).page))
  return found
}

function readTaxonomies(value: unknown, disabled: string[]): string[] {
  if (disabled.includes('taxonomy') && disabled.includes('term')) return []
  return value === undefined ? ['tags', 'categories'] : strings(Object.values(record(value)))
}

const themeNames = (data: Data): string[] => [
  ...strings(data.theme),
  ...(Array.isArray(record(data.module).imports) ? (record(data.module).imports as unknown[]) : [])
    .map(record)
    .filter(({disable}) => disable !== true)
    .flatMap(({path}) => strings(path)),
]

/** Where a theme or module stands in the tree, if it does. */
function themeFolder(name: string, data: Data, root: string, world: PageSource): string | undefined {
  const themes = typeof data.themesdir === 'string' ? data.themesdir : 'themes'
  return [joinPath(joinPath(root, themes), name), joinPath(root, `_vendor/${name}`)].find((folder) =>
    world.tree.folders.has(`${folder}/layouts`),
  )
}

/** The configurations of the themes that stand in the tree, by folder. */
export async function readThemes(world: PageSource, data: Data, root: string): Promise<Map<string, Data>> {
  const found = new Map<string, Data>()
  for (const name of themeNames(data).slice(0, MOST_MOUNTS)) {
    const folder = themeFolder(name, data, root, world)
    if (folder !== undefined) found.set(folder, await readHugoFiles(world, folder))
  }
  return found
}
