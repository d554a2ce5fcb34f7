import type {Page} from '../../../page/types.ts'
import {globsOf} from '../../../pattern/globs.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import {withoutPages} from '../../shared/without-pages.ts'
import type {Anchors, Resolution, SiteLink} from '../../types.ts'
import {type MystConfig, readMyst} from './config.ts'
import {docutilsId, mystSlugs} from './heading-ids.ts'
import {mystSyntax} from './syntax.ts'

/**
 * A Sphinx site whose Markdown MyST reads: links lead to source files, to pages without extension, or to targets that
 * stand anywhere on the site; a page has the ids of docutils and the anchors of MyST.
 *
 * @param others The texts of pages that are no Markdown, in which targets may stand.
 */
export function mystSite(ctx: SiteContext, config: MystConfig, others: readonly string[]): SiteDescription {
  const {platform, root, why} = ctx.marker
  const prefix = root ? `${root}/` : ''
  // Folders are excluded with all below them.
  const excluded = globsOf(
    config.excluded.flatMap((pattern) => [trimEnd(pattern, '/'), `${trimEnd(pattern, '/')}/**`]),
    'sphinx',
  )
  const isPage = (path: string) =>
    path.startsWith(prefix) &&
    config.suffixes.some((suffix) => path.endsWith(suffix)) &&
    !excluded?.test(path.slice(prefix.length))
  const moreFiles = config.moreFiles ?? (excluded ? undefined : 'exclude_patterns are not understood')
  return {
    platform,
    root,
    why,
    syntax: mystSyntax,
    // Targets may stand on any page.
    readsAll: true,
    // What is excluded may be a part of other pages.
    owns: (path) => path.startsWith(prefix) && /\.(?:md|markdown|myst)$/.test(path),
    publish: (pages) => {
      const world = {...ctx, ...pages}
      const ends: MystContext = {
        known: new WeakMap(),
        world,
        lookup: ctx.lookup,
        prefix,
        config: {...config, moreFiles},
        isPage,
        hasTarget: targetsOf(world, prefix, others),
      }
      return {
        references: (page) => page.opaqueContent.find((text) => DIRECTIVE.test(text)),
        definitions: (page) => page.opaqueContent.find((text) => INCLUDED.test(text)) ?? new Set(page.labels),
        urlsOf: (path) => {
          if (!isPage(path)) return []
          const inside = path.slice(prefix.length)
          // Links from the root are written by source file.
          return [`/${inside.replace(/\.\w+$/, '')}.html`, `/${inside}`]
        },
        resolve: (link, from) => resolve(ends, link, from),
        anchorsOf: (page) => knownAnchors(ends, page),
      }
    },
  }
}

