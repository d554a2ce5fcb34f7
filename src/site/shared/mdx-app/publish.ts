import type {Page} from '../../../page/types.ts'
import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {encodePath} from '../../../text/urls.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Anchors, SiteAnswers} from '../../types.ts'
import type {Aliases} from '../aliases.ts'
import {CodeRoutes} from '../next/code-routes.ts'
import {AppComponents} from './components.ts'
import type {App, AppContext} from './context.ts'
import {resolveLink} from './links.ts'
import type {PageTable} from './page-table.ts'

/** The code of an application, and what its generator makes of that and of pages. */
export interface Source {
  app: App
  table: PageTable
  /** The code of the application, by its files. */
  texts: ReadonlyMap<string, string>
  aliases: Aliases
  anchorsOf(context: AppContext, page: Page): Anchors
  /** Find a file that a page includes. */
  include?: AppContext['include']
}

/** The answers of an application about its pages. */
export function publishApp(
  ctx: SiteContext & PageSource,
  {app, table, texts, aliases, anchorsOf, include}: Source,
): SiteAnswers {
  const code = new CodeRoutes(ctx.tree, app.prefix, table.languages)
  const components = new AppComponents(ctx, texts, aliases)
  const context: AppContext = {...ctx, app, table, code, components, aliases, ...(include && {include})}
  return {
    ...(include && {include: (link, from) => include(context, link, from)}),
    urlsOf: (path) => urlsOf(context, path).map((url) => absolute(app, url, path)),
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: (page) => anchorsOf(context, page),
    writeLink: (to, like) => {
      const [url] = like.startsWith('/') ? urlsOf(context, to) : []
      if (url === undefined) return
      const path = `/${joined(hasBase(app, like) ? app.base : '', url)}`
      return encodePath(path) + (/.\/$/.test(like) && path !== '/' ? '/' : '')
    },
  }
}

const joined = (base: string, url: string) => [base, url].filter(Boolean).join('/')

function absolute({base, hasTrailingSlash}: App, url: string, file: string): string {
  const path = `/${joined(base, url)}`
  return hasTrailingSlash && isMarkdownFile(file) && path !== '/' ? `${path}/` : path
}

const hasBase = ({base}: App, url: string) => base !== '' && `${url}/`.startsWith(`/${base}/`)

/** The URL paths of a page or static file below the base, without slashes at their ends. */
function urlsOf({app, table}: AppContext, file: string): string[] {
  const assets = `${app.prefix}public/`
  return file.startsWith(assets) ? [file.slice(assets.length)] : table.urlsOf(file)
}
