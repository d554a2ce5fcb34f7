import type {SiteContext, SiteDescription} from '../../platform.ts'
import {whyHiddenReferences} from '../../shared/html-blocks.ts'
import {isNamedAsPartial, resolvedInPartial} from '../../shared/partials.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import {quartoAnchors} from './anchors.ts'

/** Describe a Quarto site: ids are Pandoc's; of its routing, only what all platforms have in common is known. */
export async function describeQuarto(ctx: SiteContext): Promise<SiteDescription> {
  const other = unknownRouting(ctx)
  return {
    ...other,
    syntax: {markdownInHtml: true},
    publish: (pages) => {
      const answers = other.publish(pages)
      return {
        ...answers,
        references: whyHiddenReferences,
        // https://quarto.org/docs/authoring/includes.html: such files are included, not rendered.
        resolve: (link, from) => {
          const found = answers.resolve(link, from)
          return isNamedAsPartial(from.slice(other.root.length)) ? resolvedInPartial(found, from) : found
        },
        anchorsOf: quartoAnchors,
      }
    },
  }
}
