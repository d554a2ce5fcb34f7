import type {Page} from '../../../page/types.ts'
import {folderOf, folderPrefix, foldersAbove, joinPath, nameOf} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'

/** Code of a filter in Lua that may give ids to what it writes, or write HTML. */
const ADDS_IDS = /\bidentifier\b|\bAttr\b|\bHeader\b|\bRaw(?:Block|Inline)\b|\bpandoc\.read\b/
/** Code of a filter in Lua that may change where links lead. */
const CHANGES_LINKS = /\bLink\b/
const SHORTCODE = /^\{\{<\s*\/?([\w-]+)/
/** Code of a shortcode that may write ids, or show the content of a file. */
const WRITES_IDS =
  /\b(?:identifier|Attr|Header|id)\b|\bname\s*=\s*\\?["']|\bpandoc\.read\b|\bio\.|\bstring_to_/i
/** Code that defines the shortcode of a name, as a function or as an entry of the table that a file returns. */
const definitionOf = (name: string) =>
  new RegExp(
    `\\bfunction\\s+${name}\\s*\\(|\\[\\s*["']${name}["']\\s*\\]\\s*=|(?<![\\w-])${name}\\s*=\\s*function\\b`,
  )
/** More filters than any project has. */
const MOST_FILTERS = 200
/** Filters that come with Quarto and Pandoc. */
const BUILT_IN = /^(?:quarto|citeproc|(?:pre|post)-\w+)$/
/** The filter of quartodoc for names of code as in Sphinx: https://machow.github.io/quartodoc/get-started/interlinks.html */
const INTERLINKS = /(?:^|\/)interlinks(?:\.lua)?$/

/** The filters of a project, which may add ids to pages or change links. */
export class Filters {
  readonly #codes: ReadonlyMap<string, string>
  /** The names of filters, by the folder whose pages they see. */
  readonly #names: ReadonlyMap<string, readonly string[]>

  /** Shortcodes, by whether their code writes no ids. */
  readonly #withoutIds = new Map<string, boolean>()

  private constructor(codes: ReadonlyMap<string, string>, names: ReadonlyMap<string, readonly string[]>) {
    this.#codes = codes
    this.#names = names
  }

  /**
   * Read the filters of a project, and the settings that name them.
   *
   * @param data The settings of the project.
   */
  static async read(ctx: SiteContext, data: Record<string, unknown>): Promise<Filters> {
    const {tree} = ctx
    const prefix = folderPrefix(ctx.marker.root)
    const files = [...tree.files].filter((file) => file.startsWith(prefix))
    const scripts = files.filter((file) => file.endsWith('.lua')).slice(0, MOST_FILTERS)
    const texts = await Promise.all(scripts.map((file) => tree.read(file).catch(() => 'identifier')))
    const names = new Map([[ctx.marker.root, namesIn(data)]])
    for (const file of files.filter((each) => /(?:^|\/)_metadata\.ya?ml$/.test(each)))
      names.set(folderOf(file), namesIn(await readData(ctx, file)))
    return new Filters(new Map(scripts.map((file, index) => [file, texts[index]!])), names)
  }

  /** Does a filter look up links to names of code, such as `quartodoc.Builder`, which are in backticks? */
  get linkToCode(): boolean {
    return [...this.#names.values()].flat().some((name) => INTERLINKS.test(name))
  }

  /** Is opaque content a shortcode whose code is known, and gives no ids to what it writes? */
  isShortcodeWithoutIds(content: string): boolean {
    const [, name] = SHORTCODE.exec(content) ?? []
    if (name === undefined) return false
    let isWithout = this.#withoutIds.get(name)
    if (isWithout === undefined) this.#withoutIds.set(name, (isWithout = this.#writesNoIds(name)))
    return isWithout
  }

  #writesNoIds(name: string): boolean {
    const defining = definitionOf(name)
    const codes = [...this.#codes.values()].filter((code) => defining.test(code))
    return codes.length > 0 && !codes.some((code) => WRITES_IDS.test(code))
  }

  /** The filter that may add ids to a page, by its name. */
  addingTo(page: Page): string | undefined {
    const own = this.#ownOf(page, (name, folder) => this.#mayAdd(name, folder))
    if (own !== undefined) return own
    for (const folder of [folderOf(page.path), ...foldersAbove(folderOf(page.path)), '']) {
      const found = this.#names.get(folder)?.find((name) => this.#mayAdd(name, folder))
      if (found !== undefined) return found
    }
    return
  }

  /** The filter in the front matter of a page that may change its links, by its name. */
  changingLinksOf(page: Page): string | undefined {
    return this.#ownOf(page, (name, folder) =>
      CHANGES_LINKS.test(this.#codes.get(joinPath(folder, name)) ?? ''),
    )
  }

  #ownOf({path, frontMatter}: Page, isMeant: (name: string, folder: string) => boolean): string | undefined {
    return namesIn(record(frontMatter?.data)).find((name) => isMeant(name, folderOf(path)))
  }

  /** Is a filter one that may add ids? Its name is a path from the settings that name it, or that of an extension. */
  #mayAdd(name: string, folder: string): boolean {
    if (BUILT_IN.test(name)) return false
    const file = joinPath(folder, name)
    const code = this.#codes.get(file)
    if (code !== undefined) return ADDS_IDS.test(code)
    const ofExtension = [...this.#codes].filter(([path]) => path.includes(`/${nameOf(name)}/`))
    // It is only a folder of the project once it is installed.
    if (ofExtension.length === 0) return !INTERLINKS.test(name)
    return ofExtension.some(([, text]) => ADDS_IDS.test(text))
  }
}

/** The names of filters in settings: of all formats, and of the ones for HTML. */
function namesIn(data: Record<string, unknown>): string[] {
  const formats = Object.values(record(data.format)).map(record)
  return [data, ...formats].flatMap(({filters}) =>
    (Array.isArray(filters) ? filters : filters === undefined ? [] : [filters]).flatMap((each) => {
      const name = typeof each === 'string' ? each : record(each).path
      return typeof name === 'string' ? [name] : []
    }),
  )
}
