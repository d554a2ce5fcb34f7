import {pathBelow} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {describeWiki, type WikiContext, type WikiRules} from '../../shared/wikis/describe.ts'
import {isWikiPage, withoutPageExtension} from '../../shared/wikis/pages.ts'
import {azureAnchors} from './anchors.ts'
import {AzureWiki, resolveOnAzureWiki} from './links.ts'
import {writeOnAzureWiki} from './write-link.ts'

/** Describe a wiki of Azure DevOps, whose pages are at the paths of their files. */
export const describeAzureWiki = (ctx: SiteContext): Promise<SiteDescription> => describeWiki(ctx, rulesOf)

function rulesOf(ctx: WikiContext): WikiRules {
  const wiki = new AzureWiki(ctx)
  return {
    isWhole: true,
    syntax: {
      imageSizes: true,
      // Diagrams are not Markdown.
      passthrough: [
        ['::: mermaid', ':::'],
        [':::mermaid', ':::'],
      ],
    },
    answers: {
      urlsOf: (path) => [`/${encodePath(urlPath(pathBelow(path, wiki.root)!))}`],
      resolve: (link, from) => resolveOnAzureWiki(wiki, link, from),
      anchorsOf: azureAnchors,
      writeLink: (to, like, from) => writeOnAzureWiki(wiki, to, like, from),
    },
  }
}

const urlPath = (path: string) => (isWikiPage(path) ? withoutPageExtension(path) : path)
