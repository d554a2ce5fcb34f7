import {folderOf, folderPrefix, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {Target, VuepressContext} from './context.ts'

/** The resolution of a link to a file of the tree, published or not; undefined if there is none. */
export function fileFor(
  context: VuepressContext,
  link: SiteLink,
  target: Target,
  from: string,
): Resolution | undefined {
  const {lookup, config} = context
  const [inPublic, beside] = placesOf(context, target, from)
  if (lookup.isFile(inPublic)) return fileAt(context, inPublic, target.fragment)
  if (beside === undefined || !lookup.isFile(beside)) return
  if (isBundled(link)) return fileAt(context, beside, target.fragment)
  // A page that the patterns leave out is found like a file.
  const missing: Resolution = {to: 'missing', path: beside, why: 'unpublished'}
  const why = config.more.files ?? (target.isSource ? config.otherRoutes : undefined)
  return why ? doubted(missing, why) : missing
}

/** The places of a file: in the public folder, and for a relative link beside the page. */
function placesOf(
  {config, routes}: VuepressContext,
  {path, url}: Target,
  from: string,
): [inPublic: string, beside: string | undefined] {
  const inPublic = folderPrefix(config.public) + url.slice(1)
  if (!path.startsWith('/')) return [inPublic, joinPath(folderOf(from), path)]
  // Readers of the repository find sources at absolute paths, too.
  return [inPublic, /\.\w+$/.test(url) ? routes.prefix + url.slice(1) : undefined]
}

/** Does the bundler see a link, so that it copies the file? It does not follow links to other pages. */
const isBundled = ({kind, tag, image}: SiteLink) =>
  kind !== 'front-matter' && (image || (kind === 'html' && tag !== 'a'))

/** The resolution of a link to a file that is not in the tree. */
export function missingAsset(
  context: VuepressContext,
  link: SiteLink,
  target: Target,
  from: string,
): Resolution {
  const {lookup, config} = context
  const [inPublic, beside] = placesOf(context, target, from)
  const isRelative = !target.path.startsWith('/')
  const missing = lookup.missing(isRelative ? beside! : inPublic)
  // The build fails for a relative image of a page that is missing.
  if (isRelative && isBundled(link) && /^\.{1,2}\//.test(target.raw)) return missing
  const why = config.more.files ?? (link.image ? undefined : doubt('code-pages', 'the build'))
  return why ? doubted(missing, why) : missing
}
