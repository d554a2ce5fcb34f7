import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderOf, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'

/** Is it the name of a language, such as `fr` or `pt-BR`? */
export const isLanguage = (name: string): boolean => /^[a-z]{2}(?:-[a-z]{2,4})?$/i.test(name)

/** The folder of another language that a file is in, beside the content folder: `docs/fr` for `docs/fr/a.md`, with `docs/en`. */
export function languageFolderOf(file: string, content: string): string | undefined {
  if (!isLanguage(nameOf(content))) return
  const languages = folderOf(content)
  const own = pathBelow(file, languages)?.split('/', 1)[0]
  return own === undefined || !isLanguage(own) ? undefined : joinPath(languages, own)
}

/** Code other than the configuration of Next.js and of its tools. */
const CODE = /(?:^|\/)(?!(?:[^/]*\.config|next-env\.d)\.)[^/]+\.[cm]?[jt]sx?$/

/**
 * The folder of the language that the others are translated from, which has all of their pages: `pages/en` beside
 * `pages/fr`. Where there is code, the code decides, and may redirect: it is then not looked for.
 *
 * @param prefix The site's folder with a trailing slash.
 */
export function originalLanguage({files}: Tree, prefix: string): string | undefined {
  const languages = new Map<string, Map<string, Set<string>>>()
  for (const file of files) {
    if (!file.startsWith(prefix)) continue
    const inside = file.slice(prefix.length)
    if (CODE.test(inside)) return
    if (isMarkdownFile(file)) addTo(languages, inside.split('/'))
  }
  const [first, ...others] = [...languages].filter(([, found]) => found.size > 1)
  if (!first || others.length > 0) return
  const [parent, byName] = first
  const name = [...byName.keys()].find((each) =>
    [...byName.values()].every((pages) => [...pages].every((page) => byName.get(each)!.has(page))),
  )
  return name === undefined ? undefined : parent + name
}

/** Add a page to those of its language, by the folder of languages. */
function addTo(languages: Map<string, Map<string, Set<string>>>, segments: readonly string[]): void {
  const at = segments.slice(0, -1).findIndex(isLanguage)
  if (at < 0) return
  const parent = segments
    .slice(0, at)
    .map((each) => `${each}/`)
    .join('')
  const byName = languages.get(parent) ?? new Map<string, Set<string>>()
  languages.set(parent, byName)
  const pages = byName.get(segments[at]!) ?? new Set<string>()
  byName.set(segments[at]!, pages.add(segments.slice(at + 1).join('/')))
}
