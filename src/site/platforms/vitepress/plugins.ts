import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import {localModule} from '../../shared/javascript/local-module.ts'

/** Code of a plugin of markdown-it that sets attributes of tokens, or replaces how headings are rendered. */
const CHANGES_IDS = /\battr(?:Set|Push|Join)\b|\battrs\s*(?:=|\.push)|heading_open|\bid=["'`]?\$\{/
/** Packages whose names say that they change ids. */
const PACKAGES_WITH_IDS = /^(?:@mdit\/plugin-|markdown-it-).*(?:anchor|attrs|header|slug|bracketed|named|toc)/
/** More modules than any configuration imports. */
const MOST_MODULES = 100

/** The reasons why plugins of Markdown, which a configuration imports, may change ids. */
export async function idDoubtsOfPlugins({tree}: SiteContext, files: readonly string[]): Promise<Doubt[]> {
  const found: Doubt[] = []
  const modules = new Set(files)
  for (const file of modules) {
    if (modules.size > MOST_MODULES) return [...found, doubt('plugin-ids', 'a plugin')]
    const code = await tree.read(file).catch(() => '')
    if (CHANGES_IDS.test(code)) found.push(doubt('plugin-ids', file))
    for (const name of importedModules(code)) {
      const module = localModule(tree, name, file)
      if (module !== undefined && !module.endsWith('.json')) modules.add(module)
      else if (PACKAGES_WITH_IDS.test(name)) found.push(doubt('plugin-ids', name))
    }
  }
  return found
}
