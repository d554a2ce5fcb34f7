import {joinPath} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readAliases} from '../../shared/aliases.ts'
import {scriptAt} from '../../shared/configured-by.ts'
import {appAnchors} from '../../shared/mdx-app/anchors.ts'
import type {App, Section} from '../../shared/mdx-app/context.ts'
import {pluginDoubts} from '../../shared/mdx-app/markdown-plugins.ts'
import {PageTable} from '../../shared/mdx-app/page-table.ts'
import {publishApp, type Source} from '../../shared/mdx-app/publish.ts'
import {readSiteCode, showsPages} from '../../shared/mdx-app/site-code.ts'
import {redirectDoubt} from '../../shared/next/middleware.ts'
import type {SiteAnswers} from '../../types.ts'
import {type NextraConfig, readNextra} from './config.ts'
import {nextraIds} from './heading-ids.ts'
import {pageOf} from './pages.ts'
import {idsOfTitle, TITLES} from './titles.ts'

/** Describe a Nextra site: pages in `content`, in `pages`, and `page.mdx` files of the app router. */
export async function describeNextra(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why, file} = ctx.marker
  const stem = joinPath(root, 'next.config')
  const configFile = file ?? scriptAt(ctx, stem) ?? `${stem}.js`
  const config = await readNextra(ctx, configFile)
  const {prefix, base, hasTrailingSlash} = config
  const texts = await readSiteCode(ctx, prefix)
  const aliases = await readAliases(ctx, root)
  const plugins = pluginDoubts({tree: ctx.tree, texts, aliases}, configFile)
  const app: App = {
    prefix,
    base,
    hasTrailingSlash,
    sections: sectionsOf(ctx, config),
    shows: (each) => showsPages(texts.get(each) ?? ''),
    redirectDoubt: await redirectDoubt(ctx),
    dropsExtension: true,
    otherLinks: plugins.links,
    idSetting: plugins.ids,
  }
  return {
    platform,
    root,
    why,
    syntax: {mdx: true, opaque: [...TITLES], opaqueOutsideCode: true},
    readsAll: true,
    moduleAliases: aliases.written,
    owns: (path) =>
      path.startsWith(prefix) && path.slice(prefix.length).includes('/') && !/(?:^|\/)\./.test(path),
    publish: (pages) => publish({...ctx, ...pages}, config, {app, texts, aliases}),
  }
}

function sectionsOf({lookup}: SiteContext, {prefix, content, contentUrl}: NextraConfig): Section[] {
  const folders = ['pages', 'src/pages', 'app', 'src/app'].map((name) => prefix + name)
  return [
    ...(content === undefined ? [] : [{folder: content, url: contentUrl}]),
    ...folders.filter((folder) => lookup.isFolder(folder)).map((folder) => ({folder, url: ''})),
  ]
}

function publish(
  ctx: SiteContext & PageSource,
  config: NextraConfig,
  site: Pick<Source, 'app' | 'texts' | 'aliases'>,
): SiteAnswers {
  const pages = [...ctx.tree.files].flatMap((file) => pageOf(file, config) ?? [])
  const rules = {
    idsOf: nextraIds,
    idsIn: idsOfTitle,
    isPlain: (name: string) => PLAIN.test(name),
  }
  return publishApp(ctx, {
    ...site,
    table: new PageTable(pages, config.languages),
    anchorsOf: (context, page) => appAnchors(context, page, rules),
  })
}

/** Components of Nextra that add no ids but those that pages give them. */
const PLAIN =
  /^(?:Bleed|Button|Callout|Cards(?:\.Card)?|Card|FileTree(?:\.\w+)?|ImageZoom|Link|Mermaid|Steps|Tabs(?:\.Tab)?|Tab|Table|Banner|Head|Image|Collapse|Popup|Pre|Code)$/
