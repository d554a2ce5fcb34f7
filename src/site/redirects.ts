import {folderOf, isAtOrBelow} from '../text/paths.ts'
import type {TreeContext} from './platform.ts'
import {isRedirectFile, readRedirectFile} from './redirect-files.ts'
import type {RedirectTable} from './redirect-table.ts'

/** Where a host sends a reader who asks for a URL path. */
export interface Redirect {
  /** The new URL, or path; absent where the table says it in a way that is not understood. */
  to?: string
  /** The file that says so. */
  file: string
}

/** Read every table of redirects in a tree, for the hosts and generators that keep them in files of their own. */
export async function readRedirects(ctx: TreeContext): Promise<Redirects> {
  const files = [...ctx.tree.files].filter((file) => isRedirectFile(file) && !file.includes('node_modules/'))
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

/** More tables are not looked at. */
const MOST_TABLES = 200

/** The redirects of a tree. */
export class Redirects {
  readonly #tables: readonly RedirectTable[]

  constructor(tables: readonly RedirectTable[]) {
    this.#tables = tables.filter((table) => !table.isEmpty)
  }

  /**
   * Look a URL path up in the tables of a site: those in its folder, and those above it.
   *
   * @param root The site's folder, from the tree's root.
   * @param paths The path as hosts may write it: with and without the site's base.
   * @param source The source file that the link leads to, for tables of source files.
   */
  find(root: string, paths: readonly string[], source: string): Redirect | undefined {
    for (const [index, table] of this.#tables.entries()) {
      const {file} = table
      // Where there are so many, one more may redirect anything.
      if (index === MOST_TABLES) return {file}
      const found = isTableFor(folderOf(file), root) ? table.find(paths, source) : undefined
      if (found) return {...found, file}
    }
    return
  }
}

/** Does a table in a folder hold for a site? It is above it, or as near as `public/` and `src/static/` are. */
function isTableFor(folder: string, root: string): boolean {
  if (isAtOrBelow(root, folder)) return true
  // What lies deeper is a fixture, or belongs to another program.
  return isAtOrBelow(folder, root) && folder.slice(root.length).split('/').filter(Boolean).length <= 2
}
