import {globsOf} from '../../../pattern/globs.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Content, DocusaurusConfig} from './config.ts'

/** Takes a number off a name: `01-intro` is `intro`; dates and versions stay. */
export const withoutNumber = (name: string): string =>
  /^\d+[-_.]\d+/.test(name) ? name : (/^\d+\s*[-_.]+\s*([^-_.\s].*)$/.exec(name)?.[1] ?? name)

/** The path of a URL as pages are looked up by it: no slash at its end. */
export const keyOf = (path: string) => path.replace(/\/{2,}/g, '/').replace(/\/$/, '')

/**
 * Where a file of a folder of pages is published, below the folder's route.
 *
 * @param file Its path within the folder.
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
  const name = file.slice(folder === '' ? 0 : folder.length + 1).replace(/\.[^.]*$/, '')
  const strip =
    stripsNumberPrefixes && parse_number_prefixes !== false ? withoutNumber : (text: string) => text
  const shown = folder.split('/').map(strip).join('/')
  if (slug === undefined && isIndex(name, folder)) return shown
  return joinPath(shown, slug ?? (typeof id === 'string' ? id : strip(name)))
}

/** `index`, `README` and a file named like its folder stand for the folder. */
const isIndex = (name: string, folder: string) =>
  ['index', 'readme', folder.slice(folder.lastIndexOf('/') + 1).toLowerCase() || '.'].includes(
    name.toLowerCase(),
  )

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

/** A file of the site: what it is for, its path within its folder, and whose language it is in. */
export interface SourceFile {
  content: Content
  /** The path within the folder of its content. */
  file: string
  /** The locale whose translation it is; nothing for the original. */
  locale?: string
}

/** Finds out which files are the sources of pages, by the configuration alone. */
export class SourceFiles {
  readonly #config: DocusaurusConfig
  readonly #translations: string
  readonly #isPage = new Map<Content, (file: string) => boolean>()

  constructor(config: DocusaurusConfig, root: string) {
    this.#config = config
    this.#translations = root ? `${root}/i18n/` : 'i18n/'
    for (const content of config.contents) {
      const include = globsOf(content.include, 'docusaurus')
      const exclude = globsOf(content.exclude, 'docusaurus')
      if (!include || !exclude) content.morePages ??= 'its globs are not understood'
      this.#isPage.set(content, (file) => (include?.test(file) ?? true) && !exclude?.test(file))
    }
  }

  /** What a file of a folder of pages is, be it a page or a part of one. */
  of(path: string): SourceFile | undefined {
    let best: SourceFile | undefined
    for (const content of this.#config.contents)
      if (
        path.startsWith(`${content.folder}/`) &&
        !(best && best.content.folder.length > content.folder.length)
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

  /** Is the file the source of a page, not a part of others or left out? */
  isPage({content, file}: SourceFile): boolean {
    return this.#isPage.get(content)!(file)
  }

  /** The translation of a file into a language. */
  translation({content, file}: SourceFile, locale: string): string {
    return `${this.#translations}${locale}/${content.translationFolder}/${file}`
  }

  /** The languages that have files. */
  locales(folders: ReadonlySet<string>): Set<string> {
    const parent = this.#translations.slice(0, -1)
    return new Set(
      [...folders]
        .filter((folder) => folderOf(folder) === parent)
        .map((folder) => folder.slice(parent.length + 1)),
    )
  }
}
