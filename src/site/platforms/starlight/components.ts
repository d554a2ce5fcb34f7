import {folderOf, joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {Adds, type ComponentCode, componentCode} from '../../shared/component-code.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import type {Aliases} from './aliases.ts'
import {isHarmless} from './packages.ts'

/** Is a component imported from Starlight or Astro? These leave links unchanged, and add only known ids. */
export const isBuiltInComponent = (from: string | undefined): boolean =>
  from !== undefined && /^(?:@astrojs\/starlight\/components|astro:assets|astro:components)$/.test(from)

/** The ids of a component, and of all components that it uses. */
export interface ComponentIds {
  ids: ReadonlySet<string>
  adds: Adds
}

/** Modules that are no components. */
const DATA = /\.(?:ts|js|mjs|json|css|scss|png|jpe?g|gif|svg|webp|avif|ya?ml|txt)(?:\?\w+)?$/
const COMPONENT = /\.(?:astro|tsx|jsx|vue|svelte)$/
const MODULE = /(?<!\.d)\.(?:ts|js|mjs)$/
/** Endings that the import of a component or module may omit. */
const OMITTED = ['.astro', '.tsx', '.jsx', '.vue', '.svelte', '.ts', '.js', '.mjs']
const ENDINGS = ['', ...OMITTED, ...OMITTED.map((end) => `/index${end}`)]

/** The components of a site, whose code is in its source folder. */
export class Components {
  readonly #ctx: SiteContext
  readonly #aliases: Aliases
  readonly #byFile: ReadonlyMap<string, ComponentCode>
  readonly #known = new Map<string, ComponentIds>()
  #allIds: ReadonlySet<string> | undefined

  constructor(ctx: SiteContext, aliases: Aliases, byFile: ReadonlyMap<string, ComponentCode>) {
    this.#ctx = ctx
    this.#aliases = aliases
    this.#byFile = byFile
  }

  /** The file that an import names; undefined for a package, and for a file that is not in the tree. */
  fileOf(from: string, importer: string): string | undefined {
    const path = from.startsWith('.') ? joinPath(folderOf(importer), from) : this.#aliases.pathOf(from)
    if (path === undefined) return
    return ENDINGS.map((end) => path + end).find((file) => this.#ctx.lookup.isFile(file))
  }

  /** What the component of a file adds to a page. */
  of(root: string): ComponentIds {
    const known = this.#known.get(root)
    if (known) return known
    const found = this.#closure(root)
    this.#known.set(root, found)
    return found
  }

  #closure(root: string): ComponentIds {
    const ids = new Set<string>()
    let adds = Adds.Nothing
    const files = new Set([root])
    for (const file of files) {
      const {ids: own, adds: level, uses} = this.#byFile.get(file) ?? unknownFile(file)
      adds = Math.max(adds, level)
      for (const id of own) ids.add(id)
      for (const name of uses) {
        const used = this.fileOf(name, file)
        if (used !== undefined) files.add(used)
        // Modules show nothing by themselves, but may hand components on.
        else if (!MODULE.test(file) && !isBuiltInComponent(name) && !isHarmless(name) && !DATA.test(name))
          adds = Math.max(adds, Adds.Ids)
      }
    }
    return {ids, adds}
  }

  /** The literal ids of all components. */
  get allIds(): ReadonlySet<string> {
    return (this.#allIds ??= new Set([...this.#byFile.values()].flatMap(({ids}) => ids)))
  }
}

/** A file of another kind, or one that could not be read. */
function unknownFile(file: string): ComponentCode {
  const other = /\.mdx?$/.test(file) ? Adds.Content : Adds.Ids
  return {ids: [], adds: DATA.test(file) ? Adds.Nothing : other, uses: []}
}

/** Read the components of a site. */
export async function readComponents(
  ctx: SiteContext,
  sourceFolder: string,
  aliases: Aliases,
): Promise<Components> {
  const byFile = new Map<string, ComponentCode>()
  for (const file of ctx.tree.files) {
    const isComponent = COMPONENT.test(file)
    if (!file.startsWith(`${sourceFolder}/`) || !(isComponent || MODULE.test(file))) continue
    const code = await ctx.tree.read(file).catch(() => undefined)
    if (code === undefined) continue
    const isPage = file.startsWith(`${sourceFolder}/pages/`)
    const module: ComponentCode = {ids: [], adds: Adds.Nothing, uses: importedModules(code)}
    byFile.set(file, isComponent ? componentCode(code, isPage) : module)
  }
  return new Components(ctx, aliases, byFile)
}
