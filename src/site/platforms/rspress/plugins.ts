import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import {localModule} from '../../shared/javascript/local-module.ts'
import {
  CallValue,
  FunctionValue,
  ObjectValue,
  OptionalValue,
  UNKNOWN,
  type Value,
} from '../../shared/javascript/values.ts'

/** What the plugins of a site add or change. */
export interface PluginEffects {
  redirects: Record<string, string>
  morePages?: Doubt
  moreRedirects?: Doubt
  otherLinks?: Doubt
  otherIds?: Doubt
}

/** Plugins that add neither pages, redirects nor ids, or only files that are known: feeds, sitemaps, texts for programs. */
const ADDS_NONE =
  /^(?:@rspress\/plugin-(?:algolia|container-syntax|last-updated|llms|medium-zoom|playground|preview|rss|shiki|sitemap|twoslash|auto-nav-sidebar|api-docgen)|rspress-plugin-(?:align-image|file-tree|font-open-sans|google-analytics|katex|mermaid|og|sitemap|supersub|translate|gh-pages|reading-time|vercel-analytics|devkit)|rsbuild-plugin-[\w-]+|@rsbuild\/[\w-]+|@callstack\/rspress-theme)(?:\/|$)/
const REDIRECTS = '@rspress/plugin-client-redirects'

/** Code of a plugin that adds pages. */
const ADDS_PAGES = /\baddPages\b|\brouteGenerated\b|writeFile|\baddSSGRoutes\b/
const CHANGES_MARKDOWN = /\b(?:re(?:mark|hype)Plugins|replaceRules|modifySource)\b/
/** More modules than a configuration has. */
const MOST_MODULES = 100

/** Read the plugins of a configuration. */
export async function readPlugins(ctx: SiteContext, value: Value): Promise<PluginEffects> {
  const found: PluginEffects = {redirects: {}}
  if (value === undefined) return found
  const all: readonly Value[] = Array.isArray(value) ? value.flat(2) : [UNKNOWN]
  for (const each of all) await addPlugin(ctx, found, each instanceof OptionalValue ? each.value : each)
  return found
}

async function addPlugin(ctx: SiteContext, found: PluginEffects, plugin: Value): Promise<void> {
  if (!plugin) return
  const file = plugin instanceof FunctionValue ? plugin.file : undefined
  if (plugin instanceof CallValue && plugin.module !== undefined)
    await addCall(ctx, found, plugin, plugin.module)
  else if (file !== undefined) await addCode(ctx, found, file)
  else if (plugin instanceof ObjectValue) addObject(found, plugin)
  else found.morePages ??= doubt('plugin-pages', 'a plugin')
}

async function addCall(
  ctx: SiteContext,
  found: PluginEffects,
  {args}: CallValue,
  name: string,
): Promise<void> {
  if (name === REDIRECTS) addRedirects(found, args[0])
  else if (name.startsWith('@rspress/plugin-typedoc')) found.morePages ??= doubt('plugin-pages', name)
  else if (!ADDS_NONE.test(name)) await addModule(ctx, found, name)
}

function addObject(found: PluginEffects, plugin: ObjectValue): void {
  if (plugin.has('addPages')) found.morePages ??= doubt('plugin-pages', 'a plugin')
  if (plugin.has('markdown')) found.otherIds ??= doubt('plugin-ids', 'a plugin')
}

async function addModule(ctx: SiteContext, found: PluginEffects, name: string): Promise<void> {
  const {tree, marker} = ctx
  const from = marker.file ?? `${marker.root}/rspress.config.ts`
  const file = localModule(tree, name, from)
  if (file !== undefined) await addCode(ctx, found, file)
  else {
    found.morePages ??= doubt('plugin-pages', name)
    found.otherIds ??= doubt('plugin-ids', name)
  }
}

/** Find out what the code of a plugin and the modules that it imports may add. */
async function addCode({tree}: SiteContext, found: PluginEffects, file: string): Promise<void> {
  const modules = new Set([file])
  for (const each of modules) {
    if (modules.size > MOST_MODULES) break
    const code = await tree.read(each).catch(() => '')
    if (ADDS_PAGES.test(code)) found.morePages ??= doubt('code-pages', each)
    if (CHANGES_MARKDOWN.test(code)) found.otherIds ??= doubt('plugin-ids', each)
    for (const name of importedModules(code)) {
      const module = localModule(tree, name, each)
      if (module !== undefined && !module.endsWith('.json')) modules.add(module)
    }
  }
}

/** Add the redirects of `pluginClientRedirects({redirects: [{from: '/a', to: '/b'}]})`. */
function addRedirects(found: PluginEffects, options: Value): void {
  const list = options instanceof ObjectValue ? options.get('redirects') : UNKNOWN
  const rules: readonly Value[] = Array.isArray(list) ? list : [list]
  for (const rule of rules) {
    const [from, to] = rule instanceof ObjectValue ? [rule.get('from'), rule.get('to')] : []
    const sources: readonly Value[] = Array.isArray(from) ? from : [from]
    for (const source of sources) {
      // A text with signs of an expression is one.
      const isPlain =
        typeof source === 'string' && typeof to === 'string' && !/[\\^$*+?()[\]{}|]/.test(source)
      if (isPlain) found.redirects[source] = to
      else found.moreRedirects ??= doubt('computed-redirects')
    }
  }
}
