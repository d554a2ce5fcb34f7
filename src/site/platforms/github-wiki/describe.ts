import type {Page} from '../../../page/types.ts'
import {pathBelow} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {githubAnchors} from '../../shared/github-anchors.ts'
import {describeWiki, type WikiContext, type WikiRules} from '../../shared/wikis/describe.ts'
import {isWikiPage} from '../../shared/wikis/pages.ts'
import {WIKILINKS} from '../../shared/wikis/wikilinks.ts'
import type {Anchors} from '../../types.ts'
import {resolveOnGithubWiki} from './links.ts'
import {GithubWiki, pageName} from './wiki.ts'
import {writeOnGithubWiki} from './write-link.ts'

/** Describe a wiki on GitHub, whose pages have one namespace, whatever folders they are in. */
export const describeGithubWiki = (ctx: SiteContext): Promise<SiteDescription> => describeWiki(ctx, rulesOf)

function rulesOf(ctx: WikiContext): WikiRules {
  const wiki = new GithubWiki(ctx)
  return {
    syntax: {wikilinks: WIKILINKS},
    ...(wiki.home !== undefined && {home: wiki.home}),
    answers: {
      urlsOf: (path) => urlsOf(wiki, path),
      resolve: (link, from) => resolveOnGithubWiki(wiki, link, from),
      anchorsOf,
      writeLink: (to, like) => writeOnGithubWiki(wiki, to, like),
    },
  }
}

/** The URL paths of a page by its name, and of a file by its path. */
function urlsOf({base, root, pages}: GithubWiki, path: string): string[] {
  if (!isWikiPage(path)) return [`${base}/${encodePath(pathBelow(path, root)!)}`]
  const name = pageName(path)
  if (pages.at(name.toLowerCase()) !== path) return []
  const url = `${base}/${name}`
  return /^home$/i.test(name) ? [url, base === '' ? '/' : base] : [url]
}

/** The ids of GitHub; those that its wikis had formerly began with `wiki-`, and links to them still work. */
function anchorsOf(page: Page): Anchors {
  const anchors = githubAnchors(page)
  return {
    ...anchors,
    has: (fragment) => anchors.has(fragment) || anchors.has(fragment.replace(/^wiki-/, '')),
  }
}
