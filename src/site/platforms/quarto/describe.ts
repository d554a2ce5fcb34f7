import {folderOf, folderPrefix, isAbove, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {doubted} from '../../shared/doubted.ts'
import {whyHiddenReferences} from '../../shared/html-blocks.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {isNamedAsPartial, resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {quartoAnchors} from './anchors.ts'

/** Describe a Quarto site: ids are Pandoc's; of its routing, only what all platforms have in common is known. */
export async function describeQuarto(ctx: SiteContext): Promise<SiteDescription> {
  const other = unknownRouting(ctx)
  const generates = await mayGenerate(ctx)
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
          const found = resolveFile(ctx, generates, link, from) ?? answers.resolve(link, from)
          return isNamedAsPartial(from.slice(other.root.length)) ? resolvedInPartial(found, from) : found
        },
        anchorsOf: quartoAnchors,
      }
    },
  }
}

/** A source that Quarto renders besides Markdown. */
const SOURCE = /\.(?:qmd|ipynb|rmd)$/i
/** A file that is copied to the site, or that code of a page may draw. */
const ASSET = /\.(?:png|jpe?g|gif|svg|webp|pdf)$/i

/**
 * Resolve a link to a source or an image that doccheck does not read: relative to the page, or to the project with a
 * slash.
 *
 * @param generates Does something write sources before Quarto renders them?
 */
function resolveFile(
  ctx: SiteContext,
  generates: boolean,
  {url}: SiteLink,
  from: string,
): Resolution | undefined {
  const parts = splitUrl(url)
  if ('to' in parts || (!SOURCE.test(parts.path) && !ASSET.test(parts.path))) return
  const path = parts.path.startsWith('/')
    ? folderPrefix(ctx.marker.root) + joinPath('', parts.path)
    : joinPath(folderOf(from), parts.path)
  if (isAbove(path)) return
  if (ctx.lookup.isFile(path)) return fileAt(ctx, path, parts.fragment)
  const missing = ctx.lookup.missing(path)
  return SOURCE.test(path) && !generates ? missing : doubted(missing, doubt('build-script'))
}

/** Does something write sources before Quarto renders them: a script, or quartodoc? */
async function mayGenerate(ctx: SiteContext): Promise<boolean> {
  const {file} = ctx.marker
  const data = file === undefined ? {} : await readData(ctx, file)
  return data.quartodoc !== undefined || record(data.project)['pre-render'] !== undefined
}
