import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderPrefix, isBelow, joinPath, nameOf} from '../../../text/paths.ts'
import {testDataAround} from '../../../text/test-data.ts'
import type {Tree} from '../../../tree/tree.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import {isLocal, localModule} from '../../shared/javascript/local-module.ts'

/** Code, with the local modules that it imports, directly or not. */
export interface Code {
  texts: readonly string[]
  /** The packages that it imports. */
  packages: ReadonlySet<string>
  /** The Markdown that it imports, and may show. */
  pages: ReadonlySet<string>
  /** The local modules that it imports, and that are not in the tree. */
  missing: ReadonlySet<string>
}

/** More files of code than the plugins and components of any site have. */
const MOST_FILES = 1500
/** The size of all of them, in UTF-16 units. */
const MOST_CODE = 6_000_000
/** Code that imports more modules is not understood. */
const MOST_IMPORTED = 80

const IS_CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/
const ALIASES = ['@site', '@theme', '@theme-original', '@theme-init'] as const

/** The code of a site's plugins and components; it is read, never run. */
export class LocalCode {
  readonly #tree: Tree
  readonly #root: string
  readonly #aliases: Readonly<Record<string, string>>
  readonly #texts = new Map<string, string>()
  readonly #imports = new Map<string, readonly string[]>()
  readonly #code = new Map<string, Code | undefined>()
  #size = 0

  /** @param aliases Folders by the names that specifiers of modules may begin with, besides those of Docusaurus. */
  constructor(tree: Tree, root: string, aliases: Readonly<Record<string, string>> = {}) {
    this.#tree = tree
    this.#root = root
    this.#aliases = aliases
  }

  /** Read files of code, and what they import. */
  async load(files: Iterable<string>): Promise<void> {
    const wanted = [...files]
    for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
      if (this.#texts.has(file) || !IS_CODE.test(file)) continue
      if (this.#texts.size >= MOST_FILES || this.#size >= MOST_CODE) return
      const text = await this.#tree.read(file).catch(() => undefined)
      if (text === undefined) continue
      this.#size += text.length
      this.#texts.set(file, text)
      for (const name of this.#importsOf(file)) {
        const module = this.moduleAt(name, file)
        if (module !== undefined) wanted.push(module)
      }
    }
  }

  /** The text of a file that has been read. */
  textOf(file: string): string | undefined {
    return this.#texts.get(file)
  }

  /** Code that has been read, with all that it imports; undefined if a part of it has not been. */
  of(file: string): Code | undefined {
    if (!this.#code.has(file)) this.#code.set(file, this.#collect([file]))
    return this.#code.get(file)
  }

  /** The code of a part of a file, with what the file imports. */
  partOf(file: string, start: number, end: number): Code | undefined {
    const text = this.#texts.get(file)
    return text === undefined
      ? undefined
      : {texts: [text.slice(start, end)], packages: new Set(), pages: new Set(), missing: new Set()}
  }

  /** The code of a package whose folder is in the tree. */
  async ofPackage(name: string): Promise<Code | undefined> {
    const ending = `${nameOf(name)}/package.json`
    for (const file of this.#tree.files) {
      if (file !== ending && !file.endsWith(`/${ending}`)) continue
      const text = await this.#tree.read(file).catch(() => '')
      if (!text.includes(`"name": "${name}"`)) continue
      const folder = file.slice(0, -'/package.json'.length)
      const files = [...this.#tree.files].filter(
        (each) => isBelow(each, folder) && IS_CODE.test(each) && testDataAround(each) === undefined,
      )
      await this.load(files)
      return this.#collect(files)
    }
    return
  }

  /** The file of a module: a path from the file that imports it, or below an alias such as `@site`. */
  moduleAt(specifier: string, from: string): string | undefined {
    const theme = joinPath(this.#root, 'src/theme')
    const aliases = Object.fromEntries(
      ALIASES.map((alias) => [alias, alias === '@site' ? this.#root : theme]),
    )
    // Docusaurus adds the site's folder to the roots of webpack, so that `/a` is a file in it.
    return localModule(this.#tree, specifier, from, {...this.#aliases, ...aliases, '': this.#root})
  }

  /** The file of a plugin that a configuration names by its path. */
  pluginAt(path: string): string | undefined {
    return localModule(this.#tree, `./${path}`, `${folderPrefix(this.#root)}docusaurus.config.js`)
  }

  /** The file at a path from the tree's root, whose extension may be omitted. */
  fileAt(path: string): string | undefined {
    return localModule(this.#tree, `./${path}`, 'docusaurus.config.js')
  }

  #importsOf(file: string): readonly string[] {
    let found = this.#imports.get(file)
    if (!found) this.#imports.set(file, (found = importedModules(this.#texts.get(file) ?? '')))
    return found
  }

  #collect(files: readonly string[]): Code | undefined {
    const seen = new Set(files)
    const texts: string[] = []
    const packages = new Set<string>()
    const pages = new Set<string>()
    const missing = new Set<string>()
    const add = (name: string, from: string) => {
      const module = this.moduleAt(name, from)
      if (module === undefined) (isLocal(name) ? missing : packages).add(name)
      else if (IS_CODE.test(module)) seen.add(module)
      else if (isMarkdownFile(module)) pages.add(module)
    }
    for (const file of seen) {
      const text = this.#texts.get(file)
      if (text === undefined || seen.size > MOST_IMPORTED) return
      texts.push(text)
      for (const name of this.#importsOf(file)) add(name, file)
    }
    return {texts, packages, pages, missing}
  }
}
