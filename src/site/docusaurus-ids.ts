import GithubSlugger from 'github-slugger'
import type {Heading} from '../page/facts.ts'

/** `{#id}` at the end of a heading. */
const CLASSIC = /\s*\{#((?:.(?!\{#|\}))*.)\}$/
/** `:name`, which is a directive wherever it stands in text, and no text; with what it may hold in braces. */
const DIRECTIVE = /(?<!:):([A-Za-z](?:[\w-]*[A-Za-z0-9])?)(?![\w:-])(\{[^}]*\})?/g

/** How the ids of a page are made. */
export interface IdOptions {
  /** Comments of HTML hold ids, too: in Markdown that is no MDX, where MDX 1 is not imitated. */
  htmlComments?: boolean
  maintainCase: boolean
  /** The page's title is taken off before ids are given, as it is on blogs. */
  withoutTitle?: boolean
}

/** The ids that Docusaurus gives to headings, those of first rank with them, though the theme does not show those. */
export function docusaurusIds(
  headings: readonly Heading[],
  {htmlComments = false, maintainCase, withoutTitle = false}: IdOptions,
): (string | undefined)[] {
  const slugger = new GithubSlugger()
  return headings.map((heading, index) => {
    if (heading.html || (withoutTitle && index === 0 && heading.depth === 1)) return undefined
    const {comment} = heading
    const isOwn = comment?.startsWith('#') && (htmlComments || /\{\s*\/\*/.test(heading.text))
    const own = isOwn ? comment!.split(' ')[0]!.slice(1) : ''
    if (own) return own
    const text = textOf(heading).replace(/<!--[\s\S]*?-->/g, '')
    return CLASSIC.exec(text)?.[1]?.trim() ?? slugger.slug(text, maintainCase)
  })
}

/** The text of a heading with those of its images, less what stands in it as a directive; code is none. */
function textOf({text, code = [], alts = []}: Heading): string {
  if (alts.length === 0 && !text.includes(':')) return text
  let out = ''
  let at = 0
  const plain = (until: number) => {
    out += text.slice(at, until).replace(DIRECTIVE, '')
    at = until
  }
  const parts = [...code, ...alts.map(({at: start, text: alt}) => ({start, end: start, alt}))]
  for (const part of parts.sort((a, b) => a.start - b.start)) {
    plain(part.start)
    out += 'alt' in part ? part.alt : text.slice(part.start, part.end)
    at = part.end
  }
  plain(text.length)
  return out
}
