import {folderOf, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {SiteContext} from '../../platform.ts'
import {record, strings} from '../../shared/data.ts'
import type {Data} from './config-files.ts'

/** `replace example.org/theme v1.2.0 => ../theme`, alone or in a block of such lines. */
const REPLACED = /^[ \t]*(?:replace[ \t]+)?(\S+)[ \t]+(?:v\S+[ \t]+)?=>[ \t]*(\.{1,2}(?:\/\S*)?)/gm
/** `use ../theme`, alone or in a block of such lines. */
const USED = /^[ \t]*(?:use[ \t]+)?(\.{1,2}(?:\/\S*)?)[ \t\r]*$/gm
const MODULE = /^module[ \t]+(\S+)/m
/** More folders than any workspace has. */
const MOST_FOLDERS = 50

/**
 * The folders of modules that a site takes from the tree rather than from elsewhere, by their paths: those of a
 * workspace, of `replace` in its `go.mod`, and of `module.replacements`.
 */
export async function readModules(
  {tree}: SiteContext,
  data: Data,
  root: string,
): Promise<ReadonlyMap<string, string>> {
  const read = (file: string) => (tree.files.has(file) ? tree.read(file).catch(() => '') : '')
  const modules = new Map<string, string>()
  const add = (name: string, folder: string) => {
    if (folder === '' || tree.folders.has(folder)) modules.set(name, folder)
  }
  const {workspace = 'hugo.work', replacements} = record(data.module)
  const work = joinPath(root, String(workspace))
  for (const [, path] of [...(await read(work)).matchAll(USED)].slice(0, MOST_FOLDERS)) {
    const folder = folderAt(folderOf(work), path!)
    const name = MODULE.exec(await read(joinPath(folder, 'go.mod')))?.[1]
    if (name !== undefined) add(name, folder)
  }
  for (const [, name, path] of (await read(joinPath(root, 'go.mod'))).matchAll(REPLACED))
    add(name!, folderAt(root, path!))
  const themes = folderAt(root, typeof data.themesdir === 'string' ? data.themesdir : 'themes')
  for (const each of strings(replacements).flatMap((list) => list.split(','))) {
    const [name, path] = each.split('->').map((part) => part.trim())
    if (name && path && !path.startsWith('/')) add(name, folderAt(themes, path))
  }
  return modules
}

/** The folder at a relative path; the root is empty. */
const folderAt = (from: string, path: string) => trimEnd(joinPath(from, path), '/').replace(/^\.$/, '')
