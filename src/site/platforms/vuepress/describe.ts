import {folderOf, folderPrefix, foldersUpFrom, joinPath} from '../../../text/paths.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readData, readValue, record} from '../../shared/data.ts'
import {jsonValue, readModule, type Use} from '../../shared/javascript/read.ts'
import {CallValue, FunctionValue, ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import {readComponents} from '../../shared/vue/components.ts'
import {doubtsOfPlugins} from '../../shared/vue/markdown-plugins.ts'
import {vuepressAnchors} from './anchors.ts'
import {readVuepress} from './config.ts'
import type {VuepressContext} from './context.ts'
import {resolveVuepressInclude} from './includes.ts'
import {resolveLink, writeLink} from './links.ts'
import {listPatterns} from './more-pages.ts'
import {Routes} from './routes.ts'
import {vuepressSyntax} from './syntax.ts'
import {versionsOf} from './versions.ts'

const EXTENSIONS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs', 'yml', 'yaml', 'toml']

/** Describe a VuePress site: links resolve to pages by source file or route, and to files of the public folder. */
export async function describeVuepress(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, marker} = ctx
  const {platform, root, why} = marker
  const {config, ...facts} = await readConfigFiles(ctx)
  const before = new Routes(tree, config)
  const clients = ['client', 'enhanceApp', 'clientAppEnhance'].flatMap((name) =>
    EXTENSIONS.map((end) => joinPath(root, `.vuepress/${name}.${end}`)),
  )
  const components = await readComponents(ctx, clients, joinPath(root, '.vuepress/components'))
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => before.owns(path),
    syntax: vuepressSyntax(config, components.linkProps()),
    readsAll: true,
    publish: (pages) => {
      const routes = new Routes(tree, config, (path) => pages.page(path))
      const context: VuepressContext = {
        ...ctx,
        ...pages,
        ...facts,
        config,
        routes,
        components,
        lists: listPatterns(config.more),
      }
      const urlsOf = (path: string) => (config.otherRoutes ? [] : routes.urlsOf(path).slice(0, 1))
      return {
        urlsOf,
        writeLink: (to, like, from) => writeLink(context, urlsOf, to, like, from),
        resolve: (link, from) => resolveLink(context, link, from),
        include: (link, from) => resolveVuepressInclude(context, link, from),
        anchorsOf: (page) => vuepressAnchors(context, page),
      }
    },
  }
}

/** Read the configuration, the code beside it, and the packages that the site depends on. */
async function readConfigFiles(
  ctx: SiteContext,
): Promise<Pick<VuepressContext, 'config' | 'otherIds' | 'runFrom'>> {
  const {tree, lookup, marker} = ctx
  const {root} = marker
  const own =
    marker.file ??
    EXTENSIONS.map((extension) => joinPath(root, `.vuepress/config.${extension}`)).find((file) =>
      lookup.isFile(file),
    )
  const isData = own !== undefined && /\.(?:ya?ml|toml)$/.test(own)
  const parts = isData ? [] : codeBeside(ctx)
  const codes = await Promise.all(parts.map((file) => tree.read(file).catch(() => '')))
  const text = codes.join('\n')
  const files = [...foldersUpFrom(root)]
    .map((folder) => joinPath(folder, 'package.json'))
    .filter((file) => lookup.isFile(file))
  const manifests = await Promise.all(files.map((file) => readData({tree}, file)))
  const dependencies = manifests.flatMap(({dependencies, devDependencies}) =>
    Object.keys({...record(dependencies), ...record(devDependencies)}),
  )
  const versions = versionsOf(manifests, isData ? undefined : text)
  // Other code runs in the browser.
  const ofMarkdown = parts.filter((file, at) => file === own || /markdown/i.test(codes[at]!))
  const plugins = await doubtsOfPlugins(ctx, ofMarkdown)
  return {
    config: readVuepress(await readExported(ctx, own, isData), root, {text, versions, dependencies}),
    otherIds: plugins.ids,
    runFrom: new Set([...files.map(folderOf), root, '']),
  }
}

/** More code than configurations consist of. */
const MOST_FILES = 200

/** The code in the folder of the configuration, without components, what is published, and what builds leave. */
function codeBeside({tree, marker}: SiteContext): string[] {
  const prefix = `${folderPrefix(marker.root)}.vuepress/`
  const isCode = (file: string) =>
    file.startsWith(prefix) &&
    /\.[cm]?[jt]s$/.test(file) &&
    !/^(?:public|dist|components|\.temp|\.cache)\//.test(file.slice(prefix.length))
  return [...tree.files].filter(isCode).slice(0, MOST_FILES)
}

async function readExported(ctx: SiteContext, own: string | undefined, isData: boolean): Promise<Value> {
  if (own === undefined) return UNKNOWN
  return isData ? jsonValue(await readValue(ctx, own)) : readModule(ctx, own, undefined, withoutHelper)
}

/** `defineUserConfig({…})` and other functions with such a name return the configuration that they get. */
const withoutHelper: Use = (exported, apply) => {
  if (!(exported instanceof CallValue) || !/^(?:define\w*|config)$/.test(exported.name)) return exported
  const given = exported.args.find((each) => each instanceof ObjectValue || each instanceof FunctionValue)
  return given instanceof FunctionValue ? apply(given, [UNKNOWN]) : given
}
