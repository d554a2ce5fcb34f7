import {joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {isUncertain, ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import type {ConfigContext, Content} from './config.ts'
import {addComputed, globsOption, listOf, MOST_ENTRIES, pathValue, routeOf, textOption} from './options.ts'

const EXCLUDED = ['**/_*.{js,jsx,ts,tsx,md,mdx}', '**/_*/**', '**/*.test.{js,jsx,ts,tsx}', '**/__tests__/**']

/** The defaults of an instance. */
const DEFAULTS = {
  docs: {folder: 'docs', route: 'docs', extensions: '{md,mdx}'},
  blog: {folder: 'blog', route: 'blog', extensions: '{md,mdx}'},
  pages: {folder: 'src/pages', route: '', extensions: '{js,jsx,ts,tsx,md,mdx}'},
} as const

/** Blog options for the paths of its lists, without the suffix `BasePath`; their defaults have the same names. */
const BLOG_LISTS = ['tags', 'archive', 'page', 'authors']

/** Add the page folders of a content plugin instance: one per version of docs, else a single one. */
export function addContent(context: ConfigContext, kind: Content['kind'], given: Value): void {
  const {config, root} = context
  const options = given instanceof ObjectValue ? given : new ObjectValue(new Map(), false)
  const isKnown = given === undefined || given === true || given instanceof ObjectValue
  if (!isKnown || options.hasUnknownKeys) addComputed(config, "a plugin's options")
  const id = textOption(context, options, 'id', 'default')
  const folder = options.has('path')
    ? pathValue(root, options.get('path'))
    : joinPath(root, DEFAULTS[kind].folder)
  if (folder === undefined) {
    addComputed(config, 'the folder of pages')
    return
  }
  const route = textOption(context, options, 'routeBasePath', DEFAULTS[kind].route)
  const content: Content = {
    kind,
    plugin: `${kind} ${id}`,
    folder,
    translationFolder: `docusaurus-plugin-content-${kind}${id === 'default' ? '' : `-${id}`}`,
    route: routeOf(route),
    include: globsOption(context, options, 'include', [`**/*.${DEFAULTS[kind].extensions}`]),
    exclude: globsOption(context, options, 'exclude', EXCLUDED),
    stripsNumberPrefixes: options.get('numberPrefixParser') !== false,
    listRoutes: [],
    markdownPlugins: markdownPluginsOf(options),
  }
  if (kind === 'docs') addVersions(context, content, options, id)
  else {
    if (kind === 'blog')
      content.listRoutes = BLOG_LISTS.map((name) =>
        routeOf(`${route}/${textOption(context, options, `${name}BasePath`, name)}`),
      )
    if (roomFor(context, 1) > 0) config.contents.push(content)
  }
}

/** The remark and rehype plugins of a content. */
const markdownPluginsOf = (options: ObjectValue): Content['markdownPlugins'] => ({
  before: listOf(options.get('beforeDefaultRemarkPlugins')),
  after: ['remarkPlugins', 'rehypePlugins', 'beforeDefaultRehypePlugins'].flatMap((key) =>
    listOf(options.get(key)),
  ),
})

/** The number of these page folders that may still be added. */
function roomFor({config}: ConfigContext, count: number): number {
  const room = MOST_ENTRIES - config.contents.length
  if (count > room) addComputed(config, 'one of many folders of pages')
  return Math.min(count, room)
}

/** Add the docs of one instance: a folder for each version. URLs of the latest version contain no version name. */
function addVersions(context: ConfigContext, current: Content, options: ObjectValue, id: string): void {
  const {config, root} = context
  const parser = options.get('numberPrefixParser')
  if (parser !== undefined && typeof parser !== 'boolean')
    current.morePages = doubt('computed-setting', 'numberPrefixParser')
  const generator = options.get('sidebarItemsGenerator')
  if (generator !== undefined) current.sidebarGenerator = generator
  const prefix = id === 'default' ? '' : `${id}_`
  const names = versionNames(context, options, joinPath(root, `${prefix}versions.json`))
  const last = options.get('lastVersion') ?? names.find((name) => name !== 'current') ?? 'current'
  if (typeof last !== 'string' || !areVersionsKnown(options))
    addComputed(config, 'the list of versions', current.route)
  if (names.some((name) => settingOf(options, name) === UNKNOWN))
    addComputed(config, 'the path of a version', current.route)
  const tags = textOption(context, options, 'tagsBasePath', 'tags')
  for (const name of names.slice(0, roomFor(context, names.length))) {
    const route = routeOf(`${current.route}/${versionPath(options, name, name === last)}`)
    const isCurrent = name === 'current'
    config.contents.push({
      ...current,
      folder: isCurrent ? current.folder : joinPath(root, `${prefix}versioned_docs/version-${name}`),
      translationFolder: `${current.translationFolder}/${isCurrent ? name : `version-${name}`}`,
      route,
      // Categories have pages below `category` unless another path is configured.
      listRoutes: [routeOf(`${route}/${tags}`), routeOf(`${route}/category`)],
      ...sidebarsOf(root, prefix, name, options.get('sidebarPath'), current.morePages),
    })
  }
}

/** Are the options that select and configure versions literals? */
function areVersionsKnown(options: ObjectValue): boolean {
  const only = options.get('onlyIncludeVersions')
  const settings = options.get('versions')
  return (
    (only === undefined || Array.isArray(only)) && (settings === undefined || settings instanceof ObjectValue)
  )
}

/** The path that is configured for a version. */
function settingOf(options: ObjectValue, name: string): Value {
  const settings = options.get('versions')
  const setting = settings instanceof ObjectValue ? settings.get(name) : undefined
  return setting instanceof ObjectValue ? setting.get('path') : setting
}

/** The version segment of a version's URLs; empty for the latest one, unless a path is configured. */
function versionPath(options: ObjectValue, name: string, isLast: boolean): string {
  const path = settingOf(options, name)
  if (typeof path === 'string') return path
  if (isLast) return ''
  return name === 'current' ? 'next' : name
}

/** The versions to build, the current one first. */
function versionNames({versionsOf}: ConfigContext, options: ObjectValue, file: string): string[] {
  const isVersioned = options.get('disableVersioning') !== true
  const released = isVersioned ? (versionsOf(file) ?? []) : []
  const hasCurrent = options.get('includeCurrentVersion') !== false && !released.includes('current')
  const only = options.get('onlyIncludeVersions')
  // What is included under a condition does not tell what is included otherwise.
  const kept = Array.isArray(only) && !only.some(isUncertain) ? new Set<Value>(only) : undefined
  return [...(hasCurrent ? ['current'] : []), ...released].filter((name) => !kept || kept.has(name))
}

/** The sidebars file of a version, or the reason why sidebars may add pages. */
function sidebarsOf(
  root: string,
  prefix: string,
  name: string,
  setting: Value,
  morePages: Doubt | undefined,
): Pick<Content, 'sidebars' | 'morePages'> {
  const sidebars =
    name === 'current'
      ? pathValue(root, setting)
      : joinPath(root, `${prefix}versioned_sidebars/version-${name}-sidebars.json`)
  if (sidebars !== undefined) return {sidebars}
  return setting === undefined || setting === false
    ? {}
    : {morePages: morePages ?? doubt('computed-setting', 'a sidebar')}
}
