import {folderPrefix, joinPath} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {hiddenReferences, whyHiddenReferences} from '../../shared/html-blocks.ts'
import {writePathOrUrl} from '../../shared/write-link.ts'
import type {SiteAnswers, SiteLink} from '../../types.ts'
import {jekyllAnchors} from './anchors.ts'
import {type JekyllConfig, readJekyllConfig} from './config.ts'
import {readOtherFrontMatter} from './front-matter.ts'
import {resolveJekyllInclude} from './includes.ts'
import {type JekyllSite, resolveJekyllLink} from './links.ts'
import {writeLiquid} from './liquid-links.ts'
import {type Plugins, readPlugins} from './plugins.ts'
import {JekyllRoutes} from './routes.ts'
import {jekyllSyntax} from './syntax.ts'
import {readTemplateIds, type TemplateIds} from './template-ids.ts'
import {type Copied, readCopied} from './workflows.ts'

/** Read the configuration of a Jekyll site. */
export async function describeJekyll(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup, marker} = ctx
  const {root} = marker
  const file = ['_config.yml', '_config.yaml']
    .map((name) => joinPath(root, name))
    .find((path) => lookup.isFile(path))
  const data = file === undefined ? {} : await readData(ctx, file)
  const config = readJekyllConfig(data)
  const redirectsPages = config.redirectsPages && !(await hasOwnRedirects(ctx))
  return jekyllSite(
    ctx,
    {...config, redirectsPages},
    {
      frontMatter: await readOtherFrontMatter(tree, root),
      plugins: await readPlugins(ctx, data, root),
      templates: await readTemplateIds(tree, root),
      copied: await readCopied(tree),
    },
  )
}

/** Does a layout of the site make the URL that a page redirects to, instead of the one that jekyll-redirect-from gives it? */
async function hasOwnRedirects({tree, lookup, marker}: SiteContext): Promise<boolean> {
  const layout = joinPath(marker.root, '_layouts/redirect.html')
  return lookup.isFile(layout) && !/\bpage\.redirect\.to\b/.test(await tree.read(layout).catch(() => ''))
}

/** The facts about a site from files other than its configuration and its pages. */
export interface Beside {
  /** The front matter of files other than Markdown, by path. */
  frontMatter: ReadonlyMap<string, Record<string, unknown>>
  plugins: Plugins
  templates: TemplateIds
  /** The files that a workflow may copy from another repository before the build. */
  copied?: Copied | undefined
}

/** Describe a Jekyll site, whose links are followed on the published site and in the repository. */
export function jekyllSite(ctx: SiteContext, config: JekyllConfig, beside: Beside): SiteDescription {
  const {platform, root, why} = ctx.marker
  return {
    platform,
    root,
    why,
    syntax: jekyllSyntax(config.kramdown === undefined, config.markdownInHtml, config),
    readsAll: true,
    ...(config.baseurl === '' && {sharesHost: true as const}),
    ...(config.home !== undefined && {home: config.home}),
    publish: (pages) => publishJekyll(ctx, pages, config, beside),
  }
}

/** Template code that may output references and definitions: loops, includes, outputs. */
const WRITES_MARKDOWN = /^(?:\{%-?\s*(?:for|tablerow|include\w*)\b|\{\{)/

function publishJekyll(
  ctx: SiteContext,
  pages: PageSource,
  config: JekyllConfig,
  {frontMatter, plugins, templates, copied}: Beside,
): SiteAnswers {
  const {tree, host, marker} = ctx
  const frontMatterOf = (file: string) => {
    const page = pages.page(file)
    if (!page) return frontMatter.get(file)
    return page.frontMatter && record(page.frontMatter.data)
  }
  let published: JekyllRoutes | undefined
  const routes = () => (published ??= new JekyllRoutes(tree, marker.root, config, frontMatterOf))
  const prefix = folderPrefix(marker.root)
  const site: JekyllSite = {ctx, config, plugins, copied, prefix, routes, host: host.publish(pages)}
  const include = (link: SiteLink, from: string) => resolveJekyllInclude(site, link, from)
  const answers: SiteAnswers = {
    references: (page) =>
      hiddenReferences(page, (text) => WRITES_MARKDOWN.test(text)) ?? whyHiddenReferences(page),
    urlsOf: (file) => routes().urlsOf(file),
    resolve: (link, from) => resolveJekyllLink(site, link, from),
    include,
    anchorsOf: (page) => jekyllAnchors(page, {config, plugins, templates, finder: {...pages, include}}),
    writeLink: (to, like, from) =>
      to.startsWith(site.prefix)
        ? writeLiquid(like, to.slice(site.prefix.length), (path) => writePathOrUrl(answers, to, path, from))
        : undefined,
  }
  return answers
}
