import type {Page} from '../page/types.ts'
import {editionOf, isCommonProjectFile, projectOf} from '../site/shared/subprojects.ts'
import type {Resolution, Site, SiteLink} from '../site/types.ts'
import {isMarkdownFile, MARKDOWN_EXTENSIONS, withoutMarkdownExtension} from '../text/markdown-files.ts'
import {joinPath} from '../text/paths.ts'
import {decodePercent, withoutQuery} from '../text/urls.ts'

/** Finds what links mean that were written before files moved: their targets, or the pages that they are on. */
export class RenamedFiles {
  readonly #today: ReadonlyMap<string, string>
  readonly #former = new Map<string, string[]>()
  readonly #hasTwin: (path: string) => boolean
  readonly #isFile: (path: string) => boolean

  /**
   * @param today Where files are today, by where they were.
   * @param hasTwin Is there another file like one? Then git chose one of them, and may have been wrong.
   * @param isFile Is there a file at a path of the tree?
   */
  constructor(
    today: ReadonlyMap<string, string>,
    hasTwin: (path: string) => boolean,
    isFile: (path: string) => boolean,
  ) {
    this.#today = today
    this.#hasTwin = hasTwin
    this.#isFile = isFile
    for (const [former, now] of today) {
      const places = this.#former.get(now)
      if (places) places.push(former)
      else this.#former.set(now, [former])
    }
  }

  /**
   * Look a missing target up among the files that moved: by where it was, seen from where the page is, or from where
   * the page was. What git saw is proof, unless the page's former places lead to several files.
   */
  follow(found: Resolution, link: SiteLink, from: string, site: Site): Resolution {
    if (found.to !== 'missing' || !['file', 'leaves', 'index'].includes(found.why)) return found
    const near = this.#moved(found.path) ?? this.#fromFormer(link, from, site)
    if (near === undefined || isElsewhere(found.path, near, from)) return found
    const {evidence: _, ...missing} = found
    const isProved = !this.#hasTwin(near) && (!site.assumed || this.#isNamed(near, link, from))
    return {...missing, suggestion: near, ...(isProved && {evidence: 'renamed' as const})}
  }

  /**
   * Is a link the path of a file, whatever generator may read the page? One may leave extensions out, and publish the page
   * as a folder, from where other files have other paths: `../a.png` is then beside the page.
   */
  #isNamed(near: string, {url}: SiteLink, from: string): boolean {
    const path = decodePercent(withoutQuery(url))
    const extension = /\.\w+$/.exec(near)?.[0].toLowerCase()
    if (extension === undefined || path.startsWith('/') || !path.toLowerCase().endsWith(extension))
      return false
    return isMarkdownFile(near) || !this.#isFile(joinPath(from.replace(/\.\w+$/, ''), path))
  }

  /** Where a file is today, or the one page that was published by this name: without its extension, or as the index. */
  #moved(path: string): string | undefined {
    const file = this.#today.get(path)
    if (file !== undefined) return file
    const stem = isMarkdownFile(path) ? withoutMarkdownExtension(path) : path.replace(/\.html?$/i, '')
    const pages = [stem, ...INDICES.map((name) => `${stem}/${name}`)].flatMap((name) =>
      MARKDOWN_EXTENSIONS.flatMap((extension) => this.#today.get(`${name}.${extension}`) ?? []),
    )
    return new Set(pages).size === 1 ? pages[0] : undefined
  }

  #fromFormer(link: SiteLink, from: string, site: Site): string | undefined {
    const targets = new Set<string>()
    for (const former of this.#former.get(from) ?? []) {
      const found = site.resolve(link, former)
      if (found.to === 'page' || found.to === 'file') targets.add(found.path)
      const moved = found.to === 'missing' ? this.#moved(found.path) : undefined
      if (moved !== undefined) targets.add(moved)
    }
    return targets.size === 1 ? [...targets][0] : undefined
  }
}

/**
 * Did a link lead to its own page's version or language, and would now leave it? Or is it a licence or the like, which
 * is the same in many projects, so that git takes one project's for another's?
 */
function isElsewhere(path: string, near: string, from: string): boolean {
  if (isCommonProjectFile(near) && projectOf(near) !== projectOf(path)) return true
  const edition = editionOf(from)
  return edition !== '' && edition === editionOf(path) && edition !== editionOf(near)
}

/** The names of pages that stand for their folder. */
const INDICES = ['index', 'README', '_index']

/** Make the function that tells whether another page has the same length and the same headings. */
export function hasTwinAmong(pages: ReadonlyMap<string, Page>): (path: string) => boolean {
  const counts = new Map<string, number>()
  const keyOf = ({end, headings}: Page) => JSON.stringify([end, headings.map(({text}) => text)])
  let counted = 0
  return (path) => {
    // More pages are read while links are followed.
    if (counted !== pages.size) {
      counts.clear()
      counted = pages.size
      for (const page of pages.values()) counts.set(keyOf(page), (counts.get(keyOf(page)) ?? 0) + 1)
    }
    const page = pages.get(path)
    return page !== undefined && counts.get(keyOf(page))! > 1
  }
}
