import {joinPath} from '../../text/paths.ts'
import {trimEnd} from '../../text/trim.ts'
import type {SiteContext} from '../platform.ts'
import {readData, record} from './data.ts'

/** The folders that imports and images name by aliases: `~/a.png`, `@components/A.astro`. */
export class Aliases {
  readonly #folders: ReadonlyMap<string, string>
  readonly #written: ReadonlyMap<string, string>

  /**
   * Create the aliases of a site.
   *
   * @param written Folders by the prefixes that stand for them, with trailing slashes: `@/` → `docs/src/`.
   * @param assumed Those that no configuration states.
   */
  constructor(written: ReadonlyMap<string, string>, assumed: ReadonlyMap<string, string>) {
    this.#written = written
    this.#folders = new Map([...written, ...[...assumed].filter(([alias]) => !written.has(alias))])
  }

  /** The folders by the names that stand for them: `@` → `docs/src`. */
  get folders(): Readonly<Record<string, string>> {
    return withoutSlashes(this.#folders)
  }

  /** The same, without those that no configuration states. */
  get written(): Readonly<Record<string, string>> {
    return withoutSlashes(this.#written)
  }

  /** The path of a file named by an alias; undefined if there is none. */
  pathOf(name: string): string | undefined {
    const prefix = [...this.#folders.keys()].find((each) => name.startsWith(each))
    return prefix === undefined ? undefined : joinPath(this.#folders.get(prefix)!, name.slice(prefix.length))
  }
}

const withoutSlashes = (folders: ReadonlyMap<string, string>) =>
  Object.fromEntries([...folders].map(([alias, folder]) => [trimEnd(alias, '/'), trimEnd(folder, '/')]))

/** Read the aliases in the `tsconfig.json` of a site; `~` and `@` commonly stand for the source folder. */
export async function readAliases(ctx: SiteContext, sourceFolder: string): Promise<Aliases> {
  const {root} = ctx.marker
  const folders = new Map<string, string>()
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    const options = record((await readData({tree: ctx.tree}, joinPath(root, name))).compilerOptions)
    const base = joinPath(root, typeof options.baseUrl === 'string' ? options.baseUrl : '')
    for (const [alias, targets] of Object.entries(record(options.paths))) {
      const target: unknown = Array.isArray(targets) ? targets[0] : undefined
      if (typeof target === 'string' && alias.endsWith('/*') && target.endsWith('/*'))
        folders.set(alias.slice(0, -1), joinPath(base, target.slice(0, -1)))
    }
  }
  return new Aliases(folders, new Map(['~/', '@/'].map((alias) => [alias, sourceFolder])))
}
