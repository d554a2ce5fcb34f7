import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {idsOfHtml, makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {headingOf, mapProse} from '../../shared/headings.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Anchors} from '../../types.ts'
import {componentAt, isBuiltInComponent} from './components.ts'
import type {StarlightContext} from './context.ts'

/** Ids of Starlight, its tabs and footnotes. */
const THEME_IDS =
  /^(?:top|_top|starlight__.*|theme-icons|tab-.*|user-content-fn(?:ref)?-.*|footnote-label|overview)$/i

/** The anchors of a page. */
export function starlightAnchors(context: StarlightContext, page: Page): Anchors {
  const {smartypants} = context.config
  const ofHeadings = starlightIds(page, smartypants)
  const ids = new Set([...ofHeadings, ...idsOfHtml(page)])
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: (text) => starlightIds({...page, headings: [headingOf(text)]}, smartypants)[0],
    alsoHas: (fragment) =>
      // As of Astro 6, a trailing hyphen is kept.
      ids.has(fragment.replace(/-$/, '')) || THEME_IDS.test(fragment) || context.componentIds.has(fragment),
    incompleteBecause: whyIncomplete(context, page),
  })
}

function whyIncomplete(
  {config, routes, componentsWithoutIds}: StarlightContext,
  page: Page,
): Doubt | undefined {
  const {sourceFolder, otherIds, hasStarlight} = config
  if (otherIds !== undefined) return otherIds
  const isPage = page.path.startsWith(`${sourceFolder}/pages/`)
  const isContent = hasStarlight && page.path.startsWith(`${sourceFolder}/content/docs/`)
  if (!isPage && !isContent) return doubt('included-elsewhere')
  if (isPage && 'layout' in record(page.frontMatter?.data)) return doubt('layout-ids', 'of the page')
  if (routes().of(page.path) === undefined) return doubt('included-elsewhere')
  if (page.opaqueContent[0] !== undefined) return mayAddIds(page.opaqueContent[0])
  const component = page.components?.find(
    ({from}) =>
      !isBuiltInComponent(from) &&
      !(from !== undefined && componentsWithoutIds.has(componentAt(from, page.path, sourceFolder))),
  )
  if (component) return doubt('content-ids', `<${component.name}>`)
  const odd = page.headings.find(({text}) => /\.\s+\.+\s+\./.test(text))
  return odd && uncertainId(odd)
}

/** The ids of a page's headings; undefined for one written in HTML. */
export function starlightIds(page: Page, smartypants: boolean): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  const data = page.path.endsWith('.mdx') ? record(page.frontMatter?.data) : undefined
  return page.headings.map((heading) =>
    heading.html
      ? undefined
      : slugs.give(githubSlug(renderedText(heading, smartypants, data))).replace(/-$/, ''),
  )
}

/** An MDX expression. */
const EXPRESSION = /(\{[^{}]*\})/
/** An expression that Astro evaluates. */
const FRONT_MATTER = /^\{\s*frontmatter((?:\.[\w$]+)+)\s*\}$/

/**
 * The text that an id is generated from: with `--` as a dash, except in code and expressions, and with values of front
 * matter: `{frontmatter.title} -- more` → `Title — more`.
 */
function renderedText({text, code}: Heading, smartypants: boolean, data: object | undefined): string {
  const withDashes = (prose: string) => (smartypants ? prose.replace(/(?<!-)--(?!-)/g, '—') : prose)
  if (!data) return mapProse(text, code, withDashes)
  return mapProse(text, code, (prose) =>
    prose
      .split(EXPRESSION)
      .map((part, index) => (index % 2 ? valueNamedBy(part, data) : withDashes(part)))
      .join(''),
  )
}

/** The front matter string that an expression refers to, or the expression itself, which Astro treats as text. */
function valueNamedBy(expression: string, data: object): string {
  const path = FRONT_MATTER.exec(expression)?.[1]
  let value: unknown = data
  for (const key of path?.slice(1).split('.') ?? []) value = record(value)[key]
  return path !== undefined && typeof value === 'string' ? value : expression
}
