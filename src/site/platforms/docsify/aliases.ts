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
