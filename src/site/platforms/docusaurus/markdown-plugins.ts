import {type Doubt, doubt} from '../../doubts.ts'
import {FunctionValue, OptionalValue, type Value} from '../../shared/javascript/values.ts'
import type {Content} from './config.ts'
import type {Code, LocalCode} from './local-code.ts'
import {LOCAL, namedEntry} from './options.ts'

/** Remark and rehype plugins that add neither links nor ids, or only ids that headings have anyway. */
const HARMLESS =
  /^(?:|@docusaurus\/remark-plugin-npm2yarn|remark-(?:math|gfm|emoji|smartypants|mermaid[\w-]*|typescript-tools|github-admonitions-to-directives|code-[\w-]+|codesandbox|prism|breaks|directive|toc|kroki[\w-]*|plantuml|images?[\w-]*|deflist|definition-list|unwrap-images|docusaurus-tabs|sub-super)|rehype-(?:katex|mathjax|external-links|slug|autolink-headings|prism[\w-]*|highlight|pretty-code|shiki|img-size|citation)|@shikijs\/rehype|mdx-mermaid|docusaurus-remark-plugin-[\w-]*tabs?[\w-]*|@akebifiky\/remark-simple-plantuml)$/
/** Names of plugins whose subject is links. */
const ABOUT_LINKS = /link|url|href|path|base|wiki|rewrite|relative/i

/** Code that sets ids, adds headings, or parses HTML or Markdown. */
const SETS_IDS =
  /(?:^|[^.\w-])['"]?id['"]?\s*:|\.id\s*=(?!=)|['"]id['"]|\bdepth\s*:|type\s*:\s*['"](?:heading|html|raw|jsx|import|mdxjsEsm)\b|fromMarkdown|remark-parse|\bunified\b|slug/i
/** An import of types, which do nothing. */
const TYPE_IMPORT = /^import\s+type\s[^'"]*['"][^'"\n]*['"]/gm
/** Code that changes the text of headings before they get ids. */
const CHANGES_TEXT = /\.value\s*=(?!=)/
/** Code that changes the URLs of links and images. */
const CHANGES_LINKS = /\.(?:url|href|src)\s*=(?!=)|\[['"](?:url|href|src)['"]\]\s*=(?!=)/
const REPLACES_LINKS = /['"](?:link|image|a|img|definition)['"]/
const LINK_KEYS = /\b(?:url|href|src)\s*[:,]/

/** Plugins that extend the syntax which is parsed. */
const EXTENDS_SYNTAX = /^remark-(?:math|deflist|definition-list|sub-super)$/

/** Does a content's plugin extend the syntax of its pages, or may it? */
export async function extendsSyntax({markdownPlugins}: Content, code: LocalCode): Promise<boolean> {
  for (const plugin of [...markdownPlugins.before, ...markdownPlugins.after]) {
    const [name = ''] = namedEntry(plugin)
    if (/^@?[\w-]*\/?rehype-/.test(name) || (HARMLESS.test(name) && !EXTENDS_SYNTAX.test(name))) continue
    const found = HARMLESS.test(name) ? undefined : await codeOf(plugin, name, code)
    if (!found || found.texts.some((text) => text.includes('micromark'))) return true
  }
  return false
}

/** State the changes that a content's remark and rehype plugins may make to its pages. */
export async function stateMarkdownEffects(content: Content, code: LocalCode): Promise<void> {
  const {before, after} = content.markdownPlugins
  // Only those before the default ones run before Docusaurus reads links to files, and generates ids.
  for (const plugin of before) {
    const {ids, links} = await effectsOf(plugin, code, true)
    if (links) content.otherSources ??= links
    if (links) content.otherUrls ??= links
    if (ids) content.otherIds ??= ids
  }
  for (const plugin of after) {
    const {ids, links} = await effectsOf(plugin, code, false)
    if (links) content.otherUrls ??= links
    if (ids) content.otherIds ??= ids
  }
}

async function effectsOf(
  plugin: Value,
  code: LocalCode,
  isBefore: boolean,
): Promise<{ids?: Doubt; links?: Doubt}> {
  const [name = ''] = namedEntry(plugin)
  if (HARMLESS.test(name)) return {}
  const about = doubt('plugin-ids', name === LOCAL ? 'a Markdown plugin' : `the Markdown plugin ${name}`)
  const links = doubt('plugin-links', about.about)
  const found = await codeOf(plugin, name, code)
  if (!found) return ABOUT_LINKS.test(name) || name === LOCAL ? {ids: about, links} : {ids: about}
  const texts = found.texts.map((text) => text.replace(TYPE_IMPORT, ''))
  const has = (pattern: RegExp) => texts.some((text) => pattern.test(text))
  const setsIds = has(SETS_IDS) || (isBefore && has(CHANGES_TEXT))
  const changesLinks = has(CHANGES_LINKS) || (has(REPLACES_LINKS) && has(LINK_KEYS))
  return {...(setsIds && {ids: about}), ...(changesLinks && {links})}
}

/** The code of a plugin that is a function, a file or a package of the tree. */
export async function codeOf(entry: Value, name: string, code: LocalCode): Promise<Code | undefined> {
  const found = entry instanceof OptionalValue ? entry.value : entry
  const plugin = Array.isArray(found) ? found[0] : found
  if (plugin instanceof FunctionValue && plugin.file !== undefined) {
    await code.load([plugin.file])
    const {start, end} = plugin.node as unknown as {start: number; end: number}
    return name === LOCAL ? code.partOf(plugin.file, start, end) : code.of(plugin.file)
  }
  const file = code.fileAt(name) ?? code.pluginAt(name)
  if (file === undefined) return code.ofPackage(name)
  await code.load([file])
  return code.of(file)
}
