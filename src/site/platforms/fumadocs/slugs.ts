import {folderOf, nameOf, pathBelow} from '../../../text/paths.ts'
import type {PublishedPage} from '../../shared/mdx-app/page-table.ts'
import type {Translations} from './loaders.ts'

/** A folder in parentheses, which URLs lack. */
const GROUP = /^\(.+\)$/

/** A file of a collection, by its path in the folder, without its language. */
interface Entry {
  file: string
  path: string
  language: string
}

/**
 * The pages of a collection, at their URLs: `(guide)/setup.mdx` → `docs/setup`, `guide/index.mdx` → `docs/guide`, or
 * `docs/guide/index` if there is `guide.mdx`.
 *
 * @param top The URL below which they are published, without slashes at its ends.
 */
export function publishedPages(
  files: Iterable<string>,
  folder: string,
  top: string,
  languages: Translations | undefined,
): PublishedPage[] {
  const taken = new Set<string>()
  const pages: PublishedPage[] = []
  const add = ({file, language}: Entry, slugs: readonly string[]) => {
    const url = [top, ...slugs].filter(Boolean).join('/')
    taken.add(`${language}\n${url}`)
    pages.push({file, url, ...(languages && {language})})
  }
  const entries = [...files].flatMap((file) => entriesOf(file, pathBelow(file, folder)!, languages))
  const isIndex = ({path}: Entry) => /^index\.\w+$/.test(nameOf(path))
  for (const each of entries) if (!isIndex(each)) add(each, slugsOf(each.path))
  for (const each of entries.filter(isIndex)) {
    const slugs = slugsOf(each.path)
    const url = [top, ...slugs].filter(Boolean).join('/')
    add(each, taken.has(`${each.language}\n${url}`) ? [...slugs, 'index'] : slugs)
  }
  return pages
}

function slugsOf(path: string): string[] {
  const name = nameOf(path).replace(/\.[^.]*$/, '')
  const folders = folderOf(path)
    .split('/')
    .filter((each) => each !== '' && !GROUP.test(each))
  return name === 'index' ? folders : [...folders, name]
}

/** A file as a page of its language; `setup.$.mdx` and `$/setup.mdx` are pages of all languages. */
function entriesOf(file: string, path: string, languages: Translations | undefined): Entry[] {
  if (!languages) return [{file, path, language: ''}]
  const {all, main, parser} = languages
  const [, before, language, after] =
    (parser === 'dir' ? /^()([^/]+)\/(.+)$/s : /^((?:.*\/)?[^/]+)\.([^./]+)(\.[^./]+)$/s).exec(path) ?? []
  if (language === '$') return [...all].map((each) => ({file, path: before! + after!, language: each}))
  return language !== undefined && all.has(language)
    ? [{file, path: before! + after!, language}]
    : [{file, path, language: main}]
}
