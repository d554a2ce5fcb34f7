import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderPrefix, isBelow, joinPath, nameOf} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {type Aliases, readAliases} from '../../shared/aliases.ts'
import {scriptAt} from '../../shared/configured-by.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {appAnchors} from '../../shared/mdx-app/anchors.ts'
import type {App, Section} from '../../shared/mdx-app/context.ts'
import {pluginDoubts} from '../../shared/mdx-app/markdown-plugins.ts'
import {PageTable, type PublishedPage} from '../../shared/mdx-app/page-table.ts'
import {type Source as PublishedApp, publishApp} from '../../shared/mdx-app/publish.ts'
import {readSiteCode, showsPages} from '../../shared/mdx-app/site-code.ts'
import {nextSetting} from '../../shared/next/config.ts'
import {redirectDoubt} from '../../shared/next/middleware.ts'
import type {SiteAnswers} from '../../types.ts'
import {type Collection, collectionsOf, inlineCollections} from './collections.ts'
import {fumadocsIds, idsOfSteps} from './heading-ids.ts'
import {INCLUDES, resolveFumadocsInclude} from './includes.ts'
import {collectionsFor, type Loader, loadersOf, type Translations, withNames} from './loaders.ts'
import {publishedPages} from './slugs.ts'

/** Settings that change which ids headings get. */
const OTHER_IDS = /\bremarkHeadingOptions\s*:|\bpreset\s*:\s*['"]minimal/
const USES_LOADER = /\bloader\s*\(/

/** A collection that a loader publishes. */
interface Source extends Section {
  includes(path: string): boolean
  languages?: Translations | undefined
}

/** Describe a Fumadocs site, which publishes the folders of its collections below the URLs of its loaders. */
export async function describeFumadocs(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, marker} = ctx
  const {platform, root, why, file} = marker
  const prefix = folderPrefix(root)
  const code = await readSiteCode(ctx, prefix)
  const aliases = await readAliases(ctx, root)
  const stem = joinPath(root, 'source.config')
  const config = file ?? scriptAt(ctx, stem) ?? `${stem}.ts`
  const sources = await readSources(ctx, config, code, aliases)
  const plugins = pluginDoubts({tree, texts: code, aliases}, config)
  const all = [...code.values()].join('\n')
  const next = scriptAt(ctx, joinPath(root, 'next.config'))
  const base =
    next === undefined
      ? undefined
      : await readModule({tree}, next, undefined, (value) => nextSetting(value, 'basePath'))
  const app: App = {
    prefix,
    base: typeof base === 'string' ? trimBoth(base, '/') : '',
    sections: sources,
    shows: (each) => showsPages(code.get(each) ?? ''),
    redirectDoubt: await redirectDoubt(ctx),
    linksBySource: /\b(?:createRelativeLink|resolveHref|getPageByHref)\b/.test(all),
    hasTrailingSlash: next !== undefined && /\btrailingSlash\s*:\s*true\b/.test(code.get(next) ?? ''),
    hasUnknownRoutes: next === undefined,
    idSetting: OTHER_IDS.test(all) ? doubt('id-setting') : plugins.ids,
    otherLinks: plugins.links,
  }
  return {
    platform,
    root,
    why,
    syntax: {includes: INCLUDES, tagsInHeadings: true},
    readsAll: true,
    moduleAliases: aliases.written,
    owns: (path) => isOwned(path, prefix, sources),
    publish: (pages) => publish({...ctx, ...pages}, sources, {app, texts: code, aliases}),
  }
}

/** Is a file in a collection, or Markdown with components, which other pages or code may import? */
const isOwned = (path: string, prefix: string, sources: readonly Source[]): boolean =>
  sources.some(({folder}) => isBelow(path, folder)) ||
  (path.startsWith(prefix) &&
    path.endsWith('.mdx') &&
    path.slice(prefix.length).includes('/') &&
    !/(?:^|\/)\./.test(path))

async function readSources(
  ctx: SiteContext,
  config: string,
  code: ReadonlyMap<string, string>,
  {folders}: Aliases,
): Promise<Source[]> {
  const {root} = ctx.marker
  const read = (file: string) => readModule({tree: ctx.tree, aliases: folders}, file, '*')
  const collections = collectionsOf(await read(config), root)
  const loaders: Loader[] = []
  for (const [file, text] of code) {
    if (!text.includes('fumadocs-core/source') || !USES_LOADER.test(text)) continue
    loaders.push(...withNames(loadersOf(await read(file)), text))
    if (text.includes('fumadocs-mdx/macro')) collections.push(...inlineCollections(text, root))
  }
  return loaders.length > 0 ? loadedSources(loaders, collections) : guessedSources(collections)
}

const loadedSources = (loaders: readonly Loader[], all: readonly Collection[]): Source[] =>
  loaders.flatMap((loader) =>
    collectionsFor(loader, all).flatMap(({folder, includes}) =>
      folder === undefined
        ? []
        : {
            folder,
            includes,
            url: loader.url ?? nameOf(folder),
            languages: loader.languages,
            mayHaveMore: loader.mayHaveMore,
          },
    ),
  )

/** Without a loader that can be read, the name of a folder is likely that of its URL. */
const guessedSources = (all: readonly Collection[]): Source[] =>
  all.flatMap(({folder, includes}) =>
    folder === undefined
      ? []
      : {folder, includes, url: nameOf(folder), mayHaveMore: doubt('computed-setting', 'baseUrl')},
  )

function publish(
  ctx: SiteContext & PageSource,
  sources: readonly Source[],
  site: Pick<PublishedApp, 'app' | 'texts' | 'aliases'>,
): SiteAnswers {
  const pages: PublishedPage[] = []
  for (const {folder, includes, url, languages} of sources) {
    const files = [...ctx.tree.files].filter(
      (file) => isBelow(file, folder) && isMarkdownFile(file) && includes(file.slice(folder.length + 1)),
    )
    pages.push(...publishedPages(files, folder, url, languages))
  }
  const table = new PageTable(pages, sources.find(({languages}) => languages)?.languages)
  const hasSteps = [...site.texts.values()].some((text) => /\bremarkSteps\b/.test(text))
  const rules = {
    idsOf: fumadocsIds,
    isPlain: (name: string) => PLAIN.test(name),
    ...(hasSteps && {otherIds: idsOfSteps}),
  }
  return publishApp(ctx, {
    ...site,
    table,
    anchorsOf: (context, page) => appAnchors(context, page, rules),
    include: resolveFumadocsInclude,
  })
}

/** Components of Fumadocs that add no ids but those that pages give them. */
const PLAIN =
  /^(?:Accordions?|Banner|Callout(?:Container|Title|Description)?|Cards?|CodeBlock(?:Tabs?|TabsList|TabsTrigger)?|DynamicCodeBlock|Files?|Folder|Graph(?:View)?|ImageZoom|InlineTOC|Link|Mermaid|Steps?|Tabs?(?:\.\w+)?)$/
