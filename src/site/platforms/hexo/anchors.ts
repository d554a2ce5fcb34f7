import type {Heading, Page} from '../../../page/types.ts'
import {isMisspelling} from '../../../text/nearest.ts'
import {doubt} from '../../doubts.ts'
import {idsOfHtml, makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {isHtmlWithoutIds} from '../../shared/html-blocks.ts'
import {idsByAnyRule} from '../../shared/id-rules.ts'
import {templateHeadingDoubts, withGaps} from '../../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import type {HexoConfig} from './config.ts'
import {type HexoIdOptions, hexoIds, readIdOptions} from './heading-ids.ts'
import type {Plugins} from './plugins.ts'

/** Tags of Hexo, its common plugins and the theme NexT that add no ids. */
const TAGS_WITHOUT_IDS =
  /^\{%-?\s*(?:end\w+|raw|code|codeblock|quote|blockquote|pullquote|centerquote|note|img|image|link|a|anchor|post_link|post_path|asset_\w+|url_for|full_url_for|iframe|gist|youtube|vimeo|jsfiddle|include[-_]code|btn|button|can|caniuse|cq|gp|grouppicture|label|lg|linkgrid|mermaid|pdf|subnote|video|wavedrom|if|else|elif|for|set)\b|^\{#/
/** The tabs of NexT and of the themes that have them from it; a number may follow the name. */
const TABS = /^\{%-?\s{0,9}(?:sub){0,2}tabs\s([^%,]{1,200})/
/** Ids of common themes, which are in lower case unlike those of most headings, and of footnotes. */
const THEME_IDS =
  /^(?:main|content|page|site|top|header|footer|nav|navigation|menu|sidebar|search|toc|comments?|posts?|article|container|more|disqus|gitalk|valine|waline)(?:[-_]\w+(?:-\w+)*)?$|^fn(?:ref)?:?.+$/

/** The anchors of a page on a Hexo site. */
export function hexoAnchors(page: Page, {marked, markdown}: HexoConfig, plugins: Plugins): Anchors {
  const {renderer, version} = plugins
  const options = renderer === 'other' ? undefined : readIdOptions(renderer, marked, markdown, version)
  const assumed = options ?? readIdOptions('marked', marked, markdown)
  const {headings} = page
  const ids = hexoIds(headings, assumed)
  // The versions 6 of hexo-renderer-marked differ.
  const others = version === 6 ? hexoIds(headings, {...assumed, escapes: true}) : []
  const folded = new Set(ids.map((id) => id && withOneQuote(id)))
  const mayBeOfTheme = (id: string) =>
    THEME_IDS.test(id) && !ids.some((each) => each !== undefined && isMisspelling(id, each))
  return makeAnchors({
    ofHeadings: ids,
    ids: [...ids, ...others, ...idsOfHtml(page), ...(options ? [] : idsByAnyRule(headings))],
    idOf: (text) => hexoIds([headingOf(text)], assumed)[0],
    // Emphasis decides which of the quotes around it open.
    alsoHas: (id) => folded.has(withOneQuote(id)) || mayBeOfTheme(id),
    doubts: [
      ...(options ? [] : [doubt('id-setting')]),
      ...(plugins.ids ? [plugins.ids] : []),
      ...whyMoreIds(markdown, renderer),
      ...[...plugins.inBrowser].map(([name, code]) => scriptDoubt(name, code, ids)),
      ...codesOn(page, plugins.plainTags).map(codeDoubt),
      ...templateHeadingDoubts(headings),
      ...(options?.renderer === 'markdown-it'
        ? headings.flatMap((each) => typographyDoubt(each, options))
        : []),
    ],
  })
}

const withOneQuote = (id: string) => id.replace(/‘/g, '’').replace(/“/g, '”')

/** A script may shorten ids, lengthen them, or know the fragments that it names. */
const scriptDoubt = (name: string, code: string, ids: readonly (string | undefined)[]): AnchorDoubt => ({
  ...doubt('template-ids', `the script ${name}`),
  covers: (fragment) =>
    code.includes(`'${fragment}'`) ||
    code.includes(`"${fragment}"`) ||
    code.includes(` ${fragment}:`) ||
    ids.some((id) => id !== undefined && id !== '' && (id.startsWith(fragment) || fragment.startsWith(id))),
})

/** The plugins of markdown-it that the configuration lists may change ids. */
const whyMoreIds = ({plugins}: Record<string, unknown>, renderer: Plugins['renderer']): AnchorDoubt[] =>
  renderer === 'markdown-it' && Array.isArray(plugins) && plugins.length > 0
    ? [doubt('plugin-ids', 'a plugin of markdown-it')]
    : []

/** The template code and HTML of each name that may add ids to a page. */
function codesOn({opaqueContent}: Page, plainTags: ReadonlySet<string>): string[] {
  const addsNone = (code: string) =>
    TAGS_WITHOUT_IDS.test(code) ||
    code.startsWith('{{') ||
    isHtmlWithoutIds(code) ||
    plainTags.has(/^\{%-?\s*([\w-]+)/.exec(code)?.[1] ?? '')
  return [
    ...new Set(
      opaqueContent
        .filter((code) => !addsNone(code))
        .map((code) => TABS.exec(code)?.[0] ?? /^\{%-?\s*[\w-]+/.exec(code)?.[0] ?? code),
    ),
  ]
}

/** The doubt about the ids that code adds; tabs have ids of their name: `{% tabs Set up, 2 %}` → `set-up`, `set-up-1`. */
function codeDoubt(code: string): AnchorDoubt {
  const words = TABS.exec(code)?.[1]
    ?.replace(/["']|-$/g, '')
    .trim()
    .split(/\s+/)
  const name = words?.join('-').toLowerCase()
  const about = mayAddIds(code)
  return name === undefined ? about : {...about, covers: (fragment) => fragment.startsWith(name)}
}

/** Quotes that markdown-it may leave straight, and tags and images, whose text it makes a part of the id. */
function typographyDoubt(heading: Heading, {smart}: HexoIdOptions): AnchorDoubt[] {
  const {text, source, imageAlts} = heading
  const isUncertain = (smart && /["']/.test(text)) || imageAlts !== undefined || /<\w/.test(source ?? '')
  return isUncertain ? [withGaps(uncertainId(heading), text.split(/["']/))] : []
}
