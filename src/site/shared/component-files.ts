import {folderOf, joinPath} from '../../text/paths.ts'
import type {Aliases} from './aliases.ts'
import {Adds, type ComponentCode, componentCode} from './component-code.ts'
import {importedModules} from './imported-modules.ts'
import type {Lookup} from './lookup.ts'
import {type Export, namedImports, reexports} from './named-imports.ts'

/** The ids of a component, and of all components that it uses. */
export interface ComponentIds {
  ids: ReadonlySet<string>
  adds: Adds
}

/** Modules that are not components. */
const DATA = /\.(?:ts|js|mjs|json|css|scss|png|jpe?g|gif|svg|webp|avif|ya?ml|txt)(?:\?\w+)?$/
const COMPONENT = /\.(?:astro|tsx|jsx|vue|svelte)$/
const MODULE = /(?<!\.d)\.(?:ts|js|mjs)$/
/** Endings that the import of a component or module may omit. */
const OMITTED = ['.astro', '.tsx', '.jsx', '.vue', '.svelte', '.ts', '.js', '.mjs']
const ENDINGS = ['', ...OMITTED, ...OMITTED.map((end) => `/index${end}`)]

/** The code of a component or module. */
export interface CodeFile extends ComponentCode {
  /** The exports of a module that only re-exports those of others. */
  exports?: ReadonlyMap<string, Export> | undefined
}

/** How the components of a site are found. */
interface ComponentSources {
  lookup: Lookup
  aliases: Aliases
  /** Does a module that is not in the tree add no ids? */
  addsNoIds(name: string): boolean
}

/** The components of a site, whose code is in the tree. */
export class ComponentFiles {
  readonly #sources: ComponentSources
  readonly #byFile: ReadonlyMap<string, CodeFile>
  readonly #known = new Map<string, ComponentIds>()
  #allIds: ReadonlySet<string> | undefined

  constructor(sources: ComponentSources, byFile: ReadonlyMap<string, CodeFile>) {
    this.#sources = sources
    this.#byFile = byFile
  }

  /** The file that an import names; undefined for a package, and for a file that is not in the tree. */
  fileOf(from: string, importer: string): string | undefined {
    const {aliases, lookup} = this.#sources
    const path = from.startsWith('.') ? joinPath(folderOf(importer), from) : aliases.pathOf(from)
    if (path === undefined) return
    return ENDINGS.map((end) => path + end).find((file) => lookup.isFile(file))
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
  #usedBy(code: CodeFile, {file, name}: Used): {files: Used[]; isClosed: boolean} {
    const uses = usesOf(code, name).map((each) => ({...each, file: this.fileOf(each.from, file)}))
    return {
      files: uses.flatMap(({file: used, names}) =>
        used === undefined ? [] : names.map((each) => ({file: used, name: each})),
      ),
      // Modules show nothing by themselves, but may hand components on.
      isClosed:
        MODULE.test(file) ||
        uses.every(
          ({file: used, from}) => used !== undefined || DATA.test(from) || this.#sources.addsNoIds(from),
        ),
    }
  }

  /** The literal ids of all components. */
  get allIds(): ReadonlySet<string> {
    return (this.#allIds ??= new Set([...this.#byFile.values()].flatMap(({ids}) => ids)))
  }
}

/** A component or module, of which only one export is used unless that is undefined. */
interface Used {
  file: string
  name: string | undefined
}

const keyOf = ({file, name = ''}: Used): string => `${file}\n${name}`

const ALL = [undefined]

/** The modules that code uses, with the exports that it uses of each, for one of its own exports. */
function usesOf(
  {exports, names, uses}: CodeFile,
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

/**
 * Read the code of a component or module.
 *
 * @param isPage Is it a page of a site, so that an entry that it renders is the page itself?
 * @returns undefined for other files
 */
export function codeFileOf(file: string, code: string, isPage = false): CodeFile | undefined {
  if (COMPONENT.test(file)) return componentCode(code, isPage)
  return MODULE.test(file) ? moduleCode(code) : undefined
}

/** Is a file that of a component or module? */
export const isCodeFile = (file: string): boolean => COMPONENT.test(file) || MODULE.test(file)

const moduleCode = (code: string): CodeFile => ({
  ids: [],
  adds: Adds.Nothing,
  uses: importedModules(code),
  names: namedImports(code),
  exports: reexports(code),
})
