import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {isBelow} from '../../../text/paths.ts'
import {isImage, withoutQuery} from '../../../text/urls.ts'
import {asDoubted} from '../../as-doubted.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import type {Anchors, SiteAnswers, SiteFacts, SiteLink} from '../../types.ts'
import {doubted} from '../doubted.ts'
import {isHome, isOnlyHome} from './find-wikis.ts'
import {type Origin, originOf} from './origin.ts'

/** A wiki to describe. */
export interface WikiContext extends SiteContext {
  /** The repository that the tree was cloned from. */
  origin: Origin | undefined
  /** The tree is the repository of the wiki, so that only the wiki shows its files. */
  isRepository: boolean
}

/** What a wiki knows by itself, without the repository that contains it. */
export interface WikiRules extends Pick<SiteFacts, 'syntax' | 'home'> {
  answers: SiteAnswers
  /** A folder that is published as a wiki has all of its pages; otherwise the wiki, which is written from it, may have more. */
  isWhole?: true
}

const MORE_PAGES = doubt('wiki-pages')

/**
 * Describe a wiki. Unless the tree is the repository of the wiki, the host of the repository shows the same files: a link
 * then works for readers of either, and is missing only if it works for neither.
 */
export async function describeWiki(
  ctx: SiteContext,
  rulesOf: (wiki: WikiContext) => WikiRules,
): Promise<SiteDescription> {
  const {platform, root, why, file} = ctx.marker
  const origin = await originOf(ctx.tree)
  const isRepository = root === '' && origin?.isWiki === true
  const {answers: ofWiki, isWhole = root === '', ...facts} = rulesOf({...ctx, origin, isRepository})
  const answers = ofFolder(root, ofWiki)
  const site: SiteDescription = {
    platform,
    root,
    why,
    ...facts,
    yields: true,
    publish: (pages) => (isRepository ? answers : withHost(answers, ctx.host.publish(pages), isWhole)),
  }
  const isGuess = file !== undefined && !isRepository && isHome(file) && isOnlyHome(root, ctx.tree)
  return isGuess ? asDoubted(site, doubt('unknown-reader')) : site
}

/** The answers of a wiki, to which files outside of its folder do not belong, although links lead to them. */
const ofFolder = (root: string, answers: SiteAnswers): SiteAnswers => ({
  ...answers,
  urlsOf: (path) => (isBelow(path, root) ? answers.urlsOf(path) : []),
  writeLink: (to, like, from) => (isBelow(to, root) ? answers.writeLink?.(to, like, from) : undefined),
})

/** The answers of a wiki whose files are also shown by the host of the repository. */
const withHost = (wiki: SiteAnswers, host: SiteAnswers, isWhole: boolean): SiteAnswers => ({
  ...wiki,
  resolve: (link, from) => {
    const found = wiki.resolve(link, from)
    if (found.to !== 'missing') return found
    // The host shows double brackets as they are.
    if (link.kind !== 'wikilink') {
      const onHost = host.resolve(link, from)
      if (onHost.to !== 'missing' || isPath(link)) return onHost
    }
    return isWhole ? found : doubted(found, MORE_PAGES)
  },
  anchorsOf: (page) => withAnchors(wiki.anchorsOf(page), host.anchorsOf(page)),
})

/** Does a link name a file, for readers of the repository, too? */
function isPath({url}: SiteLink): boolean {
  const path = withoutQuery(url)
  return !path.startsWith('/') && (isMarkdownFile(path) || isImage(path))
}

const withAnchors = (wiki: Anchors, host: Anchors): Anchors => ({
  ...wiki,
  has: (fragment) => wiki.has(fragment) || host.has(fragment),
})
