import {folderOf, joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import type {Aliases} from '../../shared/aliases.ts'
import {Adds, type ComponentCode, componentCode} from '../../shared/component-code.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import {type Export, namedImports, reexports} from '../../shared/named-imports.ts'
import {isHarmless} from './packages.ts'

/** Is a component one of Astro's language, which shows what is in it? */
export const isFragment = (name: string, from: string | undefined): boolean =>
  name === 'Fragment' && from === undefined

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

/** The code of a component or module. */
interface File extends ComponentCode {
  /** The exports of a module that only re-exports those of others. */
  exports?: ReadonlyMap<string, Export> | undefined
}

/** The components of a site, whose code is in its source folder. */
export class Components {
  readonly #ctx: SiteContext
  readonly #aliases: Aliases
  readonly #byFile: ReadonlyMap<string, File>
  readonly #known = new Map<string, ComponentIds>()
  #allIds: ReadonlySet<string> | undefined

  constructor(ctx: SiteContext, aliases: Aliases, byFile: ReadonlyMap<string, File>) {
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

  /** The ids and content that a component adds to a page: the only one of a file, or a named export. */
  of(root: string, name?: string): ComponentIds {
    const key = keyOf({file: root, name})
    const known = this.#known.get(key)
    if (known) return known
    const found = this.#closure({file: root, name})
    this.#known.set(key, found)
    return found
  }

  #closure(root: Used): ComponentIds {
    const ids = new Set<string>()
    let adds = Adds.Nothing
    const all = new Map([[keyOf(root), root]])
    for (const used of all.values()) {
      const code = this.#byFile.get(used.file) ?? unknownFile(used.file)
      for (const id of code.ids) ids.add(id)
      const {files, isClosed} = this.#usedBy(code, used)
      for (const each of files) all.set(keyOf(each), each)
      adds = Math.max(adds, code.adds, isClosed ? Adds.Nothing : Adds.Ids)
    }
    return {ids, adds}
  }

  /** The files that code uses, and whether it shows nothing else. */
  #usedBy(code: File, {file, name}: Used): {files: Used[]; isClosed: boolean} {
    const uses = usesOf(code, name).map((each) => ({...each, file: this.fileOf(each.from, file)}))
    return {
      files: uses.flatMap(({file: used, names}) =>
        used === undefined ? [] : names.map((each) => ({file: used, name: each})),
      ),
      // Modules show nothing by themselves, but may hand components on.
      isClosed:
        MODULE.test(file) || uses.every(({file: used, from}) => used !== undefined || addsNoIds(from)),
    }
  }

  /** The literal ids of all components. */
  get allIds(): ReadonlySet<string> {
    return (this.#allIds ??= new Set([...this.#byFile.values()].flatMap(({ids}) => ids)))
  }
}

const addsNoIds = (name: string): boolean => isBuiltInComponent(name) || isHarmless(name) || DATA.test(name)

/** A component or module, of which only one export is used unless that is undefined. */
interface Used {
  file: string
  name: string | undefined
}

const keyOf = ({file, name = ''}: Used): string => `${file}\n${name}`

const ALL = [undefined]

/** The modules that code uses, with the exports that it uses of each, for one of its own exports. */
function usesOf(
  {exports, names, uses}: File,
  name: string | undefined,
): {from: string; names: readonly (string | undefined)[]}[] {
  const handedOn = name === undefined ? undefined : exports?.get(name)
  if (handedOn) return [{from: handedOn.from, names: [handedOn.name]}]
  return uses.map((from) => ({from, names: names.get(from) ?? ALL}))
}

const NO_NAMES: ComponentCode['names'] = new Map()

/** A file of another kind, or one that could not be read. */
function unknownFile(file: string): ComponentCode {
  const other = /\.mdx?$/.test(file) ? Adds.Content : Adds.Ids
  return {ids: [], adds: DATA.test(file) ? Adds.Nothing : other, uses: [], names: NO_NAMES}
}

/** Read the components of a site. */
export async function readComponents(
  ctx: SiteContext,
  sourceFolder: string,
  aliases: Aliases,
): Promise<Components> {
  const byFile = new Map<string, File>()
  for (const file of ctx.tree.files) {
    const isComponent = COMPONENT.test(file)
    if (!file.startsWith(`${sourceFolder}/`) || !(isComponent || MODULE.test(file))) continue
    const code = await ctx.tree.read(file).catch(() => undefined)
    if (code === undefined) continue
    const isPage = file.startsWith(`${sourceFolder}/pages/`)
    byFile.set(file, isComponent ? componentCode(code, isPage) : moduleCode(code))
  }
  return new Components(ctx, aliases, byFile)
}

const moduleCode = (code: string): File => ({
  ids: [],
  adds: Adds.Nothing,
  uses: importedModules(code),
  names: namedImports(code),
  exports: reexports(code),
})
