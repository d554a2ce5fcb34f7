import {folderOf, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {
  type DocusaurusContext,
  missingFile,
  missingPage,
  pathOfAlias,
  unlessChanged,
  unlessDoubted,
  whyChanged,
} from './context.ts'
import {asHanded} from './handed-links.ts'
import {mayBeSource} from './scopes.ts'
import type {SourceFile} from './sources.ts'
import {resolveUrl} from './url-links.ts'

/** Resolve a link: Markdown files by source file, images and other files as assets, everything else by URL. */
export function resolveLink(context: DocusaurusContext, written: SiteLink, from: string): Resolution {
  const handed = written.prop === undefined ? written : asHanded(context, written, from)
  if (!handed) return {to: 'unknown', doubt: doubt('component', `<${written.tag}>`)}
  const link = handed.url.startsWith(PATHNAME) ? withoutProtocol(handed) : handed
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  const source = context.sources.of(from)
  if (!source) return {to: 'unknown', doubt: doubt('not-published')}
  if (parts.raw === '')
    return context.sources.isPage(source)
      ? fileAt(context, from, parts.fragment)
      : {to: 'unknown', doubt: doubt('included-elsewhere')}
  const asUrl = () => resolveUrl(context, link, parts, from, source)
  if (link.kind === 'front-matter')
    // Docusaurus adds the base to the image of a page's metadata, even if it begins without a slash.
    return resolveUrl(context, link, {...parts, path: `/${parts.path.replace(/^\//, '')}`}, from, source)
  if (link.kind === 'html') return asUrl()
  if (/\.mdx?$/i.test(parts.path) && link.kind !== 'image') return resolveSource(context, parts, from, source)
  return isAsset(link, parts.path) ? (resolveAsset(context, link, parts, from, source) ?? asUrl()) : asUrl()
}

/** The protocol that tells the router to leave a path to the browser. */
const PATHNAME = 'pathname://'

/** A link or image without that protocol, which is left to the browser: `pathname:///a.pdf` → `/a.pdf`. */
const withoutProtocol = ({url}: SiteLink): SiteLink => ({
  url: url.slice(PATHNAME.length),
  kind: 'html',
  tag: 'a',
})

const isAsset = ({kind}: SiteLink, path: string) =>
  kind === 'image' ||
  pathOfAlias(path) !== undefined ||
  (/[^/]\.[^./]+$/.test(path) && !path.endsWith('.html'))

/**
 * Resolve a link or image in Markdown to an asset: in the site's folder, in the static folders or beside the page.
 *
 * @returns undefined if there is no such file, but the link may be a URL
 */
function resolveAsset(
  context: DocusaurusContext,
  {kind}: SiteLink,
  {path, fragment}: UrlParts,
  from: string,
  {content}: SourceFile,
): Resolution | undefined {
  const {config, lookup} = context
  const places = assetPlaces(context, path, from)
  const found = places.find((place) => lookup.isFile(place)) ?? places.find((place) => lookup.isFolder(place))
  if (found !== undefined) return fileAt(context, found, fragment)
  if (kind !== 'image' && pathOfAlias(path) === undefined) return
  if (places[0] === undefined)
    return {to: 'unknown', doubt: doubt('computed-setting', 'the folder of static files')}
  const why = config.otherLinks ?? content.otherSources ?? addedSource(context, places[0])
  return unlessDoubted(missingFile(context, places[0]), why)
}

function assetPlaces({config, marker: {root}}: DocusaurusContext, path: string, from: string): string[] {
  const alias = pathOfAlias(path)
  if (alias !== undefined) return [joinPath(root, alias)]
  return path.startsWith('/')
    ? config.statics.map((folder) => joinPath(folder, path.slice(1)))
    : [joinPath(folderOf(from), path)]
}

/** Resolve a link to a Markdown file. */
function resolveSource(
  context: DocusaurusContext,
  {path, fragment}: UrlParts,
  from: string,
  source: SourceFile,
): Resolution {
  const {config, lookup} = context
  const relative = path.replace(/^@site\/|^\/+/, '')
  const places = sourceFolders(context, path, from, source).map((folder) => joinPath(folder, relative))
  const found = places.find((place) => isLinkable(context, place, source))
  if (found !== undefined) return fileAt(context, found, fragment)
  const statics = path.startsWith('/') ? config.statics.map((folder) => joinPath(folder, relative)) : []
  const copied = statics.find((place) => lookup.isFile(place))
  if (copied !== undefined) return fileAt(context, copied, fragment)
  const file = places.find((place) => lookup.isFile(place))
  const missing = unlessDoubted(
    file === undefined ? missingPage(context, places[0]!) : {to: 'missing', path: file, why: 'file'},
    whySourceUncertain(context, path, places[0]!, source),
  )
  const isAmongPages = context.filled.hasPages(folderOf(places[0]!))
  return unlessChanged(missing, whyChanged(context, source), isAmongPages)
}

/** The folders in which Docusaurus looks for a Markdown file, in order. */
function sourceFolders(
  {marker: {root}}: DocusaurusContext,
  path: string,
  from: string,
  {content, file, locale}: SourceFile,
): string[] {
  if (pathOfAlias(path) !== undefined) return [root]
  if (/^\.\.?\//.test(path)) return [folderOf(from)]
  const translated = locale === undefined ? [] : [from.slice(0, -file.length - 1)]
  const around = [...translated, content.folder, root]
  return path.startsWith('/') ? around : [folderOf(from), ...around]
}

/** The reason why a Markdown file may exist at build time. */
function whySourceUncertain(
  context: DocusaurusContext,
  path: string,
  place: string,
  {content, file, locale}: SourceFile,
): Doubt | undefined {
  const {lookup} = context
  const why = addedSource(context, place)
  if (why !== undefined) return why
  const original = joinPath(folderOf(joinPath(content.folder, file)), path)
  return locale !== undefined && lookup.isFile(original) ? doubt('generated-list') : undefined
}

/** The reason why a plugin may write a file. */
const addedSource = ({config, filled}: DocusaurusContext, place: string): Doubt | undefined =>
  config.additions.find((addition) => mayBeSource(addition, place, filled))?.doubt

/** Is a file a page that links of another file can resolve to, that is one of the same plugin and language? */
function isLinkable(context: DocusaurusContext, path: string, {content, locale}: SourceFile): boolean {
  const {lookup, routes, sources} = context
  const target = lookup.isFile(path) ? sources.of(path) : undefined
  return (
    target !== undefined &&
    target.content.plugin === content.plugin &&
    (target.locale === undefined || target.locale === locale) &&
    sources.isPage(target) &&
    !routes.isDraft(path)
  )
}
