import {folderOf, folderPrefix, nameOf} from '../text/paths.ts'

/** Pages that Docsify shows around others, beside the HTML file that loads it. */
const AROUND = ['_sidebar.md', '_navbar.md', '_coverpage.md']

/** Is a file the HTML page that loads Docsify, with its configuration? */
export const isDocsifyPage = (path: string, files: ReadonlySet<string>): boolean =>
  nameOf(path) === 'index.html' && AROUND.some((name) => files.has(folderPrefix(folderOf(path)) + name))

const ALIASES = /\balias['"]?\s*:\s*\{([^{}]*)\}/
const ALIAS = /(['"])([^'"\n]*)\1\s*:\s*(['"])([^'"\n]*)\3/g
/** Further aliases are ignored. */
const MOST_ALIASES = 100

/**
 * The aliases in Docsify's configuration, whose expressions are matched against whole paths, as redirects:
 * `'.*?/news': '/changelog.md'` redirects `/news`, `/*\/news`, and both with `.md` to `/changelog.md`.
 */
export function docsifyAliases(html: string): [from: string, to: string][] {
  const list = html.includes('$docsify') ? (ALIASES.exec(html)?.[1] ?? '') : ''
  return [...list.matchAll(ALIAS)].slice(0, MOST_ALIASES).flatMap(([, , pattern, , to]) => {
    const path = pattern!.replace(/\(\.[*+]\??\)|\.[*+]\??/g, '*')
    const paths = path.startsWith('*/') ? [path.slice(1), `/${path}`] : [path]
    return paths
      .flatMap((from) => (/(?:\.md|\*)$/.test(from) ? [from] : [from, `${from}.md`]))
      .map((from): [string, string] => [from, to!])
  })
}
