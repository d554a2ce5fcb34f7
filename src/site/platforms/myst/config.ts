import {trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {stringsIn, valuesOf} from '../../shared/python.ts'
import {type Addition, additionsOf, takesSettings} from './additions.ts'

/** The settings of a `conf.py` that determine URLs, links and ids. */
export interface MystConfig {
  /** Does MyST parse Markdown? `unknown` if that depends on another file or another parser. */
  parser: 'myst' | 'unknown' | 'no'
  /** The extensions of source files, each with its dot. */
  suffixes: string[]
  /** Exclude patterns, in Sphinx's syntax. */
  excluded: string[]
  /** The deepest level of headings that get MyST's anchors; 0 for none. */
  anchorDepth: number
  /** The reason why headings may have other anchors. */
  otherIds: Doubt | undefined
  /** Do typographic replacements change the text of headings before anchors are generated? */
  hasTypography: boolean
  /** The files that the build may add. */
  additions: readonly Addition[]
  /** The routes of an API are targets: `/lamps`. */
  hasRoutes: boolean
  /** Headings are targets by their text. */
  hasSectionLabels: boolean
  /** Colons mark directives, too. */
  hasColonFences: boolean
  /** Text between dollars is math. */
  hasDollarMath: boolean
  /** A program may render sources as templates before they are read. */
  rendersSources: boolean
  /** Names in double braces are replaced. */
  hasSubstitutions: boolean
  /** The reason why `#name` may lead to a target that no page defines. */
  moreTargets: Doubt | undefined
  /** The reason why a label may be one that no page defines, which objects of programs are not. */
  moreLabels: Doubt | undefined
  /** The names by which labels of other projects begin. */
  projects: readonly string[] | 'unknown'
  /** The folders of the packages that autodoc2 documents, as written. */
  packages: readonly string[]
  /** The URL of the site, if it is stated and that of a host. */
  home: string | undefined
  /** Are links left unchanged? */
  keepsLinks: boolean
}

/** More suffixes than any site has. */
const MOST_SUFFIXES = 20

/** The extension that documents the objects of packages on pages of its own. */
const AUTODOC2 = /^autodoc2\b/
/** Extensions that add labels of all kinds; those of autodoc and autosummary come from directives. */
const ADDS_LABELS =
  /intersphinx|api|breathe|domain|bibtex|click|doxy|rust|js|openapi|argparse|external(?!_toc)/
const OTHER_PARSERS = /['"](?:recommonmark|m2r2?|sphinx_mdinclude|myst\w+)['"]/

/**
 * Read the code of a `conf.py`, which is never run: only literal values are known.
 *
 * @param ignoresSources Does Git ignore sources that the build generates?
 */
export function readMyst(code: string, ignoresSources = false): MystConfig {
  const text = code.replace(/(^|[\s,[{(])#[^\n]*/g, '$1')
  const listOf = (variable: string) => valuesOf(text, variable).flatMap(stringsIn)
  const extensions = listOf('extensions')
  const enabled = listOf('myst_enable_extensions')
  const labels = extensions.find((name) => ADDS_LABELS.test(name))
  const targets = labels ?? extensions.find((name) => AUTODOC2.test(name))
  const anchors = valuesOf(text, 'myst_heading_anchors').at(-1)?.trim()
  return {
    parser: parserOf(text, extensions),
    suffixes: suffixesOf([...listOf('source_suffix'), ...suffixesIn(text)], extensions),
    excluded: listOf('exclude_patterns'),
    anchorDepth: anchors === undefined || anchors === 'None' ? 0 : Number(/^\d+$/.exec(anchors)?.[0] ?? 6),
    otherIds: whyOtherIds(text, anchors),
    hasTypography: enabled.some((name) => /^(?:replacements|smartquotes|linkify)$/.test(name)),
    hasColonFences: /['"]colon_fence['"]/.test(text),
    hasDollarMath: /['"]dollarmath['"]/.test(text),
    rendersSources: /\bsource-read\b/.test(text) || takesSettings(text),
    hasSubstitutions:
      enabled.some((name) => /^substitution/.test(name)) || /\bmyst_substitutions\b/.test(text),
    hasRoutes: extensions.some((name) => /http|openapi|swagger/.test(name)),
    hasSectionLabels: extensions.some((name) => /\bautosectionlabel$/.test(name)),
    additions: additionsOf(text, extensions, ignoresSources),
    moreTargets: targets === undefined ? undefined : doubt('more-targets', targets),
    moreLabels: labels === undefined ? undefined : doubt('more-targets', labels),
    projects: projectsIn(valuesOf(text, 'intersphinx_mapping')),
    packages: listOf('autodoc2_packages'),
    home: homeIn(valuesOf(text, 'html_baseurl')),
    keepsLinks: /^myst_(?:all_links_external|commonmark_only|gfm_only)\s*=(?!\s*False)/m.test(text),
  }
}

/** The host that a literal value states: `'https://example.org/'`. Below a path, links from the root are other than URLs. */
function homeIn(values: readonly string[]): string | undefined {
  const [, url] = /^\s*['"](https?:\/\/[^'"{}\s]+)['"]\s*$/.exec(values.at(-1) ?? '') ?? []
  return url !== undefined && URL.canParse(url) && new URL(url).pathname === '/'
    ? trimEnd(url, '/')
    : undefined
}

/** The names of other projects: `{'python': ('https://…', None)}` → `python`. */
function projectsIn(mappings: readonly string[]): MystConfig['projects'] {
  const names = mappings.flatMap((mapping) =>
    [...mapping.matchAll(/['"]([\w.-]+)['"]\s*:/g)].map(([, name]) => name!),
  )
  return mappings.length > 0 && names.length === 0 ? 'unknown' : names
}

function parserOf(text: string, extensions: readonly string[]): MystConfig['parser'] {
  if (extensions.some((name) => /^(?:myst_parser|myst_nb)\b/.test(name))) return 'myst'
  return takesSettings(text) || OTHER_PARSERS.test(text) ? 'unknown' : 'no'
}

/** The extensions of sources that other programs make notebooks of: `nb_custom_formats = {'.Rmd': 'jupytext.reads'}`. */
const suffixesIn = (text: string): string[] =>
  valuesOf(text, 'nb_custom_formats').flatMap((value) =>
    [...value.matchAll(/['"](\.\w+)['"]\s*:/g)].map(([, suffix]) => suffix!),
  )

function suffixesOf(configured: readonly string[], extensions: readonly string[]): string[] {
  const own = configured.filter((each) => /^\.\w+$/.test(each)).slice(0, MOST_SUFFIXES)
  const notebooks = extensions.includes('myst_nb') ? ['.ipynb'] : []
  return [...new Set([...own, '.md', '.rst', ...notebooks])]
}

function whyOtherIds(text: string, anchors: string | undefined): Doubt | undefined {
  if (/\bmyst_heading_slug_func\b/.test(text)) return doubt('id-setting')
  return anchors === undefined || /^(?:\d+|None)$/.test(anchors) ? undefined : doubt('id-setting')
}
