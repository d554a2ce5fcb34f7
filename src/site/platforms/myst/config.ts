/** What counts of a `conf.py`. */
export interface MystConfig {
  /** Markdown is read by MyST; `unknown` where another file, or another parser, decides. */
  parser: 'myst' | 'unknown' | 'no'
  /** What source files end in, each with its dot. */
  suffixes: string[]
  /** Patterns of what is no part of the site, as Sphinx writes them. */
  excluded: string[]
  /** Headings down to this level have the anchors of MyST; 0 for none. */
  anchorDepth: number
  /** Why headings may have other anchors. */
  otherIds: string | undefined
  /** Typography changes some headings before they become anchors. */
  hasTypography: boolean
  /** Why files may appear that are not in the tree. */
  moreFiles: string | undefined
  /** Why `#name` may lead to something that stands on no page. */
  moreTargets: string | undefined
  /** Links are left as they are. */
  keepsLinks: boolean
}

/** More ends of files than any site has. */
const MOST_SUFFIXES = 20

/** Extensions that write pages or pictures. */
const GENERATES =
  /autodoc2|autoapi|apidoc|gallery|exhale|autogen|generat|collections|multiproject|external_content|autosummary|jinja|execute|programoutput|click/
/** Extensions that bring names to link to. */
const NAMES =
  /intersphinx|autodoc|autosummary|api|breathe|domain|bibtex|click|doxy|rust|js|openapi|argparse|external|sectionlabel/

/**
 * Read a `conf.py`, which is code and is never run: what is written out in it counts.
 *
 * @param code The text of the file.
 */
export function readMyst(code: string): MystConfig {
  const text = code.replace(/(^|[\s,[{(])#[^\n]*/g, '$1')
  const extensions = valuesOf(text, 'extensions').flatMap(stringsIn)
  const suffixes = valuesOf(text, 'source_suffix')
    .flatMap(stringsIn)
    .filter((each) => /^\.\w+$/.test(each))
    .slice(0, MOST_SUFFIXES)
  const anchors = valuesOf(text, 'myst_heading_anchors').at(-1)?.trim()
  const enabled = valuesOf(text, 'myst_enable_extensions').flatMap(stringsIn)
  const generator = extensions.find((name) => GENERATES.test(name))
  const names = extensions.find((name) => NAMES.test(name))
  const isMyst = extensions.some((name) => /^(?:myst_parser|myst_nb)\b/.test(name))
  const isShared = /^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+\*|\bexec\(|^extensions\s*=\s*[^[(\s]/m.test(text)
  const isOther = /['"](?:recommonmark|m2r2?|sphinx_mdinclude|myst\w+)['"]/.test(text)
  const keepsLinks = /^myst_(?:all_links_external|commonmark_only|gfm_only)\s*=(?!\s*False)/m.test(text)
  return {
    parser: isMyst ? 'myst' : isShared || isOther ? 'unknown' : 'no',
    suffixes: [
      ...new Set([...suffixes, '.md', '.rst', ...(extensions.includes('myst_nb') ? ['.ipynb'] : [])]),
    ],
    excluded: valuesOf(text, 'exclude_patterns').flatMap(stringsIn),
    anchorDepth: anchors === undefined || anchors === 'None' ? 0 : Number(/^\d+$/.exec(anchors)?.[0] ?? 6),
    otherIds: /\bmyst_heading_slug_func\b/.test(text)
      ? 'the anchors of headings are configured'
      : anchors !== undefined && !/^(?:\d+|None)$/.test(anchors)
        ? 'the depth of anchors is computed'
        : undefined,
    hasTypography: enabled.some((name) => /^(?:replacements|smartquotes|linkify)$/.test(name)),
    moreFiles:
      generator !== undefined
        ? `${generator} may write files`
        : /\.connect\(\s*['"](?:builder-inited|config-inited|env-before-read-docs|source-read)|\bopen\(|\bshutil\.|\bsubprocess\b|\bos\.system\b|\.write_(?:text|bytes)\(|\burlretrieve\b/.test(
              text,
            )
          ? 'conf.py may write files'
          : isShared
            ? 'conf.py is made of other files'
            : undefined,
    moreTargets: names === undefined ? undefined : `${names} brings names to link to`,
    keepsLinks,
  }
}

/** The source of what a name of the module's top level is set to or extended by. */
function valuesOf(text: string, name: string): string[] {
  const found: string[] = []
  const set = new RegExp(`^[ \\t]*${name}(?:\\s*(?:\\+|:[^=\\n]*)?=|\\.(?:extend|append)\\()\\s*`, 'gm')
  for (let match = set.exec(text); match; match = set.exec(text)) {
    const start = set.lastIndex
    set.lastIndex = endOfValue(text, start)
    found.push(text.slice(start, set.lastIndex))
  }
  return found
}

/** Where an expression of Python ends: at a line's end, unless a bracket is open. */
function endOfValue(text: string, from: number): number {
  const token = /'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|[[({]|[\])}]|\n/g
  token.lastIndex = from
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (/^[[({]$/.test(match[0])) depth++
    else if (/^[\])}]$/.test(match[0])) depth--
    if (depth < 0 || (match[0] === '\n' && depth === 0)) return match.index
  }
  return text.length
}

const stringsIn = (code: string) =>
  [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map(([, a, b]) => (a ?? b)!)
