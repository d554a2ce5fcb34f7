import {pathBelow} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {gitlabAnchors} from '../../shared/gitlab-anchors.ts'
import {describeWiki, type WikiContext, type WikiRules} from '../../shared/wikis/describe.ts'
import {isWikiPage} from '../../shared/wikis/pages.ts'
import {WIKILINKS} from '../../shared/wikis/wikilinks.ts'
import {resolveOnGitlabWiki} from './links.ts'
import {readRedirects} from './redirects.ts'
import {GitlabWiki, type Slugs, slugOf} from './wiki.ts'
import {writeOnGitlabWiki} from './write-link.ts'

/** Describe a wiki on GitLab, whose pages are at the paths of their files. */
export async function describeGitlabWiki(ctx: SiteContext): Promise<SiteDescription> {
  const redirects = await readRedirects(ctx)
  return describeWiki(ctx, (wiki) => rulesOf(wiki, redirects))
}

function rulesOf(ctx: WikiContext, redirects: Slugs): WikiRules {
  const wiki = new GitlabWiki(ctx, redirects)
  return {
    syntax: {wikilinks: WIKILINKS, spacesInUrls: true},
    ...(wiki.home !== undefined && {home: wiki.home}),
    answers: {
      urlsOf: (path) => urlsOf(wiki, path),
      resolve: (link, from) => resolveOnGitlabWiki(wiki, link, from),
      anchorsOf: gitlabAnchors,
      writeLink: (to, like, from) => writeOnGitlabWiki(wiki, to, like, from),
    },
  }
}

/** The URL paths of a page by its slug, and of a file by its path. */
function urlsOf(wiki: GitlabWiki, path: string): string[] {
  const {base, root} = wiki
  if (!isWikiPage(path)) return [`${base}/${encodePath(pathBelow(path, root)!)}`]
  const slug = slugOf(path, root)
  if (wiki.page(slug) !== path) return []
  const url = `${base}/${encodePath(slug)}`
  return /^home$/i.test(slug) ? [url, base === '' ? '/' : base] : [url]
}
