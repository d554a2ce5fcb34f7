import {globsOf} from '../../../pattern/globs.ts'
import {folderOf, folderPrefix, joinPath, nameOf} from '../../../text/paths.ts'
import type {Content, DocusaurusConfig} from './config.ts'

/** A name without its number prefix: `01-intro` becomes `intro`; dates and versions stay. */
export const withoutNumber = (name: string): string =>
  /^\d+[-_.]\d+/.test(name) ? name : (/^\d+\s*[-_.]+\s*([^-_.\s].*)$/.exec(name)?.[1] ?? name)

/** The path of a URL in the form by which pages are looked up: `/docs//a/` becomes `/docs/a`. */
export const keyOf = (path: string) => path.replace(/\/{2,}/g, '/').replace(/\/$/, '')

/**
 * The path below the site's base at which a page is published.
 *
 * @param file Its path within the folder of its content.
 * @param data Its front matter.
 */
export function publishedAt(file: string, data: Record<string, unknown>, content: Content): string {
  const {slug} = data
  const own = typeof slug === 'string' || typeof slug === 'number' ? String(slug) : undefined
  const urlOf = {docs: docUrl, blog: postUrl, pages: pageUrl}[content.kind]
  return keyOf(`${content.route}/${urlOf(file, own, data, content)}`)
}

function docUrl(
  file: string,
  slug: string | undefined,
  {id, parse_number_prefixes}: Record<string, unknown>,
  {stripsNumberPrefixes}: Content,
): string {
  if (slug?.startsWith('/')) return slug
  const folder = folderOf(file)
  const name = nameOf(file).replace(/\.[^.]*$/, '')
  const strip =
    stripsNumberPrefixes && parse_number_prefixes !== false ? withoutNumber : (text: string) => text
  const shown = folder.split('/').map(strip).join('/')
  if (slug === undefined && isIndex(name, folder)) return shown
  return joinPath(shown, slug ?? (typeof id === 'string' ? id : strip(name)))
}

/** Whether a file stands for its folder: `index`, `README` or one with the folder's own name. */
const isIndex = (name: string, folder: string) =>
  ['index', 'readme', nameOf(folder).toLowerCase() || '.'].includes(name.toLowerCase())

const DATED = /^(.*)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:\/index)?.mdx?$/

function postUrl(file: string, slug: string | undefined): string {
  if (slug !== undefined) return slug
  const dated = /.mdx?$/.test(file) ? DATED.exec(file) : null
  return dated
    ? `${dated[2]!.replaceAll('-', '/')}/${dated[1]}${dated[3]}`
    : file.replace(/(?:\/index)?\.mdx?$/, '')
}

const pageUrl = (file: string, slug: string | undefined): string =>
  (/\.mdx?$/.test(file) ? slug : undefined) ??
  file.replace(/(^|\/)index\.(?:mdx?|jsx?|tsx?)$/i, '$1').replace(/\.(?:mdx?|jsx?|tsx?)$/, '')

/** A file in a folder of pages, or in the folder of its translations. */
export interface SourceFile {
  content: Content
  /** The path within the folder of its content. */
  file: string
  /** The locale that it is translated to; left out for the original. */
  locale?: string
}

/** The files of pages, as the configuration alone decides. */
export class SourceFiles {
  readonly #config: DocusaurusConfig
  readonly #translations: string
  readonly #isPage = new Map<Content, (file: string) => boolean>()

  constructor(config: DocusaurusConfig, root: string) {
    this.#config = config
    this.#translations = `${folderPrefix(root)}i18n/`
    for (const content of config.contents) {
      const include = globsOf(content.include, 'docusaurus')
      const exclude = globsOf(content.exclude, 'docusaurus')
      if (!include || !exclude) content.morePages ??= 'its globs are not supported'
      this.#isPage.set(content, (file) => (include?.test(file) ?? true) && !exclude?.test(file))
    }
  }

  /** The content that a file belongs to, as a page or as a partial; undefined for a file elsewhere. */
  of(path: string): SourceFile | undefined {
    let best: SourceFile | undefined
    for (const content of this.#config.contents)
      if (
        path.startsWith(`${content.folder}/`) &&
        (!best || best.content.folder.length <= content.folder.length)
      )
        best = {content, file: path.slice(content.folder.length + 1)}
    if (best || !path.startsWith(this.#translations)) return best
    const rest = path.slice(this.#translations.length)
    const slash = rest.indexOf('/')
    const locale = rest.slice(0, slash)
    const inside = rest.slice(slash + 1)
    const content = this.#config.contents.find(({translationFolder}) =>
      inside.startsWith(`${translationFolder}/`),
    )
    return content && {content, file: inside.slice(content.translationFolder.length + 1), locale}
  }

  /** Whether the file is a page, rather than a partial or excluded. */
  isPage({content, file}: SourceFile): boolean {
    return this.#isPage.get(content)!(file)
  }

  /** The path of a file's translation. */
  translation({content, file}: SourceFile, locale: string): string {
    return `${this.#translations}${locale}/${content.translationFolder}/${file}`
  }

  /** The languages that have a folder of translations. */
  locales(folders: ReadonlySet<string>): Set<string> {
    const parent = this.#translations.slice(0, -1)
    return new Set(
      [...folders]
        .filter((folder) => folderOf(folder) === parent)
        .map((folder) => folder.slice(parent.length + 1)),
    )
  }
}

/**
 * Whether a Markdown file is the site's: a page, a partial, whose name begins with `_`, or a file that code of the site
 * may show in its own way.
 */
export function isOwned(sources: SourceFiles, root: string, path: string): boolean {
  if (!/\.mdx?$/.test(path)) return false
  const source = sources.of(path)
  if (source) return sources.isPage(source) || /(?:^|\/)_/.test(source.file)
  return path.startsWith(root ? `${root}/` : 'src/') && !/^[A-Z_]+\.md$/.test(nameOf(path))
}
