import {folderOf, isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {record, records, strings} from '../../shared/data.ts'
import type {Data} from './config-files.ts'
import {isDocsy} from './docsy.ts'
import {hasTemplates, importsOf, type Theme, themeNames} from './themes.ts'

/** A folder or file that Hugo mounts into the site: https://gohugo.io/configuration/module/#mounts */
export interface Mount {
  /** From the tree's root. */
  source: string
  /** Below `content` or `static`; empty for these themselves. */
  target: string
  /** Its languages; undefined if file names determine them. */
  languages?: string[]
}

/** A URL folder that is filled from outside the tree, or by templates. */
export interface ExternalFolder {
  folder: string
  /** The languages of what fills it; undefined for all. */
  languages?: readonly string[]
}

/** The folders that a site, its themes and its modules are built from. */
export interface Mounts {
  content: Mount[]
  statics: Mount[]
  /** Folders of global resources, from the tree's root. */
  assets: string[]
  /** Folders of templates, from the tree's root. */
  layouts: string[]
  /** A theme or module outside of the tree, which may add templates and files. */
  externalTheme: string | undefined
  /** URL folders whose pages and files come from outside the tree, or from templates. */
  externalFolders: ExternalFolder[]
}

/** More folders than any site has. */
const MOST_MOUNTS = 200

/** The end of the path of a page, which its URL lacks: `otlp/_index.md` → `otlp` */
const PAGE_FILE = /(?:(?:^|\/)_?index)?\.(?:md|markdown|html?)$/

/** A string, or a substitute for any other value. */
const textOr = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise)

