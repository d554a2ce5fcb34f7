import {folderOf, isBelow, joinPath, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection} from '../../platform.ts'
import {groupBy} from '../group-by.ts'
import {originOf, type WikiHost} from './origin.ts'

/** The extensions of pages that hosts show, by which start pages are looked for. */
const EXTENSIONS = [
  'md',
  'markdown',
  'mediawiki',
  'asciidoc',
  'adoc',
  'rst',
  'textile',
  'org',
  'creole',
  'rdoc',
]

const named = (...stems: readonly string[]): string[] =>
  stems.flatMap((stem) => EXTENSIONS.map((extension) => `${stem}.${extension}`))

/** The file in the wikis of GitLab that says which pages were renamed. */
export const GITLAB_REDIRECTS = '.gitlab/redirects.yml'

/** The start page of a wiki, the pages that are shown beside each page, and {@link GITLAB_REDIRECTS}. */
export const WIKI_FILES: readonly string[] = [
  ...named('Home', 'home', '_Sidebar', '_sidebar', '_Footer', '_footer'),
  nameOf(GITLAB_REDIRECTS),
]

/** Is a file, by its name, the start page of a wiki? */
export const isHome = (file: string) => /^home\./i.test(nameOf(file))

/**
 * Find wikis by their start page `Home` and either a page that is shown beside every page or, at the root of a
 * repository, the lack of a README; or by redirects on GitLab. The repository of a wiki itself needs only one of them.
 *
 * @param files The files named {@link WIKI_FILES}.
 */
export async function findWikis(
  host: WikiHost,
  files: readonly string[],
  tree: Tree,
): Promise<readonly Detection[]> {
  const folders = groupBy(files, rootOf)
  const origin = folders.has('') ? await originOf(tree) : undefined
  const found: Detection[] = []
  for (const [root, names] of folders) {
    const isRepository = root === '' && origin?.isWiki === true
    if (!isRepository && !isWiki(root, names, tree)) continue
    const kind = names.some(isRedirects) ? 'gitlab' : (isRepository && origin?.kind) || kindOf(names)
    if (kind === host) found.push({root, file: names.find(isHome) ?? names[0]!})
  }
  return found.filter(({root}) => !found.some((other) => other.root !== root && isBelow(root, other.root)))
}

/** Does only a page `Home` show a wiki, which other collections of pages have, too? */
export const isOnlyHome = (root: string, {files}: Tree): boolean =>
  !WIKI_FILES.some((name) => !isHome(name) && files.has(joinPath(root, name))) &&
  !files.has(joinPath(root, GITLAB_REDIRECTS))

const isRedirects = (file: string) => `/${file}`.endsWith(`/${GITLAB_REDIRECTS}`)

/** The folder of the wiki that a file shows; undefined for another file of the name. */
function rootOf(file: string): string | undefined {
  if (isRedirects(file)) return file.slice(0, -GITLAB_REDIRECTS.length - 1)
  return nameOf(file) === nameOf(GITLAB_REDIRECTS) ? undefined : folderOf(file)
}

const isWiki = (root: string, files: readonly string[], tree: Tree): boolean =>
  files.some(isRedirects) ||
  (files.some(isHome) && (!files.every(isHome) || (root === '' && !hasReadme(tree))))

/** GitLab names these pages in small letters. */
const kindOf = (files: readonly string[]): WikiHost =>
  files.every((file) => /^_?[a-z]/.test(nameOf(file))) ? 'gitlab' : 'github'

function hasReadme({files}: Tree): boolean {
  for (const file of files) if (/^readme\.\w+$/i.test(file)) return true
  return false
}
