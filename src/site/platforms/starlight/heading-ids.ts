import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {record} from '../../shared/data.ts'
import {mapProse} from '../../shared/headings.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

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
