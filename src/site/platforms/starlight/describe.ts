import type {FrontMatterUrl} from '../../../page/syntax.ts'
import type {Page} from '../../../page/types.ts'
import {joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readAliases} from '../../shared/aliases.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {UNKNOWN} from '../../shared/javascript/values.ts'
import type {SiteAnswers} from '../../types.ts'
import {starlightAnchors} from './anchors.ts'
import type {Addition, Changes} from './changes.ts'
import {readCollectionRoutes} from './collections.ts'
import {readComponents} from './components.ts'
import {type AstroConfig, readAstro} from './config.ts'
import type {SiteFiles, StarlightContext} from './context.ts'
import {resolveLink, rewritingTagsOf} from './links.ts'
import {readChanges} from './modules.ts'
import {additionsOfFiles, contentConfig, ignoresPages} from './more-pages.ts'
import {Routes} from './routes.ts'
import {isOwned, urlsOf} from './urls.ts'

const NO_CHANGES: Changes = {additions: [], ids: [], links: []}

/** The URLs of a hero and of links to other pages, and the images of a hero, which the bundler finds. */
const FRONT_MATTER_URLS: readonly FrontMatterUrl[] = [
  {pointer: '/hero/actions/*/link', as: 'link'},
  {pointer: '/prev/link', as: 'link'},
  {pointer: '/next/link', as: 'link'},
  {pointer: '/hero/image/file', as: 'asset'},
  {pointer: '/hero/image/dark', as: 'asset'},
  {pointer: '/hero/image/light', as: 'asset'},
  {pointer: '/hero/tagline', as: 'html'},
  {pointer: '/banner/content', as: 'html'},
]

/** Describe a Starlight site, or another Astro site. */
export async function describeStarlight(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const files = await readFiles(ctx)
  const {config} = files
  return {
    platform,
    root,
    why,
    readsAll: true,
    owns: (path) => isOwned(config, path),
    syntax: {
      ...(config.hasStarlight && {frontMatterUrls: FRONT_MATTER_URLS}),
      ...(config.hasMdx && !files.changes.extendSyntax && {mdxBuild: 'plain'}),
    },
    ...(config.home !== undefined && {home: config.home}),
    publish: (pages) => publish({...ctx, ...pages}, files),
  }
}

async function readFiles(ctx: SiteContext): Promise<SiteFiles> {
  const {tree, lookup, marker} = ctx
  const {root} = marker
  const file = ['mjs', 'ts', 'js', 'mts', 'cjs', 'cts']
    .map((end) => joinPath(root, `astro.config.${end}`))
    .find((name) => lookup.isFile(name))
  const code = file === undefined ? '' : await tree.read(file).catch(() => '')
  const config = readAstro(file === undefined ? UNKNOWN : await readModule(ctx, file), code, root)
  const content = contentConfig(ctx, config)
  // The options of this package stand with the collections.
  const loaded = code.includes('starlight-changelogs') && content !== undefined
  const collections = loaded ? await readModule(ctx, content, 'collections') : undefined
  const own =
    file === undefined
      ? NO_CHANGES
      : await readChanges(ctx, file, [config.integrations, collections], config.adapter)
  const aliases = await readAliases(ctx, config.sourceFolder)
  return {
    config,
    changes: {
      additions: [
        ...config.additions,
        ...(await asIgnored(ctx, config, own.additions)),
        ...(await additionsOfFiles(ctx, config)),
      ],
      ids: [...config.otherIds, ...own.ids],
      links: own.links,
      ...(own.extendSyntax && {extendSyntax: true}),
    },
    aliases,
    components: await readComponents(ctx, config.sourceFolder, aliases),
    collections: await readCollectionRoutes(ctx, config.sourceFolder, content),
  }
}

/** What code may add, which git would ignore if it ignores pages that are generated. */
async function asIgnored(
  ctx: SiteContext,
  config: AstroConfig,
  additions: readonly Addition[],
): Promise<readonly Addition[]> {
  const mayWrite = ({doubt: {reason}, covers}: Addition) => reason === 'code-pages' && !covers
  if (!additions.some(mayWrite) || !(await ignoresPages(ctx, config))) return additions
  return additions.map((each) => (mayWrite(each) ? {doubt: doubt('unignored-pages')} : each))
}

function publish(ctx: SiteContext & PageSource, files: SiteFiles): SiteAnswers {
  let routes: Routes | undefined
  const tags = new WeakMap<Page, ReadonlySet<string>>()
  const context: StarlightContext = {
    ...ctx,
    ...files,
    routes: () => (routes ??= new Routes(ctx, files.config, files.collections)),
    rewritingTags: (page) => {
      let found = tags.get(page)
      if (!found) tags.set(page, (found = rewritingTagsOf(page)))
      return found
    },
  }
  return {
    urlsOf: (path) => urlsOf(context, path),
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: (page) => starlightAnchors(context, page),
  }
}
