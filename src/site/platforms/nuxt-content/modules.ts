import {joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {
  CallValue,
  type ObjectValue,
  OptionalValue,
  UNKNOWN,
  type Value,
} from '../../shared/javascript/values.ts'

/** Modules that add no pages, and no files but those with names of their own, such as `/_ipx/…`. */
const ADDS_NONE =
  /^(?:@nuxt(?:js|hub|-themes)?\/|@(?:vueuse|pinia|unocss|vite-pwa)\/|docus$|nuxt-(?:og-image|llms|studio|gtag|icon|security|site-config|schema-org|seo-utils|component-meta|auth-utils|twoslash|content-twoslash|svgo|umami|vitalizer)$|(?:\.\.\/)+src\/module$)/

/** Code that adds pages, handlers or files. */
const ADDS =
  /extendPages|pages:extend|addServerHandler|publicAssets|addPrerenderRoutes|extendRouteRules|writeFile/
/** Code that changes what is read from files. */
const CHANGES = /content:file:(?:before|after)Parse/

/** What the modules and hooks of a configuration may add or change. */
export interface ModuleDoubts {
  pages?: Doubt
  ids?: Doubt
}

/** Find out what modules may add: those of the configuration, and those of the folder `modules/`. */
export async function doubtsOfModules(
  ctx: SiteContext,
  config: ObjectValue | undefined,
  layers: readonly string[],
): Promise<ModuleDoubts> {
  const found: ModuleDoubts = {}
  const listed = config?.get('modules')
  for (const each of Array.isArray(listed) ? (listed as readonly Value[]) : []) {
    const name = nameOfModule(each)
    if (name === undefined) found.pages ??= doubt('plugin-pages', 'a module')
    else if (/^[.~@]{1,2}\//.test(name)) await addLocal(ctx, found, name)
    else if (!ADDS_NONE.test(name)) found.pages ??= doubt('plugin-pages', `the module ${name}`)
  }
  const folders = layers.map((layer) => `${joinPath(layer, 'modules')}/`)
  for (const file of ctx.tree.files)
    if (/\.[cm]?[jt]s$/.test(file) && folders.some((folder) => file.startsWith(folder)))
      await addCode(ctx, found, file)
  return found
}

/** The name of a module: `'a'`, `['a', {…}]`; undefined for one that is computed. */
function nameOfModule(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (value instanceof OptionalValue) return nameOfModule(value.value)
  if (Array.isArray(value)) return nameOfModule(value[0] as Value)
  return value instanceof CallValue && typeof value.args[0] === 'string' ? value.args[0] : undefined
}

async function addLocal(ctx: SiteContext, found: ModuleDoubts, name: string): Promise<void> {
  const path = joinPath(ctx.marker.root, name.replace(/^[~@]{1,2}\//, ''))
  const file = [path, `${path}/index`, `${path}/module`]
    .flatMap((stem) => ['', '.ts', '.js', '.mjs'].map((end) => stem + end))
    .find((each) => ctx.lookup.isFile(each))
  if (file === undefined) found.pages ??= doubt('plugin-pages', `the module ${name}`)
  else await addCode(ctx, found, file)
}

async function addCode({tree}: SiteContext, found: ModuleDoubts, file: string): Promise<void> {
  const code = await tree.read(file).catch(() => '')
  if (ADDS.test(code)) found.pages ??= doubt('code-pages', file)
  if (CHANGES.test(code)) found.ids ??= doubt('plugin-ids', file)
}

/** Is a value of a configuration computed, so that it may be anything? */
export const isComputed = (value: Value): boolean => value === UNKNOWN || value instanceof CallValue
