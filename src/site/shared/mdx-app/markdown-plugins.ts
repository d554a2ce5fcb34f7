import {forwardSearch} from '../../../page/forward-search.ts'
import type {Tree} from '../../../tree/tree.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {Aliases} from '../aliases.ts'
import {importedModules} from '../imported-modules.ts'
import {isLocal, localModule} from '../javascript/local-module.ts'
import {importedNames} from '../named-imports.ts'

/** The code of an application, in which its plugins of Markdown are looked for. */
export interface PluginSource {
  tree: Pick<Tree, 'files' | 'symlinks'>
  /** The code by its files. */
  texts: ReadonlyMap<string, string>
  aliases: Aliases
}

/** What plugins of Markdown may change. */
export interface PluginDoubts {
  ids?: Doubt
  links?: Doubt
}

const LIST = /\b(?:remark|rehype)Plugins\b\s*[:=(]/g
/** Plugins that neither change links nor add ids to headings. */
const HARMLESS =
  /^(?:fumadocs-[\w-]+(?:\/.*)?|nextra(?:\/.*)?|@theguild\/[\w/-]+|remark-(?:math|gfm|emoji|smartypants|mermaid[\w-]*|breaks|directive|cjk-friendly[\w-]*|toc|images?[\w-]*|unwrap-images|squeeze-paragraphs|reading-time|frontmatter|mdx-[\w-]+|code-[\w-]+|prism|sub-super|deflist)|rehype-(?:katex|mathjax|external-links|prism[\w-]*|highlight|pretty-code|shiki|mermaid|img-size|citation|unwrap-images|mdx-[\w-]+)|@shikijs\/[\w-]+|shiki(?:\/.*)?)$/
/** Names of plugins whose subject is links. */
const ABOUT_LINKS = /link|url|href|path|base|wiki|rewrite|relative/i
/** Modules that plugins use to walk through a page, and that name nothing else. */
const WALKS = /^(?:unist-util|mdast-util|hast-util|estree-util|vfile|node:)/

const CHANGES_LINKS = /\.(?:url|href)\s*=(?!=)|\[['"](?:url|href)['"]\]\s*=(?!=)/
const REPLACES_LINKS = /['"](?:link|a|definition)['"]/
const LINK_KEYS = /\b(?:url|href)\s*[:,]/
/** Code that sets ids, adds headings, or parses HTML or Markdown. */
const SETS_IDS =
  /(?:^|[^.\w-])['"]?id['"]?\s*:|\.id\s*=(?!=)|['"]id['"]|\bdepth\s*:|type\s*:\s*['"](?:heading|html|raw)\b|fromMarkdown|remark-parse|\bunified\(|slug/im
const TYPE_IMPORT = /^import\s+type\s[^'"]*['"][^'"\n]*['"]/gm

/** The doubts that the remark and rehype plugins raise which a configuration names. */
export function pluginDoubts(source: PluginSource, config: string): PluginDoubts {
  const code = source.texts.get(config) ?? ''
  const found: PluginDoubts = {}
  const imported = importedNames(code)
  const declared = declarationsIn(code)
  for (const list of listsOf(code)) {
    addEffects(found, [list], 'a Markdown plugin')
    for (const name of new Set(list.match(/[A-Za-z_$][\w$]*/g) ?? [])) {
      const module = imported.get(name)
      if (module !== undefined) addModule(found, source, {module, config})
      else addEffects(found, [declared.get(name) ?? ''], `the Markdown plugin ${name}`)
    }
    for (const [, module] of list.matchAll(/['"]([@\w][\w@/.-]*)['"]/g))
      if (/remark|rehype/.test(module!)) addModule(found, source, {module: module!, config})
  }
  return found
}

/** The lists of plugins in code, each to its closing bracket. */
function* listsOf(code: string): Generator<string> {
  let end = 0
  for (const {index} of code.matchAll(LIST)) {
    // A list within another one.
    if (index < end) continue
    end = endOfList(code, index)
    yield code.slice(index, end)
  }
}

function endOfList(code: string, start: number): number {
  let depth = 0
  for (let at = start; at < code.length; at++) {
    const char = code[at]!
    if ('[({'.includes(char)) depth++
    else if ('])}'.includes(char)) depth--
    if (depth < 0 || (depth === 0 && ',\n;'.includes(char))) return at
  }
  return code.length
}

const DECLARATION =
  /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function|const|let|var)\s+([A-Za-z_$][\w$]*)/gm
const STATEMENT = /^(?:export|import|function|async|const|let|var)\b/gm

/** The statements that declare names at the top level of a module, by these. */
function declarationsIn(code: string): Map<string, string> {
  const next = forwardSearch(code, STATEMENT)
  const found = new Map<string, string>()
  for (const {0: start, 1: name, index} of code.matchAll(DECLARATION))
    if (!found.has(name!)) found.set(name!, code.slice(index, next(index + start.length)?.index))
  return found
}

/** The beginning of the name of a module that is built from the code in `src`. */
const BUILT = /^\.\/(?:dist|build|lib|out)\//

/** Add what a module may change: one of the application by its code, a package by its name. */
function addModule(
  found: PluginDoubts,
  source: PluginSource,
  {module, config}: {module: string; config: string},
): void {
  if (HARMLESS.test(module)) return
  const about = `the Markdown plugin ${module}`
  const {aliases, tree} = source
  const find = (name: string) => localModule(tree, name, config, aliases.folders)
  const file = find(module) ?? find(module.replace(BUILT, './src/'))
  if (file !== undefined && source.texts.has(file)) {
    addEffects(found, codeFrom(source, file), about)
    return
  }
  found.ids ??= doubt('plugin-ids', about)
  const isOfTree = isLocal(module) || aliases.pathOf(module) !== undefined
  if (isOfTree || ABOUT_LINKS.test(module)) found.links ??= doubt('plugin-links', about)
}

/** The code of a module, and of those of the application that it imports. */
function codeFrom({tree, texts, aliases}: PluginSource, file: string): string[] {
  const files = new Set([file])
  for (const each of files)
    for (const module of importedModules(texts.get(each) ?? '')) {
      const path = WALKS.test(module) ? undefined : localModule(tree, module, each, aliases.folders)
      if (path !== undefined && texts.has(path)) files.add(path)
    }
  return [...files].map((each) => texts.get(each)!)
}

function addEffects(found: PluginDoubts, code: readonly string[], about: string): void {
  const texts = code.map((text) => text.replace(TYPE_IMPORT, ''))
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text))
  if (has(SETS_IDS)) found.ids ??= doubt('plugin-ids', about)
  if (has(CHANGES_LINKS) || (has(REPLACES_LINKS) && has(LINK_KEYS)))
    found.links ??= doubt('plugin-links', about)
}
