import {folded, folderOf, joinPath, nameOf} from '../../../text/paths.ts'
import type {WikiContext} from '../../shared/wikis/describe.ts'
import {WikiPages, withoutPageExtension} from '../../shared/wikis/pages.ts'
import {hyphenated} from '../../shared/wikis/wikilinks.ts'

/** The name of a page in the URL of it: `docs/Set up.md` → `Set-up` */
export const pageName = (path: string): string => hyphenated(withoutPageExtension(nameOf(path)))

/** A wiki on GitHub. */
export class GithubWiki {
  readonly ctx: WikiContext
  /** The folder of the wiki. */
  readonly root: string
  /** The owner and name of the project, if they are known. */
  readonly project: string | undefined
  /** The path of the wiki on its host: `/owner/name/wiki`; empty if it is not known. */
  readonly base: string
  readonly home: string | undefined
  /** The pages by their names, in small letters, wherever they are, and by their paths if in a folder. */
  readonly pages: WikiPages

  constructor(ctx: WikiContext) {
    const {origin, marker, tree} = ctx
    this.ctx = ctx
    this.root = marker.root
    this.project = origin?.kind === 'github' ? origin.project : undefined
    this.base = this.project === undefined ? '' : `/${this.project}/wiki`
    this.home = this.project === undefined ? undefined : `https://${origin!.host}${this.base}`
    this.pages = new WikiPages(tree.files, this.root, keysOf)
  }

  /**
   * The pages of a name, which may have folders: those in that folder, else those of that name in any folder; a slash in the
   * title of a page is a hyphen in its name. Of several, wikilinks lead to the one at the root, and URLs to any.
   */
  pagesOf(name: string): readonly string[] {
    const key = hyphenated(name).toLowerCase()
    const keys = [key, nameOf(key), key.replaceAll('/', '-')]
    const found = keys.map((each) => this.pages.all(each)).find(({length}) => length > 0) ?? []
    const isAtRoot = (page: string) => folderOf(page) === this.root
    return [...found.filter(isAtRoot), ...found.filter((page) => !isAtRoot(page))]
  }

  /** The file at a path, in whatever letter case it is written. */
  file(path: string): string | undefined {
    const {lookup} = this.ctx
    const file = joinPath(this.root, path)
    if (lookup.isFile(file)) return file
    const found = lookup.missing(file)
    return found.to === 'missing' && found.why === 'case' ? found.suggestion : undefined
  }
}

/** A space in a file name may be written as an underscore, too: `Set up.md` is found as `Set_up`. */
function keysOf(name: string): string[] {
  const names = [name, nameOf(name)].map(folded)
  return names.flatMap((each) => [hyphenated(each), hyphenated(each.replace(/\s/g, '_'))])
}
