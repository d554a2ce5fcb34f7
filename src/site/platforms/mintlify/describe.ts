import {isBelow, joinPath} from '../../../text/paths.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {textsOf} from '../../shared/texts.ts'
import type {Anchors, Resolution} from '../../types.ts'
import {mintlifyAnchors} from './anchors.ts'
import {readApiPages} from './api-pages.ts'
import {type SnippetCode, snippetCode} from './component-code.ts'
import {readMintlify} from './config.ts'
import {type MintlifyContext, resolveLink} from './links.ts'
import {MintlifyPages} from './pages.ts'
import {resolveSnippet} from './snippets.ts'
import {mintlifySyntax} from './syntax.ts'

/** Describe a Mintlify site: each file is published at its path, pages without their extension. */
export async function describeMintlify(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, marker} = ctx
  const {platform, root, why} = marker
  const config = await readMintlify(ctx)
  const ignoreFile = joinPath(root, '.mintignore')
  const ignored = ctx.lookup.isFile(ignoreFile) ? await tree.read(ignoreFile).catch(() => '') : ''
  const site = {
    config,
    pages: new MintlifyPages(tree, root, ignored),
    api: await readApiPages(ctx, config),
    code: await readCode(ctx),
  }
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => site.pages.owns(path),
    syntax: mintlifySyntax,
    moduleAliases: {'': root},
    publish: (pages) => {
      const context: MintlifyContext = {...ctx, ...pages, ...site}
      const host = ctx.host.publish(pages)
      return {
        urlsOf: (path) => urlsOf(context, path),
        resolve: (link, from) => {
          const found = resolveLink(context, link, from)
          return found.to === 'missing' && isAlsoReadOnHost(context, from)
            ? unlessMissing(host.resolve(link, from), found)
            : found
        },
        include: (link, from) => resolveSnippet(context, link, from),
        anchorsOf: (page) => {
          const anchors = mintlifyAnchors(context, page)
          return isAlsoReadOnHost(context, page.path) ? withThoseOf(host.anchorsOf(page), anchors) : anchors
        },
      }
    },
  }
}

/** Is a page in Markdown missing in the navigation, so that it is rather read on the host, as a plan or a note is? */
function isAlsoReadOnHost({config, pages}: MintlifyContext, path: string): boolean {
  return path.endsWith('.md') && !config.listed.has(path.slice(pages.prefix.length, -'.md'.length))
}

const unlessMissing = (onHost: Resolution, found: Resolution) => (onHost.to === 'missing' ? found : onHost)

const withThoseOf = (onHost: Anchors, anchors: Anchors): Anchors => ({
  ...anchors,
  has: (fragment) => anchors.has(fragment) || onHost.has(fragment),
})

function urlsOf({pages}: MintlifyContext, path: string): string[] {
  return pages.publishes(path) ? [`/${pages.routeOf(path) ?? path.slice(pages.prefix.length)}`] : []
}

/** More files of components than any site has. */
const MOST_FILES = 1000

/** Read the components that pages may import. */
async function readCode({tree, marker: {root}}: SiteContext): Promise<Map<string, SnippetCode>> {
  const files = [...tree.files].filter((file) => /\.[jt]sx$/.test(file) && isBelow(file, root))
  const texts = await textsOf(tree, files, MOST_FILES)
  return new Map([...texts].map(([file, text]) => [file, snippetCode(text)]))
}