const DIRECTIVE = /^[ \t>]*(?:[-*+][ \t]+)?(?:`{3,}|~{3,}|:{3,})\{([^}]+)\}/
/** A directive that may bring definitions from elsewhere. */
const INCLUDED = /\{(?:include|literalinclude|eval-rst|mdinclude|jinja)\b/
const TARGET = /^[ \t>]*(?:[-*+][ \t]+)?\((.+)\)=$/

/** The names of a page's targets: `(name)=`, and `:name:` of directives. */
const namesOn = (page: Page) =>
  page.opaqueContent.flatMap((text) => TARGET.exec(text)?.[1] ?? /^:name:\s*(\S.*)$/.exec(text)?.[1] ?? [])

interface MystContext {
  /** The anchors of pages that were asked for. */
  known: WeakMap<Page, Anchors>
  world: SiteContext & PageSource
  lookup: Lookup
  prefix: string
  config: MystConfig
  isPage(path: string): boolean
  hasTarget(name: string): boolean
}

/** Is there a target of that name on some page, or may one be made by a directive? */
function targetsOf(
  {tree, isPage, page}: SiteContext & PageSource,
  prefix: string,
  others: readonly string[],
) {
  const named = /^[ \t]*(?:\.\. _([^:\n\r\u2028\u2029]+):[ \t]*$|:name:[ \t]*(\S.*))/gm
  let names: Set<string> | undefined
  let made = others.some((text) =>
    [...text.matchAll(/^[ \t]*\.\. ([\w:-]+)::/gm)].some(([, name]) => !HARMLESS.test(name!)),
  )
  return (name: string): boolean => {
    if (!names) {
      names = new Set(
        others.flatMap((text) => [...text.matchAll(named)].map(([, a, b]) => (a ?? b)!.toLowerCase())),
      )
      for (const file of tree.files) {
        const facts = file.startsWith(prefix) && isPage(file) ? page(file) : undefined
        if (!facts) continue
        for (const each of namesOn(facts)) names.add(each.toLowerCase())
        made ||= facts.opaqueContent.some((text) => !HARMLESS.test(DIRECTIVE.exec(text)?.[1] ?? 'note'))
      }
    }
    return made || names.has(name.toLowerCase())
  }
}

function resolve(ends: MystContext, link: SiteLink, from: string): Resolution {
  const {world, lookup, prefix, config, isPage} = ends
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return here(ends, parts, from)
  if (config.keepsLinks || link.kind === 'html') return asUrl(ends, parts, from)
  const source = parts.path.startsWith('/')
    ? prefix + joinPath('', parts.path)
    : joinPath(folderOf(from), parts.path)
  const page = [source, ...config.suffixes.map((suffix) => source + suffix)].find(
    (path) => lookup.isFile(path) && isPage(path),
  )
  if (page !== undefined) return fileAt(world, page, parts.fragment)
  if (lookup.isFile(source)) {
    // Newer versions offer pages that are no part of the site for download.
    return world.isPage(source)
      ? {to: 'unknown', why: 'no part of the site'}
      : fileAt(world, source, undefined)
  }
  if (parts.path.startsWith('/') && lookup.isFile(joinPath('', parts.path)))
    return {to: 'unknown', why: 'other sites may be at the address of an absolute link'}
  if (!isPath(link, parts, config)) return {to: 'unknown', why: 'it may be the name of a target'}
  if (config.moreFiles !== undefined) return {to: 'unknown', why: config.moreFiles}
  if (lookup.isFolder(source)) return folderAt(ends, source)
  if (!isPage(from)) return {to: 'unknown', why: 'what is no page may be a part of pages elsewhere'}
  if (!source.startsWith(prefix)) return lookup.missing(source)
  return lookup.missing(source)
}

/** A folder is no target; its index page is what is meant. */
function folderAt({lookup, config}: MystContext, path: string): Resolution {
  const near = config.suffixes.map((suffix) => `${path}/index${suffix}`).find((each) => lookup.isFile(each))
  return near === undefined
    ? {to: 'missing', path: `${path}/`, why: 'index'}
    : {to: 'missing', path: `${path}/`, why: 'file', suggestion: near}
}

/** Is it a path for certain, not the name of a target? */
const isPath = ({kind, image}: SiteLink, {path}: UrlParts, {suffixes}: MystConfig) =>
  kind === 'image' || image
    ? /\.(?:png|jpe?g|gif|svg|webp)$/i.test(path)
    : /^\.{1,2}\/|\/$/.test(path) || suffixes.some((suffix) => path.endsWith(suffix))

/** `#name` leads to a heading or a target of the page, else to a target anywhere on the site. */
function here(ends: MystContext, {fragment}: UrlParts, from: string): Resolution {
  const {world, config, hasTarget} = ends
  const page = world.page(from)
  const own = page && knownAnchors(ends, page)
  if (fragment && own && !own.has(fragment)) {
    if (config.moreTargets !== undefined) return {to: 'unknown', why: config.moreTargets}
    if (hasTarget(fragment)) return {to: 'unknown', why: 'there may be a target of that name'}
  }
  return fileAt(world, from, fragment)
}

/** HTML is left as it is: its links are URLs of what is published. */
function asUrl(
  {world, lookup, isPage, config}: MystContext,
  {path, fragment}: UrlParts,
  from: string,
): Resolution {
  const target = joinPath(folderOf(from), path.replace(/\.html$/, ''))
  const page = config.suffixes
    .map((suffix) => target + suffix)
    .find((file) => lookup.isFile(file) && isPage(file))
  if (page !== undefined && !path.startsWith('/')) return fileAt(world, page, fragment)
  return {to: 'unknown', why: 'Sphinx leaves it as it is'}
}

/** Directives that bring no headings, and no ids but those of their names. */
const HARMLESS =
  /^(?:toctree|code(?:-block|-cell)?|sourcecode|literalinclude|highlight|note|warning|tip|hint|important|caution|danger|error|attention|admonition|seealso|todo|image|figure|list-table|csv-table|table|contents|version(?:added|changed|removed)|deprecated|tab(?:s|-set|-item|-set-code)?|grid|grid-item(?:-card)?|card(?:-carousel)?|dropdown|button-(?:link|ref)|div|container|mermaid|math|raw|parsed-literal|margin|sidebar|epigraph|pull-quote|topic|rubric|tags|youtube|video|image-sg|iframe|only|hlist|centered|graphviz|meta)$/
/** Ids that docutils, Sphinx and its themes generate, and those of footnotes and equations. */
const SPHINX_IDS =
  /^(?:id\d+|footnote-.*|module-.*|index-\d+|equation-.+|cite.*|main-content|content|furo-.*|searchbox|sd-.*|toctree.*|__.*)$/

/** The anchors of a page, which each link within it asks for. */
function knownAnchors(ends: MystContext, page: Page): Anchors {
  let found = ends.known.get(page)
  if (!found) ends.known.set(page, (found = anchors(ends, page)))
  return found
}

function anchors(ends: MystContext, page: Page): Anchors {
  const ofHeadings = mystSlugs(page.headings, ends.config.anchorDepth)
  const names = namesOn(page)
  const namesInLowerCase = new Set(names.map((name) => name.toLowerCase()))
  // Older versions know only the anchors of MyST, newer ones leave others to the browser.
  const ids = new Set([
    ...ofHeadings,
    ...page.ids.map(({id}) => id),
    ...page.headings.filter(({html}) => !html).map(({text}) => docutilsId(text)),
    ...names.flatMap((name) => [name, docutilsId(name)]),
  ])
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: (text) => mystSlugs([headingOf(text)], Number.POSITIVE_INFINITY)[0],
    alsoHas: (fragment) => {
      // Some versions look for the fragment in lower case.
      const inLowerCase = fragment.toLowerCase()
      return ids.has(inLowerCase) || namesInLowerCase.has(inLowerCase) || SPHINX_IDS.test(fragment)
    },
    incompleteBecause: whyIncomplete(ends, page),
  })
}

