import {folderPrefix, joinPath, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {doubt} from '../../doubts.ts'
import {FolderSet} from '../../shared/folders.ts'
import type {DocusaurusConfig} from './config.ts'
import {keyOf} from './page-urls.ts'
import {SourceFiles} from './sources.ts'

/** The parts of a site that are read before its pages. */
export interface SiteFiles {
  config: DocusaurusConfig
  sources: SourceFiles
  /** The routes of the category pages that sidebars define. */
  categoryRoutes: ReadonlySet<string>
  /** Paths that Git ignores, where a build may create files. */
  ignoredByGit: FolderSet
  /** Ids that swizzled theme components may add to every page. */
  themeIds: ReadonlySet<string>
}

/** Reads the text of a file; empty if it does not exist or cannot be read. */
type ReadFile = (file: string) => Promise<string>

/** Comments, and the type imports at the top of sidebars in new sites. */
const WITHOUT_VALUES = /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|^import type\s.*$|(?<=^|\s)\/\/.*$/gm
/** Code that computes sidebars. */
const COMPUTES = /\brequire\(|\bimport\b|\.\.\.|=>/
const SLUG = /\bslug['"]?\s*:\s*['"`]?([^'"`\s,}]+)/g
const CATEGORY_FILE = /(?:^|\/)_category_\.(?:json|ya?ml)$/

/** Read the files of a site that determine URLs and ids besides its configuration, and record their effects in it. */
export async function readSiteFiles(
  tree: Tree,
  root: string,
  config: DocusaurusConfig,
  read: ReadFile,
): Promise<SiteFiles> {
  const sources = new SourceFiles(config, root)
  for (const content of config.contents)
    if (content.kind !== 'pages' && !tree.folders.has(content.folder))
      content.morePages ??= doubt('code-pages', 'the build')
  const categoryRoutes = new Set([
    ...(await sidebarRoutes(config, read)),
    ...(await categoryFileRoutes(tree, sources, read)),
  ])
  const gitignores = await Promise.all(
    [...new Set(['', root])].map(async (folder) =>
      pathsIn(await read(joinPath(folder, '.gitignore')), folder),
    ),
  )
  return {
    config,
    sources,
    categoryRoutes,
    ignoredByGit: new FolderSet(gitignores.flat()),
    themeIds: await readTheme(tree, root, config, read),
  }
}

/** The routes that sidebars give to generated category pages. */
async function sidebarRoutes({contents}: DocusaurusConfig, read: ReadFile): Promise<string[]> {
  const routes: string[] = []
  for (const content of contents) {
    if (content.kind !== 'docs' || content.sidebars === undefined) continue
    const text = (await read(content.sidebars)).replace(WITHOUT_VALUES, '')
    if (COMPUTES.test(text)) content.morePages ??= doubt('computed-setting', 'a sidebar')
    routes.push(...slugsIn(text, content.route))
  }
  return routes
}

/** The routes that files such as `_category_.json` give to generated pages. */
async function categoryFileRoutes(tree: Tree, sources: SourceFiles, read: ReadFile): Promise<string[]> {
  const routes: string[] = []
  for (const file of tree.files) {
    const source = CATEGORY_FILE.test(file) ? sources.of(file) : undefined
    if (source) routes.push(...slugsIn(await read(file), source.content.route))
  }
  return routes
}

const slugsIn = (text: string, route: string) =>
  [...text.matchAll(SLUG)].map(([, slug]) => keyOf(`${route}/${slug}`))

/** The ids in swizzled theme components. */
async function readTheme(
  tree: Tree,
  root: string,
  config: DocusaurusConfig,
  read: ReadFile,
): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const file of tree.files) {
    if (!file.startsWith(`${folderPrefix(root)}src/theme/`)) continue
    const text = await read(file)
    for (const [, id] of text.matchAll(/\bid=\{?["']([^"']+)["']/g)) ids.add(id!)
    if (replacesHeadings(file, text)) config.otherIds ??= doubt('plugin-ids', "the theme's heading component")
  }
  return ids
}

const replacesHeadings = (file: string, text: string) =>
  /\/(?:MDXComponents\/)?Heading[./]/.test(file) ||
  (file.includes('MDXComponents') && /\bh[1-6]\s*[:(=]/.test(text))

/** The folders and files that a `.gitignore` names by path, rather than by pattern. */
const pathsIn = (gitignore: string, folder: string) =>
  gitignore
    .split('\n')
    .map((line) => line.trim().replace(/(?:\/\*{0,2})$/, ''))
    .filter((line) => /^\/?[^\s#!*?[\]/]+\/[^#!*?[\]]*$|^\/[^*?[\]]+$/.test(line))
    .map((line) => joinPath(folder, line.replace(/^\//, '')))

/** The file of a site's configuration, and the versions listed in its files. */
export async function findConfigFiles(
  tree: Tree,
  root: string,
  read: ReadFile,
): Promise<{file: string | undefined; versions: ReadonlyMap<string, readonly string[]>}> {
  const versions = new Map<string, string[]>()
  let config: string | undefined
  for (const file of tree.files) {
    const name = pathBelow(file, root)
    if (name === undefined || name.includes('/')) continue
    if (/docusaurus\.config\.[cm]?[jt]s$/.test(name)) config ??= file
    if (name.endsWith('versions.json')) versions.set(file, namesIn(await read(file)))
  }
  return {file: config, versions}
}

/** The names listed in a versions file. */
function namesIn(text: string): string[] {
  try {
    const names: unknown = JSON.parse(text)
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}
