import type {Page} from '../../../page/types.ts'
import {folderOf, folderPrefix, foldersAbove, isBelow, nameOf, pathBelow} from '../../../text/paths.ts'
import {before} from '../../../text/trim.ts'
import {canonicalUrl} from '../../shared/canonical-url.ts'
import {record, strings} from '../../shared/data.ts'
import {groupBy} from '../../shared/group-by.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import {pathPattern, slugPath, UNKNOWN, type ZolaConfig} from './config.ts'

/** A page or section of a site. */
export interface ZolaPage {
  /** Its URL path below the base, with a slash at its end; it has {@link UNKNOWN} in place of what is not known. */
  url: string
  /** `draft` if it is left out of the site, `part` if only others show it. */
  state: 'published' | 'draft' | 'part'
}

/** The file published at a URL. */
interface Published {
  file: string
  /** The URL redirects to the page. */
  alias?: true
  /** The page or section that the file is published with. */
  page?: string
}

/** A date at the start of a name, which is not part of the URL: `2020-01-31-a`, `2020-01-31T10:00:00Z_a` → `a`. */
const DATED = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?\s?[_-](.+)$/s

/** The URLs of the files of a site. */
export class ZolaRoutes {
  /** The pages and sections by their files. */
  readonly pages = new Map<string, ZolaPage>()
  /** The files at each URL, in canonical form. */
  readonly #byUrl = new Map<string, Published>()
  readonly #assets = new Map<string, string[]>()
  readonly #uncertain = new UrlPatterns()
  readonly #config: ZolaConfig

  /** @param pageOf The facts of a page, whose front matter may give it another URL. */
  constructor(files: Iterable<string>, config: ZolaConfig, pageOf: (file: string) => Page | undefined) {
    this.#config = config
    const content = [...files].filter((file) => isBelow(file, config.content) && !config.isIgnored(file))
    const sources = content.filter((file) => isSource(file, config))
    for (const file of sources) this.#addPage(file, record(pageOf(file)?.frontMatter?.data))
    this.#leaveOutDraftSections(sources)
    const indexes = groupBy(
      sources.filter((file) => /^_?index$/.test(nameInSite(file, config))),
      folderOf,
    )
    for (const file of content) if (!file.endsWith('.md')) this.#addAsset(file, indexes)
    for (const folder of [...config.statics].reverse())
      for (const file of files) if (isBelow(file, folder)) this.#publish(file, `/${pathBelow(file, folder)!}`)
  }

  /** The file at a URL path below the base. */
  at(url: string): Published | undefined {
    return this.#byUrl.get(canonicalUrl(url))
  }

  /** The URL paths of a file below the base. */
  urlsOf(file: string): readonly string[] {
    const page = this.pages.get(file)
    if (page?.state !== 'published') return this.#assets.get(file) ?? []
    return page.url.includes(UNKNOWN) ? [] : [page.url]
  }

  /** May a file be published at a URL that could not be determined? */
  mayHave(url: string): boolean {
    return this.#uncertain.test(canonicalUrl(url))
  }

  #addPage(file: string, front: Record<string, unknown>): void {
    const url = urlOf(file, front, this.#config)
    const state = front.draft === true ? 'draft' : front.render === false ? 'part' : 'published'
    this.pages.set(file, {url, state})
    if (state === 'part') return
    const key = canonicalUrl(url)
    if (url.includes(UNKNOWN)) this.#addUncertain(key)
    else if (state === 'published' || !this.#byUrl.has(key)) this.#byUrl.set(key, {file})
    for (const alias of strings(front.aliases)) {
      const old = canonicalUrl(`/${alias.replace(/^\//, '')}`)
      if (!this.#byUrl.has(old)) this.#byUrl.set(old, {file, alias: true})
    }
  }

  /** A section that is a draft keeps all of its folder from being published. */
  #leaveOutDraftSections(sources: readonly string[]): void {
    const drafts = sources.filter(
      (file) => /^_index\./.test(nameOf(file)) && this.pages.get(file)!.state === 'draft',
    )
    for (const folder of drafts.map(folderOf))
      for (const file of sources)
        if (isBelow(file, folder)) this.pages.set(file, {...this.pages.get(file)!, state: 'draft'})
  }

  /** Files below the folder of an `index.md` are published with the page; those beside an `_index.md` with the section. */
  #addAsset(file: string, indexes: ReadonlyMap<string, readonly string[]>): void {
    const folder = folderOf(file)
    for (const above of foldersAbove(file))
      for (const index of indexes.get(above) ?? [])
        if (above === folder || !nameOf(index).startsWith('_')) {
          const {url, state} = this.pages.get(index)!
          if (state !== 'part') this.#publish(file, url + pathBelow(file, above)!, index)
        }
  }

  #addUncertain(path: string): void {
    this.#uncertain.add(`^${pathPattern(path)}$`, before(path, UNKNOWN))
  }

  #publish(file: string, url: string, page?: string): void {
    if (url.includes(UNKNOWN)) {
      this.#addUncertain(canonicalUrl(url))
      return
    }
    this.#byUrl.set(canonicalUrl(url), {file, ...(page !== undefined && {page})})
    if (page !== undefined && this.pages.get(page)!.state === 'draft') return
    const urls = this.#assets.get(file)
    if (urls) urls.push(url)
    else this.#assets.set(file, [url])
  }
}

/** Is a file a page or section? A section in what is not another language of the site is left out. */
function isSource(file: string, config: ZolaConfig): boolean {
  const name = nameOf(file)
  if (!name.endsWith('.md') || name.startsWith('.')) return false
  return !name.startsWith('_index.') || nameInSite(file, config) === '_index'
}

/** The name of a page without its language: `blog/index.fr.md` → `index`. */
const nameInSite = (file: string, config: ZolaConfig) =>
  splitLanguage(nameOf(file).slice(0, -'.md'.length), config).name

/** The URL of a page: `blog/2020-01-31-My page.md` → `/blog/my-page/`, `blog/_index.fr.md` → `/fr/blog/`. */
function urlOf(file: string, front: Record<string, unknown>, config: ZolaConfig): string {
  const inside = pathBelow(file, config.content)!
  const folder = folderOf(inside)
  const {name, prefix} = splitLanguage(nameOf(inside).slice(0, -'.md'.length), config)
  if (name === '_index') return `${prefix}/${folderPrefix(folder)}`
  if (typeof front.path === 'string') return `/${trimSlashes(front.path.trim())}/`.replace(/^\/\/$/, '/')
  const isIndex = /^index(?:\.|$)/.test(name) && folder !== ''
  const above = isIndex ? folderOf(folder) : folder
  const named = name === 'index' && folder !== '' ? nameOf(folder) : name
  if (named === 'index' && folder === '') return `${prefix}/`
  const undated = config.keepsDates ? undefined : DATED.exec(named)?.[1]
  const slug = typeof front.slug === 'string' ? front.slug : (undated ?? named)
  return `${prefix}/${folderPrefix(above)}${slugPath(slug, config.paths)}/`
}

const trimSlashes = (path: string) => path.replace(/^\//, '').replace(/\/$/, '')

/** The language at the end of a name: `about.fr` → `about` below `/fr`. */
function splitLanguage(stem: string, {language, otherLanguages}: ZolaConfig): {name: string; prefix: string} {
  const dot = stem.indexOf('.')
  const code = stem.slice(dot + 1)
  if (dot < 0 || otherLanguages.length === 0 || code === language) return {name: stem, prefix: ''}
  return otherLanguages.includes(code)
    ? {name: stem.slice(0, dot), prefix: `/${code}`}
    : {name: stem, prefix: ''}
}