/** Why a page may have more anchors than could be seen. */
function whyIncomplete({config, isPage}: MystContext, page: Page): string | undefined {
  if (config.otherIds !== undefined) return config.otherIds
  if (!isPage(page.path)) return 'a file that is not a page may be included in pages elsewhere'
  const directive = page.opaqueContent.find((text) => {
    const name = DIRECTIVE.exec(text)?.[1]
    return name === undefined ? !TARGET.test(text) && !text.startsWith(':name:') : !HARMLESS.test(name)
  })
  if (directive !== undefined) return mayAddIds(directive)
  if (page.headings.some(({template}) => template)) return 'a heading holds a template'
  const odd = config.hasTypography && page.headings.find(({text}) => CHANGED_BY_TYPOGRAPHY.test(text))
  if (odd) return uncertainId(odd)
  const keys = Object.keys(page.frontMatter?.data ?? {})
  return keys.some((key) => /^(?:myst|title)\b/.test(key))
    ? 'front matter may add a heading or anchors'
    : undefined
}

/** What the extensions `replacements`, `smartquotes` and `linkify` change. */
const CHANGED_BY_TYPOGRAPHY = /--|\.\.|\+-|\((?:c|r|tm|p)\)|\w\.\w/i

/** Read the configuration of a Sphinx site. */
export async function describeMyst(ctx: SiteContext): Promise<SiteDescription> {
  const {tree} = ctx
  const {root} = ctx.marker
  const code = await tree.read(joinPath(root, 'conf.py')).catch(() => '')
  const config = readMyst(code)
  if (config.parser === 'myst') {
    const prefix = root ? `${root}/` : ''
    const files = [...tree.files].filter((file) => file.startsWith(prefix) && /\.(?:rst|ipynb)$/.test(file))
    const others = await Promise.all(files.map((file) => tree.read(file).catch(() => '')))
    return mystSite(ctx, config, others)
  }
  if (config.parser === 'unknown') return unknownRouting(ctx)
  // Without MyST, Markdown is none of the site's.
  return withoutPages(ctx)
}
