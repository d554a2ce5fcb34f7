import {folderOf, folderPrefix, isAtOrBelow, joinPath, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection} from '../../platform.ts'
import {groupBy} from '../../shared/group-by.ts'
import type {MkdocsSource} from './source.ts'

/** The file names that MkDocs looks for by itself, and ProperDocs. */
export const NAMES = ['mkdocs.yml', 'mkdocs.yaml', 'properdocs.yml'] as const

/** A configuration, and the folder of its pages. */
interface Configuration extends MkdocsSource {
  file: string
  docs: string
}

/**
 * Detect sites whose configuration has a name that MkDocs has to be told (`mkdocs build -f docs-online.yml`), by its
 * content. Of several for the same pages, the one with the site's URL is taken; those that others inherit are parts.
 *
 * @param files The YAML files of the tree.
 */
export async function otherConfigurations(files: readonly string[], tree: Tree): Promise<Detection[]> {
  const isCandidate = await Promise.all(files.map((file) => mayConfigure(file, tree)))
  const candidates = files.filter((_file, at) => isCandidate[at])
  if (candidates.length === 0) return []
  const all: Configuration[] = []
  for (const file of [...files.filter(isStandard), ...candidates]) {
    const found = await readConfiguration(file, tree)
    if (found) all.push(found)
  }
  const own = all.filter((each) => isStandard(each.file) || !all.some((other) => isPartOf(each, other)))
  return [...groupBy(own, ({docs}) => docs).values()].flatMap((same): Detection[] => {
    if (same.some(({file}) => isStandard(file))) return []
    const {file, docs} = same.find(({data}) => typeof data.site_url === 'string') ?? same[0]!
    const folder = folderOf(file)
    const isOnly = own.every((each) => folderOf(each.file) !== folder || each.docs === docs)
    return [{root: isOnly ? folder : docs, file}]
  })
}

/** Does a configuration inherit another one for the same pages, or some of them? */
const isPartOf = ({file, docs}: Configuration, other: Configuration) =>
  other.parent === file && isAtOrBelow(other.docs, docs)

const isStandard = (file: string) => NAMES.some((name) => name === nameOf(file))

/** Settings that only MkDocs has, or one that names such a file; `site_name` is the one that it requires. */
const SETTINGS = /^(?:docs_dir|markdown_extensions|nav|theme|plugins|INHERIT|use_directory_urls)[ \t]*:/m
const REQUIRED = /^(?:site_name|INHERIT)[ \t]*:/m

/** Does a file look like a configuration? Only those are read whose place or name suggests it: a tree may have thousands. */
async function mayConfigure(file: string, {read, folders}: Tree): Promise<boolean> {
  if (isStandard(file) || /(?:^|\/)\./.test(file)) return false
  if (!folders.has(`${folderPrefix(folderOf(file))}docs`) && !/mkdocs/i.test(nameOf(file))) return false
  const text = await read(file).catch(() => '')
  return REQUIRED.test(text) && SETTINGS.test(text)
}

/** Read a configuration, with what it inherits; undefined if it is a part of one, or the folder of its pages is missing. */
async function readConfiguration(file: string, tree: Tree): Promise<Configuration | undefined> {
  const {readSource} = await import('./source.ts')
  const source = await readSource(tree, file).catch(() => undefined)
  if (source?.data.site_name === undefined) return
  const {docs_dir: folder = 'docs'} = source.data
  const docs = joinPath(folderOf(file), String(folder))
  return tree.folders.has(docs) ? {...source, file, docs} : undefined
}