const cleanFolder = (folder: string) => trimEnd(folder.replace(/^\.\//, ''), '/')

/**
 * Read the mounts of a merged configuration.
 *
 * @param root The site's folder, from the tree's root.
 * @param languages The names of the site's languages.
 * @param themes The themes in the tree, by name.
 */
export function readMounts(
  data: Data,
  root: string,
  languages: readonly string[],
  tree: Tree,
  themes: ReadonlyMap<string, Theme>,
): Mounts {
  const mounts: Mounts = {
    content: [],
    statics: [],
    assets: [],
    layouts: [],
    externalTheme: undefined,
    externalFolders: [],
  }
  mountProject(mounts, data, root, languages, tree)
  mountThemes(mounts, data, tree, themes)
  dropRoot(mounts)
  for (const folder of [...importedFolders(data), ...adapterFolders(mounts.content, tree)])
    mounts.externalFolders.push({folder})
  limitMounts(mounts)
  return mounts
}

function mountProject(
  mounts: Mounts,
  data: Data,
  root: string,
  languages: readonly string[],
  tree: Tree,
): void {
  const mounted = mountEntries(mounts, root, record(data.module).mounts, tree)
  const at = (folder: string) => joinPath(root, cleanFolder(folder))
  if (!mounted.has('content')) {
    const named = foldersNamedAsLanguages(at(textOr(data.contentdir, 'content')), languages, tree)
    for (const mount of contentFolders(data, languages))
      mounts.content.push({...mount, source: at(mount.source)})
    if (named && mounts.content.length === 1) {
      mounts.content = named
      mounts.externalFolders.push({folder: ''})
    }
  }
  if (!mounted.has('static'))
    for (const folder of staticFolders(data)) mounts.statics.push({source: at(folder), target: ''})
  mounts.assets.push(at(textOr(data.assetdir, 'assets')))
  mounts.layouts.push(at(textOr(data.layoutdir, 'layouts')))
}

function mountThemes(mounts: Mounts, data: Data, tree: Tree, themes: ReadonlyMap<string, Theme>): void {
  const names = themeNames(data)
  if (names.length > MOST_MOUNTS) mounts.externalTheme = names.at(-1)
  for (const name of names.slice(0, MOST_MOUNTS)) {
    const theme = themes.get(name)
    if (theme) mountTheme(mounts, theme, tree)
    // A theme that may have hooks takes precedence over one that does not.
    else if (mounts.externalTheme === undefined || isDocsy(mounts.externalTheme)) mounts.externalTheme = name
  }
}

function mountTheme(mounts: Mounts, {folder, data}: Theme, tree: Tree): void {
  const mounted = mountEntries(mounts, folder, record(data.module).mounts, tree)
  if (!mounted.has('content')) mounts.content.push({source: joinPath(folder, 'content'), target: ''})
  if (!mounted.has('static')) mounts.statics.push({source: joinPath(folder, 'static'), target: ''})
  mounts.assets.push(joinPath(folder, 'assets'))
  mounts.layouts.push(joinPath(folder, 'layouts'))
  mounts.externalTheme ??= themeNames(data)[0]
}

/**
 * Add the entries of `module.mounts`.
 *
 * @returns the components that they mount, such as `content`
 */
function mountEntries(mounts: Mounts, folder: string, entries: unknown, tree: Tree): ReadonlySet<string> {
  const mounted = new Set<string>()
  for (const entry of records(entries)) {
    const [, component, rest = ''] = /^\/?([^/]+)(?:\/(.*))?$/.exec(textOr(entry.target, '')) ?? []
    if (component === undefined) continue
    mounted.add(component)
    mountEntry(mounts, component, folder, entry, rest.replace(/\/$/, ''), tree)
  }
  return mounted
}

function mountEntry(
  mounts: Mounts,
  component: string,
  folder: string,
  entry: Data,
  target: string,
  {files, folders}: Tree,
): void {
  const source = joinPath(folder, cleanFolder(textOr(entry.source, '')))
  if (component === 'assets' || component === 'layouts') mounts[component].push(source)
  const published =
    component === 'content' ? mounts.content : component === 'static' ? mounts.statics : undefined
  if (!published) return
  const languages = strings(record(record(entry.sites).matrix).languages ?? entry.lang ?? entry.languages)
  const ofLanguages = languages.length > 0 && {languages: languages.map((name) => name.toLowerCase())}
  published.push({source, target, ...ofLanguages})
  if (!files.has(source) && !folders.has(source))
    mounts.externalFolders.push({folder: target.replace(PAGE_FILE, ''), ...ofLanguages})
}

/** The content folders of a project without mounts: `contentDir`, which a language may set, too. */
function contentFolders(data: Data, languages: readonly string[]): Mount[] {
  const general = textOr(data.contentdir, 'content')
  const byFolder = new Map<string, string[]>()
  for (const name of languages) {
    const {contentdir} = record(record(data.languages)[name])
    if (typeof contentdir === 'string') byFolder.set(contentdir, [...(byFolder.get(contentdir) ?? []), name])
  }
  const mounts = [...byFolder].map(
    ([source, own]): Mount => ({source, target: '', ...(source !== general && {languages: own})}),
  )
  // A language without its own folder uses the general one.
  const isGeneralUsed = byFolder.size === 0 || byFolder.size < languages.length
  if (!byFolder.has(general) && isGeneralUsed) mounts.push({source: general, target: ''})
  return mounts
}

/**
 * The folders of a multilingual site in which each language has one, which a script that writes the configuration may
 * mount, perhaps with others: as sections, they would all be in the default language.
 */
function foldersNamedAsLanguages(
  content: string,
  languages: readonly string[],
  {folders}: Tree,
): Mount[] | undefined {
  if (languages.length < 2) return
  const found = languages.map(
    (name): Mount => ({source: `${content}/${name}`, target: '', languages: [name]}),
  )
  return found.every(({source}) => folders.has(source)) ? found : undefined
}

/** The static folders of a project without mounts: `staticDir`, `staticDir0` … of the site and of its languages. */
function staticFolders(data: Data): string[] {
  const levels = [data, ...Object.values(record(data.languages)).map(record)]
  const folders = levels.flatMap((level) =>
    Object.entries(level).flatMap(([key, value]) => (/^staticdir\d*$/.test(key) ? strings(value) : [])),
  )
  return folders.length > 0 ? folders : ['static']
}

/** URL folders that imported modules fill; what a theme may add to the root is known otherwise. */
const importedFolders = (data: Data): string[] =>
  importsOf(data).flatMap((entry) =>
    records(entry.mounts).flatMap(({target}) => {
      const folder = /^\/?(?:content|static)(?:\/(.*?))?\/?$/.exec(textOr(target, ''))
      if (!folder) return []
      const [, path = ''] = folder
      return path === '' && hasTemplates(entry) ? [] : [path.replace(PAGE_FILE, '')]
    }),
  )

/** URL folders that content adapters fill: https://gohugo.io/content-management/content-adapters/ */
const adapterFolders = (content: readonly Mount[], {files}: Tree): string[] =>
  [...files]
    .filter((file) => /(?:^|\/)_content(?:\.\w+)?\.gotmpl$/.test(file))
    .flatMap((file) =>
      content
        .filter(({source}) => isBelow(file, source))
        .map(({source, target}) => joinPath(target, folderOf(pathBelow(file, source)!))),
    )

/** Drop a mount of the entire tree: it does not show which files are content. */
function dropRoot(mounts: Mounts): void {
  mounts.content = mounts.content.filter(({source}) => source !== '')
  mounts.statics = mounts.statics.filter(({source}) => source !== '')
  mounts.assets = mounts.assets.filter(Boolean)
  mounts.layouts = mounts.layouts.filter(Boolean)
}

function limitMounts(mounts: Mounts): void {
  for (const list of [mounts.content, mounts.statics, mounts.assets, mounts.layouts])
    if (list.length > MOST_MOUNTS) {
      list.length = MOST_MOUNTS
      mounts.externalTheme ??= 'among very many'
    }
}
