import {folderOf, isAbove, joinPath, nameOf} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {HugoConfig} from './config.ts'
import type {Routes} from './route-table.ts'
import {pathKey} from './urls.ts'

const INDEX = /(?:^|\/)_?index(?:\.\w+)*$/i

/**
 * Find the page that a content path refers to: from the page's own folder, or from the content root.
 *
 * @param byNameAlone Also find a page anywhere in the content by the last segment of the path.
 */
export function pageAt(
  routes: Routes,
  config: HugoConfig,
  path: string,
  from: string,
  byNameAlone: boolean,
): string | undefined {
  const language = routes.languageOf.get(from) ?? config.defaultLanguage
  for (const stem of stemsOf(path, language)) {
    const file = pageByPath(routes, language, stem, path, from)
    if (file !== undefined) return file
    const named =
      byNameAlone && !path.startsWith('/') && !isAbove(path) ? routes.byName.get(nameOf(stem)) : undefined
    if (named) return named[0]
  }
}

/**
 * The keys that a path may have among the pages: `a.b.md` is looked up as it is, as `a.b` and, in the language `b`, as
 * `a`; and an index as its folder.
 */
function stemsOf(path: string, language: string): string[] {
  const key = pathKey(path)
  const stem = key.replace(/\.(?:md|markdown|html?|adoc|org|rst)$/, '')
  const inLanguage = stem.endsWith(`.${language}`) ? [stem.slice(0, -language.length - 1)] : []
  return [...new Set([key, stem, ...inLanguage].map(withoutIndex))]
}

/** `/a/_index.md` → `/a`; an index beside the page, as `.` */
const withoutIndex = (key: string): string =>
  trimEnd(
    key.replace(/(?:\/|^)_?index(?:\.\w+)?$/, (index) => (index.startsWith('/') ? '/' : '.')),
    '/',
  )

function pageByPath(
  {byPath, pathOf}: Routes,
  language: string,
  stem: string,
  path: string,
  from: string,
): string | undefined {
  const own = pathOf.get(from)?.slice(1)
  const starts = own === undefined || stem.startsWith('/') ? [''] : [own, folderOf(own), '']
  for (const start of starts) {
    const joined = joinPath(start, stem.replace(/^\/+/, ''))
    const file = byPath.get(`${language}:/${joined === '.' ? '' : joined}`)
    // A regular page is not a section: `_index.md` belongs to its section.
    if (file === from && INDEX.test(path) && !INDEX.test(from)) continue
    if (file !== undefined) return file
  }
}
