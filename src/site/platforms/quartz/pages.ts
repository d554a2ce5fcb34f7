import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderOf, foldersAbove, isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {PageSource} from '../../platform.ts'
import {byPath} from '../../shared/by-path.ts'
import {record, strings} from '../../shared/data.ts'
import {groupBy} from '../../shared/group-by.ts'
import type {QuartzConfig} from './config.ts'
import {type SlugIndex, slugOfFile, slugOfTag, urlOfSlug} from './slugs.ts'

/** What is published at a URL: a file, or a page that Quartz generates. */
export type Published = {file: string} | 'generated'

const HIDDEN = /(?:^|\/)\./

/** Does Quartz read a file? */
export const isRead = ({content, ignored}: QuartzConfig, file: string): boolean => {
  const path = pathBelow(file, content)
  return path !== undefined && isBelow(file, content) && !HIDDEN.test(path) && !ignored.test(path)
}

/** The slugs of a site, and what is published at its URLs, which have no leading slash: `notes/a`, `notes/`. */
export class QuartzPages implements SlugIndex {
  /** The slug of a file that Quartz reads; undefined for others. */
  readonly slugOf: (file: string) => string | undefined = byPath((file) => this.#slugOf(file))
  readonly #tree: Tree
  readonly #config: QuartzConfig
  readonly #page: PageSource['page']
  #byUrl: ReadonlyMap<string, Published> | undefined
  #byName: ReadonlyMap<string, readonly string[]> | undefined
  #unpublished: ReadonlyMap<string, string> | undefined

  constructor(tree: Tree, config: QuartzConfig, page: PageSource['page']) {
    this.#tree = tree
    this.#config = config
    this.#page = page
  }

  #slugOf(file: string): string | undefined {
    return isRead(this.#config, file)
      ? slugOfFile(pathBelow(file, this.#config.content)!, this.#config)
      : undefined
  }

  /** Is a page published, rather than a draft? */
  isPublished(file: string): boolean {
    const {draft, publish} = this.#frontMatterOf(file)
    const isTrue = (value: unknown) => value === true || value === 'true'
    if (this.#config.publishes === 'marked') return !isMarkdownFile(file) || isTrue(publish)
    return this.#config.publishes === 'all' || !isTrue(draft)
  }

  /** The URL of a file; undefined if it is not published. */
  urlOf(file: string): string | undefined {
    const slug = this.slugOf(file)
    return slug === undefined || !this.isPublished(file) ? undefined : urlOfSlug(slug)
  }

  /** The file whose URL would be this one if it were published. */
  unpublishedAt(url: string): string | undefined {
    this.#unpublished ??= new Map(
      this.#files()
        .filter((file) => !this.isPublished(file))
        .map((file) => [urlOfSlug(this.slugOf(file)!), file]),
    )
    return this.#unpublished.get(url)
  }

  /** What a static host serves at a URL; it redirects from `a` to `a/`. */
  at(url: string): Published | undefined {
    this.#byUrl ??= this.#collect()
    const plain = url.replace(/\.html$/, '')
    return this.#byUrl.get(plain) ?? this.#byUrl.get(plain.endsWith('/') ? plain.slice(0, -1) : `${plain}/`)
  }

  endingIn(path: string, isFolder: boolean): string | undefined {
    const {version} = this.#config
    if (version === 4 && path.includes('/')) return
    this.#byName ??= groupBy(this.#allSlugs(), nameOf)
    const ends = isFolder && path.includes('/') ? [path, `${path}/index`] : [path]
    const found = ends.flatMap((end) =>
      (this.#byName!.get(nameOf(end)) ?? []).filter((slug) => slug === end || slug.endsWith(`/${end}`)),
    )
    return found.length === 1 ? found[0] : undefined
  }

  /** The slugs that links are matched with: those of all files, drafts as well, and of aliases. */
  #allSlugs(): string[] {
    const slugs = this.#files().flatMap((file) => [
      this.slugOf(file)!,
      ...this.#aliasesOf(file).map(({slug}) => slug),
    ])
    return [...new Set(slugs)]
  }

  #files(): string[] {
    return [...this.#tree.files].filter((file) => this.slugOf(file) !== undefined)
  }

  #collect(): Map<string, Published> {
    const pages = new Map<string, Published>()
    const further: [url: string, Published][] = []
    for (const file of this.#files()) {
      const url = this.urlOf(file)
      if (url === undefined) continue
      pages.set(url, {file})
      if (isMarkdownFile(file)) further.push(...this.#alsoAt(url, file))
    }
    for (const [url, published] of further) if (!pages.has(url)) pages.set(url, published)
    return pages
  }

  /** The URLs that are there because of a page: its aliases, and the lists that it is in. */
  *#alsoAt(url: string, file: string): Generator<[url: string, Published]> {
    const {lists, hasAliases} = this.#config
    if (hasAliases) for (const alias of this.#aliasesOf(file)) yield [alias.url, {file}]
    if (lists.folders) for (const folder of foldersAbove(url)) yield [`${folder}/`, 'generated']
    if (lists.tags) for (const tag of this.#tagsOf(file)) yield [`tags/${tag}`, 'generated']
  }

  /** The slugs of a page by `aliases` and `permalink`, and the URLs of these, which may be relative to that of the page. */
  #aliasesOf(file: string): {slug: string; url: string}[] {
    const data = this.#frontMatterOf(file)
    const aliases = listed(data.aliases ?? data.alias)
    const {permalink} = data
    const slugs = aliases.map((alias) =>
      slugOfFile(alias.endsWith('.md') ? alias : `${alias}.md`, this.#config),
    )
    if (typeof permalink === 'string' && permalink !== '') slugs.push(permalink)
    const folder = folderOf(this.slugOf(file) ?? '')
    return slugs.map((slug) => ({
      slug,
      url: urlOfSlug(slug.startsWith('.') ? joinPath(folder, slug) : slug.replace(/^\//, '')),
    }))
  }

  #tagsOf(file: string): string[] {
    const {tags, tag} = this.#frontMatterOf(file)
    return listed(tags ?? tag).flatMap((each) => {
      const segments = slugOfTag(each, this.#config).split('/')
      return segments.map((_, index) => segments.slice(0, index + 1).join('/'))
    })
  }

  #frontMatterOf(file: string): Record<string, unknown> {
    return record(this.#page(file)?.frontMatter?.data)
  }
}

/** A list of strings in front matter, or one string with commas. */
const listed = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(',').map((each) => each.trim()) : strings(value)
