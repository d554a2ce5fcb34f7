import {isMarkdownFile, withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {Names} from '../../../text/nearest.ts'
import {isAbove, joinPath, nameOf} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {MissingTarget, Resolution, SiteLink} from '../../types.ts'
import type {QuartzConfig} from './config.ts'
import type {Published, QuartzPages} from './pages.ts'
import {slugOfFile, slugOfFragment, urlOfLink} from './slugs.ts'

/** A Quartz site, as needed to resolve links. */
export interface QuartzContext extends SiteContext, PageSource {
  config: QuartzConfig
  pages: QuartzPages
  names: SourceNames
}

/** Resolve a Markdown link or wikilink, both of which Quartz rewrites, or the URL of a page in the browser. */
export function resolveQuartzLink(context: QuartzContext, link: SiteLink, from: string): Resolution {
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  const isWikilink = link.kind === 'wikilink'
  // Quartz leaves links within a page as they are, unless they are wikilinks.
  const isSlugged = isWikilink || (parts.raw !== '' && !link.isInBrowser)
  const fragment =
    parts.fragment === undefined || !isSlugged ? parts.fragment : slugOfFragment(parts.fragment.trim())
  if (parts.raw === '') return fileAt(context, from, fragment)
  const page = context.pages.slugOf(from)
  if (page === undefined) return {to: 'unknown', doubt: doubt('not-published')}
  const path = isWikilink ? parts.path.trim() : parts.path
  const url = link.isInBrowser ? belowBase(path, context.config) : urlFor(context, page, path)
  if (url === undefined) return {to: 'unknown', doubt: doubt('computed-setting', '`markdownLinkResolution`')}
  // A browser does not leave the root of a host.
  if (isAbove(url)) return {to: 'outside', why: 'it leads above the site'}
  const found = context.pages.at(url)
  if (found !== undefined) return resolutionOf(context, found, fragment)
  return whenMissing(context, {...parts, path}, url, link)
}

/** The path of a URL below the base of the site: `/notes/a` on `https://example.org/notes` → `a`. */
const belowBase = (path: string, {base}: QuartzConfig) =>
  path.startsWith(`${base}/`) ? path.slice(base.length + 1) : `../${path}`

/** The URL that Quartz makes of a path; undefined if its strategy is not known. */
const urlFor = ({config, pages}: QuartzContext, from: string, path: string): string | undefined =>
  config.strategy && urlOfLink(from, path, config.strategy, pages, config)

const resolutionOf = (context: QuartzContext, found: Published, fragment: string | undefined): Resolution =>
  found === 'generated'
    ? {to: 'outside', why: 'Quartz generates the list of a folder or tag'}
    : fileAt(context, found.file, fragment)

function whenMissing(context: QuartzContext, {path}: UrlParts, url: string, link: SiteLink): Resolution {
  const {config, lookup, names, pages} = context
  if (config.hidesBroken && link.kind === 'wikilink')
    return {to: 'outside', why: 'Quartz shows links to missing pages as text'}
  const source = joinPath(config.content, path)
  const draft = pages.unpublishedAt(url) ?? [source, `${source}.md`].find((file) => lookup.isFile(file))
  const missing: Resolution =
    draft === undefined ? names.missing(context, path) : {to: 'missing', path: draft, why: 'unpublished'}
  const why = whyUncertain(context, url)
  return why === undefined ? missing : doubted(missing, why)
}

/** The files in the folder of Quartz itself that are published below `/static/`. */
const STATIC = 'quartz/static'

/** The reason why the build may publish something at a URL, although no file of the content folder shows it. */
function whyUncertain({config, lookup, marker}: QuartzContext, url: string): Doubt | undefined {
  if (
    /^(?:index\.xml|sitemap\.xml|404|CNAME|favicon\.ico|(?:static|prescript|postscript|index)\b.*\.\w+)$/.test(
      url,
    )
  )
    return lookup.isFile(joinPath(marker.root, url.replace(/^static/, STATIC)))
      ? doubt('generated-file')
      : doubt('theme-files')
  // Tags in the text of pages have lists of their pages, too.
  if (config.lists.tags && url.startsWith('tags/')) return doubt('generated-list')
  return config.doubts[0]
}

/** The name of a file in the form in which letter case and spaces do not count. */
const slugOfName = (path: string) => slugOfFile(nameOf(path), {version: 5})

/** Finds the names of pages that are similar to that of a missing one, in any folder of a site. */
export class SourceNames {
  readonly #files: () => Iterable<string>
  #bySlug: Map<string, string[]> | undefined
  #names: Names | undefined

  constructor(files: () => Iterable<string>) {
    this.#files = files
  }

  /** The missing target of a path, with the file that was meant if its name is misspelled. */
  missing({lookup, config}: QuartzContext, path: string): Resolution {
    const place = joinPath(config.content, /\.\w+$/.test(path) ? path : `${path.replace(/\/$/, '')}.md`)
    const missing = lookup.missing(place)
    if (missing.to !== 'missing') return missing
    const isName = config.strategy === 'shortest' && !path.includes('/')
    const found: MissingTarget = {...missing, ...(isName && {byName: true})}
    const near = this.#near(nameOf(path))
    if (near !== undefined && !path.includes('/') && slugOfName(near) === slugOfName(path)) {
      // A draft may have the same name, so that the name alone means neither.
      const why =
        withoutMarkdownExtension(nameOf(near)) === withoutMarkdownExtension(path) ? found.why : 'case'
      return {...found, why, suggestion: near, evidence: 'spelling', isShown: true}
    }
    const suggestion = found.suggestion ?? near
    return suggestion === undefined ? found : {...found, suggestion}
  }

  #near(name: string): string | undefined {
    if (!this.#bySlug) {
      this.#bySlug = new Map()
      for (const file of this.#files()) {
        const key = slugOfName(file)
        this.#bySlug.set(key, [...(this.#bySlug.get(key) ?? []), file])
      }
      this.#names = new Names(this.#bySlug.keys())
    }
    const key = slugOfName(name)
    const nearest = this.#bySlug.has(key) ? key : this.#names!.nearest(key)
    const [file, ...others] = (nearest !== undefined && this.#bySlug.get(nearest)) || []
    return others.length === 0 && file !== undefined && isMarkdownFile(file) === !/\.\w+$/.test(name)
      ? file
      : undefined
  }
}
