import {parseYaml} from '../../../data/yaml.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {record, strings} from '../../shared/data.ts'
import type {BuildCode} from './additions.ts'
import {optionsOf} from './config.ts'
import {blockOf} from './yaml-text.ts'

/** A `mkdocs.yml` with what it inherits. */
export interface MkdocsSource {
  data: Record<string, unknown>
  /** The source of both, without what is overridden. */
  text: string
  /** The file that it inherits from, if that can be read. */
  parent?: string
  /** Does it inherit the URL of the site from it? */
  hasUrlOfParent?: boolean
  /** The file that it inherits from, if that cannot be read. */
  missing?: string
}

/** Longer chains of files that inherit from each other are taken for a circle. */
const MOST_INHERITED = 10

/**
 * Read a configuration and merge it into the one that it inherits, as MkDocs does: mappings are merged, everything else
 * is replaced.
 *
 * @param tell Called with the first syntax error of `file`.
 * @throws an error if `file` cannot be read
 */
export async function readSource(
  tree: Tree,
  file: string,
  tell?: (why: string) => void,
  depth = 0,
): Promise<MkdocsSource> {
  const text = await tree.read(file)
  const {INHERIT: inherited, ...data} = record(await parseYaml(text, tell))
  if (inherited === undefined) return {data, text}
  const parent = joinPath(folderOf(file), String(inherited))
  if (typeof inherited !== 'string' || !tree.files.has(parent) || depth === MOST_INHERITED)
    return {data, text, missing: String(inherited)}
  try {
    const above = await readSource(tree, parent, undefined, depth + 1)
    const overridden = Array.isArray(data.markdown_extensions)
      ? blockOf(above.text, 'markdown_extensions')
      : ''
    return {
      ...above,
      parent,
      hasUrlOfParent: data.site_url === undefined,
      data: merged(above.data, data),
      text: `${text}\n${above.text.replace(overridden, '')}`,
    }
  } catch {
    return {data, text, missing: inherited}
  }
}

function merged(below: Record<string, unknown>, above: Record<string, unknown>): Record<string, unknown> {
  const all = {...below}
  for (const [key, value] of Object.entries(above)) {
    const own = all[key]
    const isMapping = [own, value].every((each) => each && typeof each === 'object' && !Array.isArray(each))
    all[key] = isMapping ? merged(record(own), record(value)) : value
  }
  return all
}

/** Read the hooks of a site, with the modules beside them that they import, and the scripts of its plugins. */
export async function readCode(
  tree: Tree,
  {hooks, plugins}: Record<string, unknown>,
  root: string,
): Promise<BuildCode> {
  const read = (paths: unknown) =>
    readModules(
      tree,
      strings(paths).map((path) => joinPath(root, path)),
    )
  return {hooks: await read(hooks), scripts: await read(optionsOf(plugins, 'gen-files').scripts)}
}

const IMPORT = /^[ \t]*(?:from[ \t]+\.?(\w+)(?:\.[\w.]*)?[ \t]+import\b|import[ \t]+(\w+)[ \t]*$)/gm
/** Modules beyond this number are ignored. */
const MOST_MODULES = 50

/** Read Python modules, and those beside them that they import; undefined if one that is asked for cannot be read. */
async function readModules(tree: Tree, files: readonly string[]): Promise<string | undefined> {
  const texts: string[] = []
  const waiting = new Set(files)
  for (const file of waiting) {
    const text = await tree.read(file).catch(() => undefined)
    if (text === undefined) return
    texts.push(text)
    for (const [, from, name] of text.matchAll(IMPORT)) {
      const module = joinPath(folderOf(file), `${from ?? name}.py`)
      if (waiting.size < MOST_MODULES && tree.files.has(module)) waiting.add(module)
    }
  }
  return texts.join('\n')
}
