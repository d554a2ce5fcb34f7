import {isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {addIds, noIds, type WrittenIds, writtenIds} from '../../shared/written-ids.ts'

/** The ids that the layouts and includes of a site add, by their paths in `_layouts` and `_includes`. */
export interface TemplateIds {
  includes: ReadonlyMap<string, WrittenIds>
  layouts: ReadonlyMap<string, WrittenIds>
}

/** Tags that insert a file of `_includes`. */
const INCLUDE = /\{%-?\s{0,9}include(?:_cached)?\s{1,9}["']?([\w./-]{1,200})/g
/** The layout of a layout, in its front matter. */
const LAYOUT = /^layout:[ \t]{0,9}["']?([\w./-]{1,200})/m
/** Code that may show any text, headings, and attribute lists. */
const MORE_IDS =
  /\{\{-?\s*(?:content|page\.content|include\.content)\b|markdownify|\{%-?\s*include(?:_relative)?\s+\{\{|^ {0,3}#{1,6}[ \t]|\{:?\s{0,9}#/m
/** More than a site nests. */
const MOST_TEMPLATES = 200

/** Read the layouts and includes of a site. */
export async function readTemplateIds(tree: Tree, root: string): Promise<TemplateIds> {
  const read = async (folder: string) => {
    const sources = new Map<string, string>()
    const at = joinPath(root, folder)
    for (const file of tree.files)
      if (isBelow(file, at)) sources.set(pathBelow(file, at)!, await tree.read(file).catch(() => ''))
    return sources
  }
  const includes = await read('_includes')
  const layouts = await read('_layouts')
  return {includes: idsOfIncludes(includes), layouts: idsOfLayouts(layouts, includes)}
}

function idsOfIncludes(includes: ReadonlyMap<string, string>): Map<string, WrittenIds> {
  const all = new Map<string, WrittenIds>()
  for (const [name, source] of includes) {
    const ids = noIds()
    for (const each of withIncludes([source], includes)) {
      if (each === undefined || MORE_IDS.test(each)) ids.any = true
      if (each !== undefined) addIds(ids, writtenIds(each))
    }
    all.set(name, ids)
  }
  return all
}

/** The ids of layouts; whether they add more than they write is not known of those in themes either. */
function idsOfLayouts(
  layouts: ReadonlyMap<string, string>,
  includes: ReadonlyMap<string, string>,
): Map<string, WrittenIds> {
  const all = new Map<string, WrittenIds>()
  for (const [file, source] of layouts) {
    const chain = new Set([source])
    for (const each of chain) {
      const outer = layouts.get(`${LAYOUT.exec(each)?.[1]}.html`)
      if (outer !== undefined) chain.add(outer)
    }
    const ids = noIds()
    for (const each of withIncludes([...chain], includes))
      if (each !== undefined) addIds(ids, {...writtenIds(each), any: false})
    all.set(file.replace(/\.\w+$/, ''), ids)
  }
  return all
}

/** Sources, and those of the includes in them, each once; undefined for an unknown one. */
function withIncludes(
  sources: readonly string[],
  includes: ReadonlyMap<string, string>,
): Set<string | undefined> {
  const all = new Set<string | undefined>(sources)
  for (const each of all) {
    if (all.size > MOST_TEMPLATES) break
    for (const [, name] of each?.matchAll(INCLUDE) ?? []) all.add(includes.get(name!))
  }
  return all
}
