import {globsOf} from '../../../pattern/globs.ts'
import {folderPrefix, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {record, strings} from '../../shared/data.ts'
import {FolderSet} from '../../shared/folders.ts'

/** The part of a `docfx.json` that determines pages and ids. */
export interface DocfxConfig {
  /** Does a file, by its path from the tree's root, become a page? */
  isContent(path: string): boolean
  /** Folders of generated API metadata, from the tree's root. */
  generated: FolderSet
  /** Maps of other sites define more uids. */
  hasMaps: boolean
  /** The reason why headings may have other than the default ids. */
  otherIds: Doubt | undefined
}

/** Markdig extensions that change ids. */
const ID_EXTENSIONS = /autoidentifiers|smartypants|attributes|emoji|containers|advanced/i

/**
 * Read a parsed `docfx.json`.
 *
 * @param root Its folder, from the tree's root.
 */
export function readDocfx(data: Record<string, unknown>, root: string): DocfxConfig {
  const build = record(data.build)
  const extensions = JSON.stringify(record(build.markdownEngineProperties))
  return {
    isContent: readContent(build.content, root),
    generated: new FolderSet(readMetadata(data.metadata, root)),
    hasMaps: build.xref !== undefined || build.xrefService !== undefined,
    otherIds: ID_EXTENSIONS.test(extensions) ? doubt('id-setting') : undefined,
  }
}

/** Further sets of globs are not interpreted. */
const MOST_SETS = 100

function readContent(content: unknown, root: string): (path: string) => boolean {
  const entries: unknown[] = Array.isArray(content) ? content : [content]
  const sets = (entries.length > MOST_SETS ? [] : entries).map((entry) => readFileMapping(entry, root))
  return (path) =>
    sets.some(({prefix, files, exclude}) => {
      if (!path.startsWith(prefix)) return false
      const inside = path.slice(prefix.length)
      // Unsupported globs certainly match nothing.
      return files !== undefined && exclude !== undefined && files.test(inside) && !exclude.test(inside)
    })
}

/** Read a file mapping, or the glob that stands for one: https://dotnet.github.io/docfx/reference/docfx-json-reference.html */
function readFileMapping(entry: unknown, root: string) {
  const {files = typeof entry === 'string' ? entry : undefined, exclude, src, cwd} = record(entry)
  const folder = [src, cwd].find((each) => typeof each === 'string') ?? ''
  const base = joinPath(root, joinPath('', folder as string))
  return {
    prefix: folderPrefix(base === '.' ? '' : base),
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
