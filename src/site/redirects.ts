import type {TreeContext} from './platform.ts'
import {isRedirectFile, readRedirectFile} from './redirect-files.ts'
import {isTableFor} from './redirect-owners.ts'
import type {Redirect} from './redirect-rule.ts'
import type {RedirectTable} from './redirect-table.ts'

/** Read every redirect table in a tree, of hosts and of generators. */
export async function readRedirects(ctx: TreeContext): Promise<Redirects> {
  const all = ctx.tree.files
  const files = [...all].filter((file) => isRedirectFile(file) && !file.includes('node_modules/'))
  const tables = files.map(async (file) => {
    try {
      return [await readRedirectFile(ctx, file)]
    } catch (error) {
      if (!ctx.fail) throw error
      ctx.fail(file, `redirects of ${file}`, error)
      return []
    }
  })
  return new Redirects((await Promise.all(tables)).flat())
}

/** Further tables are ignored. */
const MOST_TABLES = 200

/** The redirects of a tree. */
export class Redirects {
  readonly #tables: readonly RedirectTable[]

  constructor(tables: readonly RedirectTable[]) {
    this.#tables = tables.filter((table) => !table.isEmpty)
  }

  /**
   * Look up a URL path in the tables of a site: those in its folder, which is given, and above.
   *
   * @param paths The path in the forms that hosts may use: with and without the site's base.
   * @param source The source file that the link points to, for tables of source files.
   * @param host The host of the URL, if it is known.
   */
  *find(
    root: string,
    paths: readonly string[],
    source: string,
    host: string | undefined,
  ): Generator<Redirect> {
    const computed: string[] = []
    for (const [index, table] of this.#tables.entries()) {
      const {file} = table
      // Beyond the limit, an unread table may redirect anything.
      if (index === MOST_TABLES) return yield {file}
      if (!isTableFor(file, root)) continue
      for (const found of table.find(paths, source, host)) yield {...found, file}
      if (table.isComputed) computed.push(file)
    }
    // Those that are known say more.
    for (const file of computed) yield {isApproximate: true, file}
  }
}
