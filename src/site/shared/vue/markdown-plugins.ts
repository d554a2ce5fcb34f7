import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {importedModules} from '../imported-modules.ts'
import {localModule} from '../javascript/local-module.ts'

/** Code of a plugin of markdown-it that sets attributes of tokens, or replaces how headings are rendered. */
const CHANGES_IDS = /\battr(?:Set|Push|Join)\b|\battrs\s*(?:=|\.push)|heading_open|\bid=["'`]?\$\{/
/** Packages whose names say that they change ids. */
const PACKAGES_WITH_IDS = /^(?:@mdit\/plugin-|markdown-it-).*(?:anchor|attrs|header|slug|bracketed|named|toc)/
/** More modules than any configuration imports. */
const MOST_MODULES = 100

/** The doubts that plugins of markdown-it raise. */
export interface PluginDoubts {
  /** Why pages may have other ids. */
  ids: Doubt[]
  /** Why a line that begins with `<<<` may name its file in another way. */
  snippets?: Doubt
}

/** Find out what the plugins that a configuration imports may change. */
export async function doubtsOfPlugins({tree}: SiteContext, files: readonly string[]): Promise<PluginDoubts> {
  const found: PluginDoubts = {ids: []}
  const modules = new Set(files)
  for (const file of modules) {
    if (modules.size > MOST_MODULES)
      return {
        ids: [...found.ids, doubt('plugin-ids', 'a plugin')],
        snippets: doubt('plugin-links', 'a plugin'),
      }
    const code = await tree.read(file).catch(() => '')
    if (CHANGES_IDS.test(code)) found.ids.push(doubt('plugin-ids', file))
    if (code.includes('<<<')) found.snippets ??= doubt('plugin-links', file)
    const names = importedModules(code)
    const local = names.map((name) => localModule(tree, name, file))
    for (const module of local) if (module !== undefined && !module.endsWith('.json')) modules.add(module)
    found.ids.push(
      ...names
        .filter((name, at) => local[at] === undefined && PACKAGES_WITH_IDS.test(name))
        .map((name) => doubt('plugin-ids', name)),
    )
  }
  return found
}

/** Vite plugins that leave the text of pages as it is: they look for components, icons or classes in it, or add files. */
const LEAVES_PAGES =
  /^(?:unplugin-(?:auto-import|icons|vue-components)|unocss|@unocss\/vite|vite-plugin-(?:inspect|pwa)|vitepress-plugin-(?:group-icons|llms))(?:\/|$)/
const IMPORT = /^import\s+(\w+)\s+from\s*['"]([^'"\n]+)['"]/gm

/** Does the code of a bundler's configuration speak of pages, so that a plugin may change them? */
export function mayChangePages(bundler: string): boolean {
  const names = [...bundler.matchAll(IMPORT)].flatMap(([, name, from]) =>
    LEAVES_PAGES.test(from!) ? [name!] : [],
  )
  return /markdown|\.md\b/i.test(names.reduce(withoutArguments, bundler))
}

/** Code without the arguments of the calls of a function: `[Icons({include: [/\.md$/]})]` → `[]`. */
function withoutArguments(code: string, name: string): string {
  let out = ''
  let at = 0
  for (const {0: call, index} of code.matchAll(new RegExp(`\\b${name}\\s*\\(`, 'g'))) {
    if (index < at) continue
    out += code.slice(at, index)
    at = index + call.length
    for (let open = 1; open > 0 && at < code.length; at++)
      if (code[at] === '(') open++
      else if (code[at] === ')') open--
  }
  return out + code.slice(at)
}
