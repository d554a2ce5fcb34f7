import {joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {stringsIn, valuesOf} from '../../shared/python.ts'

/** The pages that are redirected, as paths from the site's folder without extension; `computed` if code names more. */
export type Redirected = ReadonlySet<string> | 'computed'

/** Extensions that redirect pages, each with its setting: sphinx-reredirects and sphinxext-rediraffe. */
const EXTENSIONS: readonly [extension: RegExp, setting: string][] = [
  [/reredirects$/, 'redirects'],
  [/rediraffe$/, 'rediraffe_redirects'],
]
/** A key of a dictionary: `"a/b.md": `. */
const KEY = /(['"])([^'"\n]+)\1\s*:/g
/** The first path of a line: `"a/b.md" "c.md"`, or `a/b.md c.md`. */
const FIRST_OF_LINE = /^[ \t]*(?!#)(?:"([^"\n]+)"|'([^'\n]+)'|(\S+))/gm

/** Read the redirects that a `conf.py` contains, or that are in the file that it names. */
export async function readRedirects(code: string, {tree, marker}: SiteContext): Promise<Redirected> {
  const extensions = valuesOf(code, 'extensions').flatMap(stringsIn)
  const redirected = new Set<string>()
  for (const [extension, setting] of EXTENSIONS) {
    if (!extensions.some((name) => extension.test(name))) continue
    for (const value of valuesOf(code, setting)) {
      const sources = await sourcesOf(value, (file) => tree.read(joinPath(marker.root, file)))
      if (!sources) return 'computed'
      for (const source of sources)
        redirected.add(setting === 'redirects' ? source : source.replace(/\.\w+$/, ''))
    }
  }
  return redirected
}

/** The redirected pages, as written; undefined if code computes them. */
async function sourcesOf(
  value: string,
  read: (file: string) => Promise<string>,
): Promise<string[] | undefined> {
  const [, , file] = /^(['"])([^'"\n]+)\1\s*$/.exec(value) ?? []
  if (file !== undefined) {
    const text = await read(file).catch(() => undefined)
    if (text === undefined) return undefined
    return [...text.matchAll(FIRST_OF_LINE)].map(([, double, single, bare]) => (double ?? single ?? bare)!)
  }
  if (!value.startsWith('{') || value.includes('**')) return undefined
  return [...value.matchAll(KEY)].map(([, , key]) => key!)
}
