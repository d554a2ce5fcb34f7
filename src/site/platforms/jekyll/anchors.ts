import type {Heading, Page} from '../../../page/types.ts'
import {isMisspelling, lettersOf} from '../../../text/nearest.ts'
import {doubt} from '../../doubts.ts'
import {makeAnchors} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf} from '../../shared/headings.ts'
import {isHtmlWithoutIds} from '../../shared/html-blocks.ts'
import {type IncludeFinder, shownPage} from '../../shared/shown-page.ts'
import {repeatedIds, templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import {mayBeWritten, type WrittenIds} from '../../shared/written-ids.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import type {JekyllConfig} from './config.ts'
import {isUnclear, kramdownGfmIds, kramdownIds} from './heading-ids.ts'
import type {Plugins} from './plugins.ts'
import type {TemplateIds} from './template-ids.ts'

/** Liquid code that adds no elements to a page: tags, and simple values. */
const CODE_WITHOUT_IDS =
  /^(?:\{%-?\s*(?:link|post_url|raw|comment|highlight|if|elsif|else|unless|case|when|assign|capture|increment|decrement|end\w+|break|continue|seo|feed_meta|gist|octicon|avatar)\b|\{\{-?\s*(?:["']|site\.(?:baseurl|url|title|version|github\.\w+|repository|time)\b|page\.(?:title|url|date|version)\b))/
const INCLUDE = /^\{%-?\s*include(?:_cached)?\s+["']?([\w./-]+)/
const LOOP = 'the tag for'
const TAG_NAME = /^\{%-?\s*([\w-]+)/
/** kramdown's footnotes and its table of contents. */
const KRAMDOWN_IDS = /^(?:fn(?:ref)?:.+|markdown-toc.*)$/
/** Common ids of theme layouts. */
const THEME_IDS =
  /^_?(?:main|content|page|site|top|header|footer|nav|navigation|menu|sidebar|search|toc|comments?|disqus)(?:[-_]\w+(?:-\w+)*)?$/i

/** The facts that the anchors of a site's pages depend on. */
export interface JekyllAnchorContext {
  config: JekyllConfig
  plugins: Plugins
  templates: TemplateIds
  finder: IncludeFinder
}

/** The anchors of a page on a Jekyll site. */
export function jekyllAnchors(page: Page, context: JekyllAnchorContext): Anchors {
  const {kramdown} = context.config
  const {pages, headings, ids: written, doubts, ofOwn} = shownPage(page, context.finder)
  const idsOf = kramdown ? (all: readonly Heading[]) => kramdownIds(all, kramdown) : kramdownGfmIds
  const ids = idsOf(headings)
  const layout = context.templates.layouts.get(String(record(page.frontMatter?.data).layout ?? 'default'))
  const codes = pages.flatMap((each) => codesOn(each, context))
  const added = [layout, ...codes.map((code) => code.added)].filter((each) => each !== undefined)
  return makeAnchors({
    ofHeadings: ofOwn(ids),
    ids: [...ids, ...written.map(({id}) => id)],
    idOf: (text) => idsOf([{...headingOf(text), source: text}])[0],
    alsoHas: (id) =>
      KRAMDOWN_IDS.test(id) || mayBeOfTheme(id, ids) || added.some(({literal}) => literal.has(id)),
    doubts: [
      ...doubts,
      ...doubtsAboutSite(page, context),
      ...(layout ? doubtsAboutWritten('the layout', layout) : []),
      ...codes.flatMap((code) => doubtsAboutCode(code, ids)),
      ...templateHeadingDoubts(headings),
    ],
  })
}

/** May a theme add an id? Not one that misspells that of a heading. */
const mayBeOfTheme = (id: string, ids: readonly (string | undefined)[]): boolean =>
  THEME_IDS.test(id) && !ids.some((each) => each !== undefined && isMisspelling(id, each))

function doubtsAboutSite(
  {frontMatter, headings}: Page,
  {config, plugins}: JekyllAnchorContext,
): AnchorDoubt[] {
  const {gfm, kramdown} = config
  const isUncertain = kramdown?.stripping && headings.some(isUnclear)
  return [
    ...(record(frontMatter?.data).redirect_to ? [doubt('layout-ids', 'of a redirect')] : []),
    ...(gfm || kramdown ? [] : [doubt('id-setting')]),
    ...(plugins.ids ? [plugins.ids] : []),
    ...(isUncertain ? [doubt('heading-id', 'a heading')] : []),
  ]
}

/** Liquid code or HTML on a page that may add ids. */
interface AddingCode {
  name: string
  text: string
  /** The ids that an include adds; undefined for other code, and for includes of themes. */
  added?: WrittenIds
}

/** The code of each name that may add ids to a page. */
function codesOn({opaqueContent}: Page, {templates}: JekyllAnchorContext): AddingCode[] {
  const byName = new Map<string, AddingCode>()
  for (const text of opaqueContent) {
    if (CODE_WITHOUT_IDS.test(text) || isHtmlWithoutIds(text)) continue
    const include = INCLUDE.exec(text)?.[1]
    const name = include === undefined ? nameOfCode(text) : `the include ${include}`
    const known = byName.get(name)
    const added = include === undefined ? undefined : templates.includes.get(include)
    if (known) known.text += text
    else byName.set(name, {name, text, ...(added && {added})})
  }
  return [...byName.values()]
}

/** `{% tabs id %}` → `the tag tabs`; the first line of anything else. */
function nameOfCode(text: string): string {
  const tag = TAG_NAME.exec(text)?.[1]
  return tag === undefined ? text.split('\n', 1)[0]! : `the tag ${tag}`
}

/** The ids that code names, such as a parameter `id="x"`, are likely those that it adds. */
function doubtsAboutCode(
  {name, text, added}: AddingCode,
  ids: readonly (string | undefined)[],
): AnchorDoubt[] {
  // The body of a loop is read like other text.
  if (name === LOOP) return [repeatedIds(doubt('template-ids', name), new Set(ids))]
  if (added && !added.any) return doubtsAboutWritten(name, added)
  const named = lettersOf(text)
  const covers = (id: string) => named.includes(lettersOf(id))
  return [{...doubt('template-ids', name), covers}, doubt('content-ids', name)]
}

const doubtsAboutWritten = (name: string, added: WrittenIds): AnchorDoubt[] =>
  added.patterns.length === 0
    ? []
    : [{...doubt('template-ids', name), covers: (id) => mayBeWritten(added, id)}]
