import {folderPrefix, foldersUpFrom, isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {record} from '../../shared/data.ts'
import {readDependencies} from '../../shared/package-manifest.ts'
import type {HexoConfig} from './config.ts'

/** The effects of the packages and scripts of a site on its URLs and ids. */
export interface Plugins {
  /** The renderer of Markdown; `other` if its ids are not known. */
  renderer: 'marked' | 'markdown-it' | 'other'
  /** Its major version, if it is known. */
  version?: number | undefined
  /** It resolves images against the root of the site; undefined if that is not known. */
  prependsRoot: boolean | undefined
  /** It finds images in the folder beside a post. */
  findsPostAssets: boolean
  /** Something may add pages. */
  pages: Doubt | undefined
  /** Something may change where links lead. */
  links: Doubt | undefined
  /** Something may change where images lead. */
  images: Doubt | undefined
  /** Something may change ids. */
  ids: Doubt | undefined
  /** The scripts in the browser that set ids or follow fragments, by their names. */
  inBrowser: ReadonlyMap<string, string>
  /** The tags that scripts of the site define and that write no ids. */
  plainTags: ReadonlySet<string>
  /** The URLs that scripts of the site generate, without a leading slash. */
  generated: ReadonlySet<string>
  /** Something makes redirects of `alias` in front matter and the configuration. */
  hasAliases: boolean
}

/** Packages that add no pages and ids to link to, and leave links unchanged. */
const HARMLESS =
  /^hexo-(?:(?:cli|server|browsersync|util|fs|log|i18n|math|admin|toc|wordcount|uglify|deployer-.+|tag-.+|tags?|clean-css|all-minifier|html-minifier|minify|offline|pwa|neat|optimize|compress|lazyload.*|lazyload-image|symbols-count-time|word-counter|reading-time|abbrlink|blog-encrypt|algolia.*|algoliasearch|bing-.+|auto-category|douban|swpp|live2d.*|helper-live2d|cake-.+|hide-posts|prism-plus|prism-plugin|pangu|baidu-url-submit|excerpt|auto-excerpt|autonofollow|autoprefixer|codepen.*|related-popular-posts|git-backup|helper-.+|inject|helpers?)|filter-(?:nofollow|mathjax|katex|mermaid-diagrams|flowchart|sequence|plantuml|emoji|github-emojis|cleanup|optimize|auto-spacing|nested-lists?|external-?link)|generator-(?:index.*|archive|category|tag|feed|feed2|sitemap|seo-friendly-sitemap|baidu-sitemap|search|searchdb|json-.+|robotstxt|cname|alias|seo.*)|renderer-.+|theme-.+)$/
/** Packages that change where images lead. */
const OF_IMAGES = /^hexo-.*(?:im(?:g|age)|asset|cdn)/

/** Read the packages and scripts of a site. */
export async function readPlugins(ctx: SiteContext, config: HexoConfig): Promise<Plugins> {
  const packages = await readPackages(ctx)
  const names = Object.keys(packages).filter((name) => /^(?:@[^/]+\/)?hexo-/.test(name))
  const images = names.find((name) => OF_IMAGES.test(name))
  const unknown = names.filter((name) => !HARMLESS.test(name) && !OF_IMAGES.test(name))
  const other = unknown[0] === undefined ? undefined : `the plugin ${unknown[0]}`
  const filter = unknown.find((name) => !name.startsWith('hexo-generator-'))
  const changing = filter === undefined ? undefined : `the plugin ${filter}`
  const scripts = await readScripts(ctx.tree, ctx.marker.root, config)
  const renderers = names.filter((name) =>
    /^hexo-renderer-(?!ejs|stylus|sass|scss|less|pug|jade|swig|nunjucks|postcss|dart|node-sass|coffeescript|haml|handlebars|babel)/.test(
      name,
    ),
  )
  return {
    ...readRenderer(renderers, packages, config),
    pages: scripts.pages ?? (other === undefined ? undefined : doubt('plugin-pages', other)),
    links: scripts.links ?? (changing === undefined ? undefined : doubt('plugin-links', changing)),
    images: images === undefined ? undefined : doubt('plugin-links', `the plugin ${images}`),
    plainTags: scripts.plainTags,
    generated: scripts.generated,
    ids: scripts.ids ?? (changing === undefined ? undefined : doubt('plugin-ids', changing)),
    inBrowser: await readBrowserScripts(ctx.tree, ctx.marker.root, config),
    hasAliases: Object.keys(packages).some((name) => /alias|redirect/.test(name)),
  }
}

/** The renderer; the one of a new site if no package is known, since themes and monorepos may not name it. */
function readRenderer(
  renderers: readonly string[],
  packages: Readonly<Record<string, unknown>>,
  {marked, markdown, hasPostAssets}: HexoConfig,
): Pick<Plugins, 'renderer' | 'version' | 'prependsRoot' | 'findsPostAssets'> {
  const [name = 'other', ...others] = renderers
  if (others.length === 0 && name === 'hexo-renderer-markdown-it') {
    const {prepend_root: prepends, post_asset: findsPostAssets} = record(markdown.images)
    const prependsRoot = Boolean(prepends || findsPostAssets)
    return {renderer: 'markdown-it', prependsRoot, findsPostAssets: Boolean(findsPostAssets) && hasPostAssets}
  }
  if (others.length > 0 || name !== 'hexo-renderer-marked')
    return {renderer: 'other', prependsRoot: undefined, findsPostAssets: hasPostAssets}
  const isSet = typeof marked.prependRoot === 'boolean' ? marked.prependRoot : undefined
  const version = majorOf(packages[name])
  // It does so since its version 5.
  const prependsRoot = isSet ?? (version === undefined ? undefined : version >= 5)
  return {
    renderer: 'marked',
    version,
    prependsRoot,
    findsPostAssets: Boolean(marked.postAsset) && hasPostAssets,
  }
}

/** The major version of a range: `^7.0.0` → 7. */
const majorOf = (version: unknown): number | undefined => {
  const [major] = (typeof version === 'string' && /\d+/.exec(version)) || []
  return major === undefined ? undefined : Number(major)
}

/** The dependencies of the nearest `package.json` that names Hexo, with their versions. */
async function readPackages(ctx: SiteContext): Promise<Record<string, unknown>> {
  for (const folder of foldersUpFrom(ctx.marker.root)) {
    const file = joinPath(folder, 'package.json')
    const all = ctx.tree.files.has(file) ? await readDependencies(ctx, file) : {}
    if (Object.keys(all).some((name) => /^hexo(?:-|$)/.test(name))) return all
  }
  return {}
}

/** Code that adds pages. */
const ADDS_PAGES = /\bgenerator\.register\b|\broute\.set\b/
/** Code that changes pages, before or after they are rendered. */
const SEES_PAGES =
  /\b(?:(?:before|after)_post_render|after_render:html|marked:\w+|markdown-it:renderer)\b|\brenderer\.register\b/

const OF_LINKS = /href|url|link/i
const OF_IDS = /\bid\b|anchor|heading/i

/** The name of a tag that code defines. */
const TAG = /\btag\.register\(\s*(['"])([\w-]+)\1/g
/** Code that may write ids, or show a file. */
const WRITES_IDS = /\b(?:id|name)\b|Attribute|\breadFile/

/** The path of a page that code generates, and whether that is known: `path: '404.html'`. */
const PATH = /\bpath\s{0,9}:\s{0,9}(?:(?:'([^'\n]{1,200})'|"([^"\n]{1,200})")(?=\s{0,99}[,}])|\S)/g

/** The URLs that code generates if it names all of them. */
function pathsIn(code: string): string[] | undefined {
  const paths = [...code.matchAll(PATH)].map(([, single, double]) => single ?? double)
  return paths.length === 0 || /\broute\.set\b/.test(code) || paths.includes(undefined)
    ? undefined
    : paths.flatMap((path) => path ?? [])
}

/** The effects of the scripts of a site and its theme. */
interface FromScripts extends Pick<Plugins, 'pages' | 'links' | 'ids'> {
  plainTags: Set<string>
  generated: Set<string>
}

/** The doubts that the scripts of a site and its theme raise, and the tags that they define; they are never run. */
async function readScripts(tree: Tree, root: string, {theme}: HexoConfig): Promise<FromScripts> {
  const folders = ['scripts', ...(theme === undefined ? [] : [`themes/${theme}/scripts`])]
  const found: FromScripts = {
    pages: undefined,
    links: undefined,
    ids: undefined,
    plainTags: new Set(),
    generated: new Set(),
  }
  for (const file of tree.files) {
    if (!file.endsWith('.js') || !folders.some((folder) => isBelow(file, joinPath(root, folder)))) continue
    addScript(found, `the script ${pathBelow(file, root)}`, await tree.read(file).catch(() => ''))
  }
  return found
}

function addScript(found: FromScripts, name: string, code: string): void {
  if (!WRITES_IDS.test(code)) for (const [, , tag] of code.matchAll(TAG)) found.plainTags.add(tag!)
  if (ADDS_PAGES.test(code)) {
    const paths = pathsIn(code)
    if (!paths) found.pages ??= doubt('code-pages', name)
    for (const path of paths ?? []) found.generated.add(path)
  }
  if (!SEES_PAGES.test(code)) return
  if (OF_LINKS.test(code)) found.links ??= doubt('plugin-links', name)
  if (OF_IDS.test(code)) found.ids ??= doubt('plugin-ids', name)
}

/** The folder of the files that a theme publishes, if it is in the tree. */
export const themeFolder = (root: string, {theme}: HexoConfig): string | undefined =>
  theme === undefined ? undefined : `${folderPrefix(root)}themes/${theme}/source`

/** Code that sets ids, or reads the fragment of the URL. */
const SEES_FRAGMENTS = /\bsetAttribute\(\s*['"]id['"]|\.id\s*=[^=]|\blocation\.hash\b/
/** Longer scripts are libraries. */
const LONGEST_SCRIPT = 100_000

async function readBrowserScripts(
  tree: Tree,
  root: string,
  config: HexoConfig,
): Promise<Map<string, string>> {
  const scripts = new Map<string, string>()
  const theme = themeFolder(root, config)
  for (const file of tree.files) {
    const isPublished = isBelow(file, config.source) || (theme !== undefined && isBelow(file, theme))
    if (!isPublished || !file.endsWith('.js') || /\.min\.js$|(?:^|\/)lib\//.test(file)) continue
    const code = await tree.read(file).catch(() => '')
    if (code.length <= LONGEST_SCRIPT && SEES_FRAGMENTS.test(code)) scripts.set(pathBelow(file, root)!, code)
  }
  return scripts
}
