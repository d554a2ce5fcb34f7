import {globsOf} from '../../../pattern/globs.ts'
import {folderOf, folderPrefix, nameOf} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {byPath} from '../../shared/by-path.ts'
import type {Content, DocusaurusConfig} from './config.ts'

/** A file in a folder of pages, or in the folder of its translations. */
export interface SourceFile {
  content: Content
  /** The path within the folder of its content. */
  file: string
  /** The locale of a translation; absent for the original. */
  locale?: string
}

/** The source files of pages, as the configuration alone determines them. */
export class SourceFiles {
  readonly #config: DocusaurusConfig
  readonly #translations: string
  readonly #isPage = new Map<Content, (file: string) => boolean>()
  /** The content that a file belongs to, as a page or as a partial; undefined for a file elsewhere. */
  readonly of: (path: string) => SourceFile | undefined = byPath((path) => this.#find(path))

  constructor(config: DocusaurusConfig, root: string) {
    this.#config = config
    this.#translations = `${folderPrefix(root)}i18n/`
    for (const content of config.contents) {
      const include = globsOf(content.include, 'picomatch')
      const exclude = globsOf(content.exclude, 'picomatch')
      if (!include || !exclude) content.morePages ??= doubt('computed-setting', 'a glob of pages')
      this.#isPage.set(
        content,
        byPath((file) => (include?.test(file) ?? true) && !exclude?.test(file)),
      )
    }
  }

  #find(path: string): SourceFile | undefined {
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

  /** Is the file a page, rather than a partial or excluded? */
  isPage({content, file}: SourceFile): boolean {
    return this.#isPage.get(content)!(file)
  }

  /** The path of a file's translation. */
  translation({content, file}: SourceFile, locale: string): string {
    return `${this.#translations}${locale}/${content.translationFolder}/${file}`
  }

  /** The locales that have a folder of translations. */
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
 * Does a Markdown file belong to the site: as a page, as a partial, whose name begins with `_`, or as a file that code
 * of the site may render?
 */
export function isOwned(sources: SourceFiles, root: string, path: string): boolean {
  if (!/\.mdx?$/.test(path)) return false
  const source = sources.of(path)
  if (source) return sources.isPage(source) || /(?:^|\/)_/.test(source.file)
  return path.startsWith(root ? `${root}/` : 'src/') && !/^[A-Z_]+\.md$/.test(nameOf(path))
}
