import GithubSlugger from 'github-slugger'
import type {Heading} from '../page/facts.ts'

/** `{#id}` at the end of a heading. */
const CLASSIC = /\s*\{#((?:.(?!\{#|\}))*.)\}$/
/** `:name`, which is a directive wherever it stands in text, and no text; with what it may hold in braces. */
const DIRECTIVE = /(?<!:):([A-Za-z](?:[\w-]*[A-Za-z0-9])?)(?![\w:-])(\{[^}]*\})?/g

/** How the ids of a page are made. */
export interface IdOptions {
  /** The page is MDX, where only its own comments hold ids. */
  isMdx: boolean
  maintainCase: boolean
  /** The page's title is taken off before ids are given, as it is on blogs. */
  withoutTitle?: boolean
}

/** The ids that Docusaurus gives to headings, those of first rank with them, though the theme does not show those. */
export function docusaurusIds(
  headings: readonly Heading[],
  {isMdx, maintainCase, withoutTitle = false}: IdOptions,
): (string | undefined)[] {
  const slugger = new GithubSlugger()
  return headings.map((heading, index) => {
    if (heading.html || (withoutTitle && index === 0 && heading.depth === 1)) return undefined
    const {comment} = heading
    const isOwn = comment?.startsWith('#') && (!isMdx || heading.text.includes('{/*'))
    const own = isOwn ? comment!.split(' ')[0]!.slice(1) : ''
    if (own) return own
    const text = withoutDirectives(heading)
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/\{(\/\*[\s\S]*?\*\/)\}/g, '$1')
    return CLASSIC.exec(text)?.[1]?.trim() ?? slugger.slug(text, maintainCase)
  })
}

/** The text of a heading less what stands in it as a directive; code is none. */
function withoutDirectives({text, code}: Heading): string {
  if (!text.includes(':')) return text
  let out = ''
  let at = 0
  for (const {start, end} of [...(code ?? []), {start: text.length, end: text.length}]) {
    out += text.slice(at, start).replace(DIRECTIVE, '') + text.slice(start, end)
    at = end
  }
  return out
}
