import {joinPath, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {doubt} from '../../doubts.ts'
import {FolderSet} from '../../shared/folders.ts'
import {idsOfTheme, loadComponents, loadMoreComponents} from './components.ts'
import type {DocusaurusConfig} from './config.ts'
import {LocalCode} from './local-code.ts'
import {extendsSyntax, stateMarkdownEffects} from './markdown-plugins.ts'
import {categoryFileRoutes, type ReadFile, sidebarRoutes} from './sidebars.ts'
import {SourceFiles} from './sources.ts'
import {mayThemeChangeLinks} from './theme-links.ts'
import {statePluginAdditions} from './unlisted-plugins.ts'

/** The parts of a site that are read before its pages. */
export interface SiteFiles {
  config: DocusaurusConfig
  sources: SourceFiles
  /** The routes of the category pages that sidebars define. */
  categoryRoutes: ReadonlySet<string>
  /** Paths that Git ignores, where a build may create files. */
  ignoredByGit: FolderSet
  /** The code of plugins and components. */
  code: LocalCode
  /** The code of the configuration. */
  configTexts: readonly string[]
  /** Ids that swizzled theme components may add to every page. */
  themeIds: ReadonlySet<string>
}

/** Read the files of a site that determine URLs and ids besides its configuration, and record their effects in it. */
export async function readSiteFiles(
  tree: Tree,
  {root, file}: {root: string; file: string | undefined},
  config: DocusaurusConfig,
  read: ReadFile,
): Promise<SiteFiles> {
  const sources = new SourceFiles(config, root)
  for (const content of config.contents)
    if (content.kind !== 'pages' && !tree.folders.has(content.folder))
      content.morePages ??= doubt('code-pages', 'the build')
  const code = new LocalCode(tree, root, config.aliases)
  await loadComponents(tree, root, code)
  if (file !== undefined) await code.load([file])
  await statePluginAdditions(config, root, code)
  for (const content of config.contents) {
    await stateMarkdownEffects(content, code)
    config.hasPlainMdx &&= !(await extendsSyntax(content, code))
  }
  if (mayThemeChangeLinks(root, code))
    config.linkComponent = doubt('plugin-links', "the theme's link component")
  await loadMoreComponents(tree, root, config, code)
  const categoryRoutes = new Set([
    ...(await sidebarRoutes(config, code, read)),
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
    code,
    configTexts: (file === undefined ? undefined : code.of(file))?.texts ?? [],
    themeIds: idsOfTheme(tree, root, config, code),
  }
}

/** The folders and files that a `.gitignore` names by path, rather than by pattern. */
const pathsIn = (gitignore: string, folder: string) =>
  gitignore
    .split('\n')
    .map((line) => line.trim().replace(/(?:\/\*{0,2})$/, ''))
    .filter((line) => /^\/?[^\s#!*?[\]/]+\/[^#!*?[\]]*$|^\/[^*?[\]]+$/.test(line))
    .map((line) => joinPath(folder, line.replace(/^\//, '')))

/** A patch of the packages that make the ids of headings, as patch-package, pnpm and Yarn keep it. */
const PATCH = /(?:^|\/)patches\/@docusaurus(?:\+|__|-)(?:core|mdx-loader|utils)\b[^/]*\.patch$/

/** The file of a site's configuration, the versions listed in its files, and a patch of Docusaurus itself. */
export async function findConfigFiles(
  tree: Tree,
  root: string,
  read: ReadFile,
): Promise<{
  file: string | undefined
  versions: ReadonlyMap<string, readonly string[]>
  patch: string | undefined
}> {
  const versions = new Map<string, string[]>()
  let config: string | undefined
  let patch: string | undefined
  for (const file of tree.files) {
    if (file.endsWith('.patch') && PATCH.test(file)) patch ??= file
    const name = pathBelow(file, root)
    if (name === undefined || name.includes('/')) continue
    if (/docusaurus\.config\.[cm]?[jt]s$/.test(name)) config ??= file
    if (name.endsWith('versions.json')) versions.set(file, namesIn(await read(file)))
  }
  return {file: config, versions, patch}
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
