import {folderPrefix, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {SiteContext} from '../../platform.ts'
import {record, records, strings} from '../../shared/data.ts'
import {type Data, readHugoFiles} from './config-files.ts'
import {readModules} from './modules.ts'

/** A theme or module in the tree. */
export interface Theme {
  /** From the tree's root; empty for the root. */
  folder: string
  /** Its configuration. */
  data: Data
}

/** More themes than any site has. */
const MOST_THEMES = 200

/** The modules that a configuration imports. */
export const importsOf = (data: Data): Data[] =>
  records(record(data.module).imports).filter(({disable}) => disable !== true)

/** Does a site have the templates of a module? The mounts of an import take the place of the module's own. */
export function hasTemplates({mounts, nomounts}: Data): boolean {
  const own = records(mounts)
  return (
    nomounts !== true && (own.length === 0 || own.some(({target}) => /^\/?layouts\b/.test(String(target))))
  )
}

/** The themes that a configuration names, and the modules with templates. */
export const themeNames = (data: Data): string[] => [
  ...strings(data.theme),
  ...importsOf(data)
    .filter(hasTemplates)
    .flatMap(({path}) => strings(path)),
]

/** The themes and modules of a site that are in the tree, by the names that its configuration has for them. */
export async function readThemes(ctx: SiteContext, data: Data, root: string): Promise<Map<string, Theme>> {
  const names = themeNames(data).slice(0, MOST_THEMES)
  const modules = names.length === 0 ? undefined : await readModules(ctx, data, root)
  const themes = new Map<string, Theme>()
  for (const name of names) {
    const folder = modules?.get(name) ?? themeFolder(name, data, root, ctx.tree)
    if (folder !== undefined) themes.set(name, {folder, data: await readHugoFiles(ctx, folder)})
  }
  return themes
}

/**
 * The folder of a theme, if it is in the tree. A site in the repository of its theme, such as `exampleSite`, finds the
 * repository itself beside other themes.
 */
function themeFolder(name: string, data: Data, root: string, {folders}: Tree): string | undefined {
  const themes = typeof data.themesdir === 'string' ? data.themesdir : 'themes'
  const places = [joinPath(joinPath(root, themes), name), joinPath(root, `_vendor/${name}`)]
  return places
    .map((place) => place.replace(/^\.\.\/[^/]+$/, ''))
    .find((folder) => folders.has(`${folderPrefix(folder)}layouts`))
}
