import {joinPath} from '../../../text/paths.ts'
import {FolderSet} from '../../shared/folders.ts'
import {readCode} from '../../shared/javascript.ts'
import type {Lookup} from '../../shared/lookup.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Marker, PageSource, Site} from '../../types.ts'
import {docusaurusSite} from './links.ts'
import {readDocusaurus} from './read-config.ts'
import {keyOf, SourceFiles} from './sources.ts'

/** Read the configuration of a site that was found, and make it. */
export async function makeDocusaurus(world: PageSource, lookup: Lookup, marker: Marker): Promise<Site> {
  const {root} = marker
  const prefix = root ? `${root}/` : ''
  const read = async (file: string) => (lookup.isFile(file) ? world.tree.read(file).catch(() => '') : '')
  const versions = new Map<string, string[]>()
  let name: string | undefined
  for (const file of world.tree.files) {
    if (!file.startsWith(prefix) || file.indexOf('/', prefix.length) >= 0) continue
    if (/docusaurus\.config\.[cm]?[jt]s$/.test(file)) name ??= file
    if (/versions\.json$/.test(file)) versions.set(file, namesIn(await read(file)))
  }
  const value = await readCode(name === undefined ? '' : await read(name))
  const config = readDocusaurus(value, root, (file) => versions.get(file))
  if (!config) return unknownRouting(world, lookup, 'docusaurus', root, marker.why)
  const sources = new SourceFiles(config, root)
  const texts: [route: string, text: string][] = []
  for (const content of config.contents) {
    if (content.kind !== 'pages' && !lookup.isFolder(content.folder))
      content.morePages ??= 'its folder is not in the tree'
    if (content.kind !== 'docs') continue
    const text = content.sidebars === undefined ? '' : (await read(content.sidebars)).replace(NO_VALUES, '')
    if (/\brequire\(|\bimport\b|\.\.\.|=>/.test(text)) content.morePages ??= 'sidebars are computed'
    texts.push([content.route, text])
  }
  for (const file of world.tree.files) {
    const source = /(?:^|\/)_category_\.(?:json|ya?ml)$/.test(file) ? sources.of(file) : undefined
    if (source) texts.push([source.content.route, await read(file)])
  }
  const categoryRoutes = new Set<string>()
  for (const [route, text] of texts)
    for (const [, slug] of text.matchAll(/\bslug['"]?\s*:\s*['"`]?([^'"`\s,}]+)/g))
      categoryRoutes.add(keyOf(`${route}/${slug}`))
  const ignored = (
    await Promise.all(
      [...new Set(['', root])].map(async (folder) =>
        ignoredIn(await read(joinPath(folder, '.gitignore')), folder),
      ),
    )
  ).flat()
  const themeIds = new Set<string>()
  for (const file of world.tree.files) {
    if (!file.startsWith(`${prefix}src/theme/`)) continue
    const text = await read(file)
    for (const [, id] of text.matchAll(/\bid=\{?["']([^"']+)["']/g)) themeIds.add(id!)
    if (
      /\/(?:MDXComponents\/)?Heading[./]/.test(file) ||
      (file.includes('MDXComponents') && /\bh[1-6]\s*[:(=]/.test(text))
    )
      config.otherIds ??= 'the site has headings of its own'
  }
  return docusaurusSite(world, lookup, marker, {
    config,
    sources,
    categoryRoutes,
    ignoredByGit: new FolderSet(ignored),
    themeIds,
  })
}

/** Comments and imports of types, which every new site's sidebars begin with. */
const NO_VALUES = /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|^import type\s.*$|(?<=^|\s)\/\/.*$/gm

/** The folders and files that a `.gitignore` names by their paths. */
const ignoredIn = (text: string, folder: string) =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/(?:\/\*{0,2})$/, ''))
    .filter((line) => /^\/?[^\s#!*?[\]/]+\/[^#!*?[\]]*$|^\/[^*?[\]]+$/.test(line))
    .map((line) => joinPath(folder, line.replace(/^\//, '')))

/** The names in a file of versions. */
function namesIn(text: string): string[] {
  try {
    const names: unknown = JSON.parse(text)
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}
