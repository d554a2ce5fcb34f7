import {patternOf} from '../../../page/pattern.ts'
import type {WikilinkSyntax} from '../../../page/wikilink-syntax.ts'
import {isMarkdownFile, withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {Names} from '../../../text/nearest.ts'
import {isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import {withoutHash} from '../../../text/urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {record, strings} from '../../shared/data.ts'
import {doubted} from '../../shared/doubted.ts'
import {groupBy} from '../../shared/group-by.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {PluginOptions} from './additions.ts'

/** How a plugin or extension of a site reads double brackets. */
export interface MkdocsWikilinks {
  /**
   * The names of files, as in roamlinks; aliases in front matter, as in alias; or labels that become URLs, as in the
   * extension `wikilinks` of Python-Markdown.
   */
  reads: 'names' | 'aliases' | 'labels'
  /** For labels: what comes before and after them in a URL. */
  around?: readonly [before: string, after: string]
  /** A path with folders begins at the folder of the pages; otherwise it may be the end of one. */
  isRooted?: true
  /** The reason why the plugin may find more than doccheck does. */
  doubt?: Doubt
}

/** Other plugins with such a name are assumed to find files by their names, too. */
const LIKELY_FINDS_NAMES = /wiki-?links?|obsidian-bridge|roam/i

/**
 * Find out what double brackets are on a site.
 *
 * @param plugins The names of its plugins.
 * @param extension The options of the extension `wikilinks`; undefined if that is not enabled.
 */
export function readWikilinks(
  plugins: readonly string[],
  extension: PluginOptions | undefined,
): MkdocsWikilinks | undefined {
  if (plugins.includes('roamlinks')) return {reads: 'names', isRooted: true}
  if (plugins.includes('ezlinks')) return {reads: 'names'}
  const likely = plugins.find((name) => LIKELY_FINDS_NAMES.test(name))
  if (likely !== undefined) return {reads: 'names', doubt: doubt('plugin-pages', `the plugin ${likely}`)}
  if (plugins.includes('alias')) return {reads: 'aliases', doubt: doubt('plugin-pages', 'the plugin alias')}
  if (!extension) return
  const {base_url: before = '/', end_url: after = '/'} = extension
  if (typeof before === 'string' && typeof after === 'string')
    return {reads: 'labels', around: [before, after]}
  return
}

/** The syntax of double brackets: the extension of Python-Markdown knows neither fragments nor other text. */
export const wikilinkSyntax = ({reads}: MkdocsWikilinks): WikilinkSyntax =>
  reads === 'labels' ? {content: patternOf(/[\p{L}\p{M}\p{N}_ -]+/u)} : {embeds: true, spansCells: true}

/** The URL that the extension makes of a label: `Set up` → `/Set_up/`. */
export const urlOfLabel = (label: string, [before, after]: readonly [string, string]): string =>
  before + label.trim().replace(/ +_|_ +| +/g, '_') + after

/** Does a plugin find a file by this name, whatever its letter case, spaces, hyphens and underscores? */
const simplified = (path: string) => path.toLowerCase().replace(/[-_ ]/g, '')

/** The fragment that roamlinks makes of a heading: `Set up: run` → `set-up-run`. */
const slugOfTitle = (title: string) =>
  title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .replace(/ +/g, '-')

/** Finds the files and pages that double brackets name. */
export class WikilinkTargets {
  readonly #ctx: SiteContext & PageSource
  readonly #docs: string
  readonly #wikilinks: MkdocsWikilinks
  readonly #at: (file: string, fragment: string | undefined) => Resolution
  #byName: ReadonlyMap<string, readonly string[]> | undefined
  #names: Names | undefined
  #aliases: ReadonlyMap<string, string> | undefined

  /**
   * @param docs The folder of the pages.
   * @param at The resolution of a link to a file in that folder, which may not be published.
   */
  constructor(
    ctx: SiteContext & PageSource,
    docs: string,
    wikilinks: MkdocsWikilinks,
    at: (file: string, fragment: string | undefined) => Resolution,
  ) {
    this.#ctx = ctx
    this.#docs = docs
    this.#wikilinks = wikilinks
    this.#at = at
  }

  /** Resolve the target of double brackets, unless it is the label of a URL. */
  resolve({url}: SiteLink, from: string): Resolution {
    const name = withoutHash(url)
    const fragment = name === url ? undefined : slugOfTitle(url.slice(name.length + 1))
    if (name === '') return fileAt(this.#ctx, from, fragment)
    const file = this.#wikilinks.reads === 'aliases' ? this.#withAlias(name) : this.#named(name)
    if (file !== undefined) return this.#at(file, fragment)
    const missing = this.#missing(name)
    return this.#wikilinks.doubt ? doubted(missing, this.#wikilinks.doubt) : missing
  }

  /** The file of a name, or whose path ends in a path; of several, plugins take one, which is as good as another. */
  #named(path: string): string | undefined {
    const end = simplified(joinPath('', path))
    const files = this.#files().get(nameOf(end)) ?? []
    return files.find((file) => {
      const own = simplified(pathBelow(file, this.#docs)!)
      const forms = [own, withoutMarkdownExtension(own)]
      if (this.#wikilinks.isRooted && end.includes('/')) return forms.includes(end)
      return forms.some((form) => `/${form}`.endsWith(`/${end}`))
    })
  }

  #withAlias(name: string): string | undefined {
    this.#aliases ??= new Map(
      this.#pages().flatMap((file) => this.#aliasesOf(file).map((alias): [string, string] => [alias, file])),
    )
    return this.#aliases.get(name.trim())
  }

  #aliasesOf(file: string): string[] {
    const {alias} = record(this.#ctx.page(file)?.frontMatter?.data)
    return [...strings(alias), ...strings(record(alias).name ?? [])]
  }

  #missing(path: string): Resolution {
    const place = joinPath(this.#docs, /\.\w+$/.test(path) ? path : `${path}.md`)
    const found = this.#ctx.lookup.missing(place)
    if (found.to !== 'missing' || found.suggestion !== undefined) return found
    this.#names ??= new Names(this.#files().keys())
    const near = this.#names.nearest(simplified(nameOf(path)))
    const [file, ...others] = (near !== undefined && this.#files().get(near)) || []
    return file === undefined || others.length > 0 ? found : {...found, suggestion: file}
  }

  /** The files of the site by their names, with and without the extension of a page. */
  #files(): ReadonlyMap<string, readonly string[]> {
    if (this.#byName) return this.#byName
    const files = [...this.#ctx.tree.files].filter((file) => isBelow(file, this.#docs))
    const pages = groupBy(files.filter(isMarkdownFile), (file) =>
      simplified(withoutMarkdownExtension(nameOf(file))),
    )
    return (this.#byName = new Map([...groupBy(files, (file) => simplified(nameOf(file))), ...pages]))
  }

  #pages(): string[] {
    return [...this.#ctx.tree.files].filter((file) => isBelow(file, this.#docs) && isMarkdownFile(file))
  }
}
