import type {Syntax} from '../../../page/syntax.ts'
import type {Page} from '../../../page/types.ts'
import {WITHOUT_BRACKETS} from '../../../page/wikilink-syntax.ts'
import {isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readData} from '../../shared/data.ts'
import type {UnwrittenNotes} from '../../shared/unwritten-notes.ts'
import type {Anchors, SiteAnswers} from '../../types.ts'
import {obsidianAnchors} from './anchors.ts'
import {countNotes} from './count-notes.ts'
import {resolveObsidianLink} from './links.ts'
import {Vault} from './vault.ts'

/** The Markdown of Obsidian. */
export const obsidianSyntax: Syntax = {
  wikilinks: {embeds: true, inFrontMatter: true, content: WITHOUT_BRACKETS},
  blockIds: true,
  percentComments: true,
  dollarMath: true,
  headingSource: true,
}

/** Files that the host shows to readers of the repository. */
const FOR_READERS =
  /(?:^|\/)(?:\.(?:github|gitlab)\/.*|(?:readme|contributing|changelog|licen[cs]e|code[-_]of[-_]conduct)(?:[-_.][\w-]+)?\.\w+)$/i

/** Describe a vault: a folder of notes that link to each other by their names. */
export async function describeObsidian(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const settings = await readData(ctx, joinPath(root, '.obsidian/app.json'))
  const owns = (path: string) => isBelow(path, root) && !FOR_READERS.test(pathBelow(path, root)!)
  return {
    platform,
    root,
    why,
    syntax: obsidianSyntax,
    // Front matter has the aliases of notes, and links show how many of these are not written yet.
    readsAll: true,
    yields: true,
    owns,
    publish: (pages) => publish({...ctx, ...pages}, settings, owns),
  }
}

function publish(
  ctx: SiteContext & PageSource,
  settings: Record<string, unknown>,
  owns: (path: string) => boolean,
): SiteAnswers {
  const onHost = ctx.host.publish(ctx)
  const known = new WeakMap<Page, Anchors>()
  const anchorsOf = (page: Page) => {
    let anchors = known.get(page)
    if (!anchors) known.set(page, (anchors = obsidianAnchors(page, onHost.anchorsOf(page))))
    return anchors
  }
  const vault = new Vault(ctx, settings, {owns, anchorsOf})
  let unwritten: UnwrittenNotes | undefined
  const shown = {vault, onHost, unwritten: () => (unwritten ??= countNotes(vault))}
  return {
    urlsOf: (path) => [`/${path}`],
    resolve: (link, from) => resolveObsidianLink(shown, link, from),
    anchorsOf,
  }
}
