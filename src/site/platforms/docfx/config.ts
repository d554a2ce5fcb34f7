import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {folderPrefix, isAtOrBelow, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {record, strings} from '../../shared/data.ts'
import {FolderSet} from '../../shared/folders.ts'

/** The part of a `docfx.json` that determines pages and ids. */
export interface DocfxConfig {
  /** Does a file, by its path from the tree's root, become a page? */
  isContent(path: string): boolean
  /** Does a program convert a Markdown file to the YAML file beside it that becomes the page? */
  isConverted(path: string): boolean
  /** The files that may become the page at a path of the site; versions of a page share one path. */
  sourcesOf(published: string): PageFile[]
  /** The files, by their paths from the tree's root, that may be copied to a path of the site. */
  copiesAt(published: string): string[]
  /** Is a file, by its path from the tree's root, a page or a resource? Other files are not copied. */
  isPublished(path: string): boolean
  /** Folders of generated API metadata, from the tree's root. */
  generated: FolderSet
  /** The URL of the site, if it is stated and pages are published at the paths of their files. */
  home: string | undefined
  /** Maps of other sites define more uids. */
  hasMaps: boolean
  /** A service knows the uids of the APIs of others. */
  hasService: boolean
  /** The reason why headings may have other than the default ids. */
  otherIds: Doubt | undefined
}

/** A file that may be published as a page. */
export interface PageFile {
  /** The folder that its mapping takes files from, with a trailing slash. */
  folder: string
  /** Its path from the tree's root without an extension: with `{"src": "7.6", "dest": "api"}`, `docs/7.6/use` for `api/use`. */
  stem: string
}

/** Markdig extensions that change ids. */
const ID_EXTENSIONS = /autoidentifiers|smartypants|attributes|emoji|containers|advanced/i

/**
 * Read a parsed `docfx.json`.
 *
 * @param root Its folder, from the tree's root.
 * @param convertsMarkdown Does a program convert Markdown files to YAML files before Docfx runs?
 */
export function readDocfx(
  data: Record<string, unknown>,
  root: string,
  convertsMarkdown = false,
): DocfxConfig {
  const build = record(data.build)
  const extensions = JSON.stringify(record(build.markdownEngineProperties))
  const content = readMappings(build.content, root)
  const resources = readMappings(build.resource, root)
  const published = [...content, ...resources]
  const isNamed = (path: string) => content.some((mapping) => matches(mapping, path) === true)
  const isConverted = (path: string) =>
    convertsMarkdown && path.endsWith('.md') && !isNamed(path) && isNamed(path.replace(/\.md$/, '.yml'))
  return {
    isContent: (path) => isNamed(path) || isConverted(path),
    isConverted,
    sourcesOf: (published) => content.flatMap((mapping) => sourceOf(mapping, published) ?? []),
    copiesAt: (published) => resources.flatMap((mapping) => pathIn(mapping, published) ?? []),
    isPublished: (path) => published.some((mapping) => matches(mapping, path) !== false),
    generated: new FolderSet(readMetadata(data.metadata, root)),
    home: readHome(build),
    hasMaps: build.xref !== undefined,
    hasService: build.xrefService !== undefined,
    otherIds: ID_EXTENSIONS.test(extensions) ? doubt('id-setting') : undefined,
  }
}

/** The URL that the sitemap states, unless a file mapping publishes pages at other paths. Docfx ignores the letter case of keys. */
function readHome({sitemap, content}: Record<string, unknown>): string | undefined {
  const [, baseUrl] = Object.entries(record(sitemap)).find(([key]) => key.toLowerCase() === 'baseurl') ?? []
  const isMoved = [content].flat().some((entry) => {
    const {src, cwd, dest} = record(entry)
    return [src, cwd, dest].some((folder) => folder !== undefined && folder !== '.')
  })
  return typeof baseUrl === 'string' && /^https?:\/\//.test(baseUrl) && URL.canParse(baseUrl) && !isMoved
    ? trimEnd(baseUrl, '/')
    : undefined
}

/** Further sets of globs are not interpreted. */
const MOST_SETS = 100

/** Files below a folder, as globs from there; undefined for globs that are not supported. */
interface FileMapping {
  prefix: string
  /** The folder of the site that they are published in, in lower case; empty for its root. */
  dest: string
  files: Globs | undefined
  exclude: Globs | undefined
}

function readMappings(mappings: unknown, root: string): FileMapping[] {
  const entries: unknown[] = Array.isArray(mappings) ? mappings : [mappings]
  if (entries.length > MOST_SETS) return [{prefix: '', dest: '', files: undefined, exclude: undefined}]
  return entries.map((entry) => readFileMapping(entry, root))
}

/** Does a mapping contain a file? Undefined if it may. */
function matches({prefix, files, exclude}: FileMapping, path: string): boolean | undefined {
  if (!path.startsWith(prefix)) return false
  const inside = path.slice(prefix.length)
  return files && exclude && files.test(inside) && !exclude.test(inside)
}

/** The forms of a page's source, beside its path without an extension. */
export const PAGE_ENDINGS = ['.md', '.yml', '/index.md', '/index.yml'] as const

/** The file, without its extension, that a mapping may publish at a path of the site. */
function sourceOf(mapping: FileMapping, published: string): PageFile | undefined {
  const stem = pathIn(mapping, published)
  return stem !== undefined &&
    PAGE_ENDINGS.some((ending) => matches(mapping, joinPath('', stem + ending)) !== false)
    ? {folder: mapping.prefix, stem}
    : undefined
}

/** The path below the folder of a mapping that it publishes at a path of the site. */
const pathIn = ({prefix, dest}: FileMapping, published: string): string | undefined =>
  isAtOrBelow(published.toLowerCase(), dest)
    ? trimEnd(prefix + published.slice(dest === '' ? 0 : dest.length + 1), '/')
    : undefined

/** Read a file mapping, or the glob that stands for one: https://dotnet.github.io/docfx/reference/docfx-json-reference.html */
function readFileMapping(entry: unknown, root: string): FileMapping {
  const {files = typeof entry === 'string' ? entry : undefined, exclude, src, cwd, dest} = record(entry)
  const folder = [src, cwd].find((each) => typeof each === 'string') ?? ''
  const base = joinPath(root, joinPath('', folder as string))
  return {
    prefix: folderPrefix(base === '.' ? '' : base),
    dest: typeof dest === 'string' ? joinPath('', dest).toLowerCase() : '',
    files: readGlobs(files),
    exclude: readGlobs(exclude),
  }
}

const readGlobs = (globs: unknown) =>
  globsOf(
    strings(globs).map((glob) => glob.replace(/^\.\//, '')),
    'docfx',
  )

function readMetadata(metadata: unknown, root: string): string[] {
  const entries: unknown[] = Array.isArray(metadata) ? metadata : [metadata]
  return entries.flatMap((entry) => {
    const {dest, output} = record(entry)
    const named = [dest, output].find((folder) => typeof folder === 'string')
    const folders = named === undefined ? (entry === undefined ? [] : ['api', '_api']) : [named as string]
    return folders.map((folder) => joinPath(root, joinPath('', folder)))
  })
}
