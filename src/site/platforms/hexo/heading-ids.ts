import type {Heading} from '../../../page/types.ts'
import {record} from '../../shared/data.ts'
import {escapedHtml, escapedProse} from '../../shared/escaped-html.ts'
import {mapProse} from '../../shared/headings.ts'
import {hexoSlug} from '../../shared/hexo-slug.ts'

/** The options of a renderer that determine ids. */
export interface HexoIdOptions {
  renderer: 'marked' | 'markdown-it'
  /** Ids are in lower case (1), in upper case (2), or as written. */
  letterCase: unknown
  /** Typographic signs take the place of straight quotes, hyphens and dots. */
  smart: boolean
  /** Ids contain the names of escaped characters: `amp` and `lt`. */
  escapes: boolean
  /** Headings have ids. */
  hasIds: boolean
  /** Headings above this level have none. */
  level: number
  /** The separator before the number of a duplicate. */
  suffix: string
}

/** Read the options of the renderer of Markdown. */
export function readIdOptions(
  renderer: HexoIdOptions['renderer'],
  marked: Record<string, unknown>,
  markdown: Record<string, unknown>,
  version?: number,
): HexoIdOptions {
  if (renderer === 'marked')
    return {
      renderer,
      letterCase: marked.modifyAnchors,
      smart: marked.smartypants !== false,
      escapes: version !== undefined && version < 6,
      hasIds: marked.headerIds !== false,
      level: 1,
      suffix: '',
    }
  const anchors = record(markdown.anchors)
  const render = record(markdown.render)
  return {
    renderer,
    letterCase: anchors.case,
    smart: render.typographer !== false,
    escapes: false,
    hasIds: true,
    level: typeof anchors.level === 'number' ? anchors.level : 2,
    suffix: typeof anchors.collisionSuffix === 'string' ? anchors.collisionSuffix : '',
  }
}

/**
 * The ids of hexo-renderer-marked (`lib/renderer.js`) and hexo-renderer-markdown-it (`lib/anchors.js`), verified against
 * both.
 *
 * @returns an id for each heading; undefined for one without, or written in HTML
 */
export function hexoIds(headings: readonly Heading[], options: HexoIdOptions): (string | undefined)[] {
  const {renderer, hasIds, level, suffix} = options
  const times = new Map<string, number>()
  return headings.map((heading) => {
    if (!hasIds || heading.html || heading.depth < level) return undefined
    const id = slugOf(heading, options)
    const before = times.get(id) ?? (renderer === 'marked' && id in {} ? INHERITED : 0)
    times.set(id, before + 1)
    if (before === INHERITED) return `${id}-NaN`
    if (before === 0) return id
    return renderer === 'marked' ? `${id}-${before}` : `${id}-${suffix}${before + 1}`
  })
}

/** The table of hexo-renderer-marked inherits the properties of objects, so that `constructor` seems to be taken once. */
const INHERITED = -1

function slugOf(heading: Heading, options: HexoIdOptions): string {
  const slug = hexoSlug(
    options.renderer === 'marked' ? shownByMarked(heading, options) : shownByMarkdownIt(heading, options),
  )
  if (options.letterCase === 1) return slug.toLowerCase()
  return options.letterCase === 2 ? slug.toUpperCase() : slug
}

const shownByMarkdownIt = ({text, code}: Heading, {smart}: HexoIdOptions): string =>
  smart ? mapProse(text, code, withTypography) : text

/** Ids are made of HTML: with what it escapes, or once without, and then without tags. */
function shownByMarked({text, code = []}: Heading, {smart, escapes}: HexoIdOptions): string {
  const written = (prose: string) => (smart ? withSmartSigns(prose) : prose)
  if (!escapes) return withoutTags(mapProse(text, code, (prose) => unescaped(written(prose)))).trim()
  const spans = code.map(({start, end}) => ({
    start,
    end,
    replacement: escapedHtml(text.slice(start, end)),
  }))
  return mapProse(text, spans, (prose) => escapedProse(written(prose)))
}

/** The typography of hexo-renderer-marked: dashes, curly quotes and ellipses, none of which a slug leaves out. */
const withSmartSigns = (text: string) =>
  text
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/(^|[-—/([{"\s])'/g, '$1‘')
    .replace(/'/g, '’')
    .replace(/(^|[-—/([{‘\s])"/g, '$1“')
    .replace(/"/g, '”')
    .replace(/\.{3}/g, '…')

/** The typography of markdown-it, without its quotes. */
const withTypography = (text: string) =>
  text
    .replace(/\((c|r|tm)\)/gi, (_, sign: string) => SIGNS[sign.toLowerCase()]!)
    .replace(/\+-/g, '±')
    .replace(/\.{2,}/g, '…')
    .replace(/([?!])…/g, '$1..')
    .replace(/([?!]){4,}/g, '$1$1$1')
    .replace(/,{2,}/g, ',')
    .replace(/(^|[^-])---(?=[^-]|$)/g, '$1—')
    .replace(/(^|\s)--(?=\s|$)/g, '$1–')
    .replace(/(^|[^-\s])--(?=[^-\s]|$)/g, '$1–')

const SIGNS: Record<string, string> = {c: '©', r: '®', tm: '™'}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
  '&#x2F;': '/',
  '&#x3D;': '=',
}

/** The references that hexo-util resolves once, in text that was escaped before. */
const unescaped = (text: string) =>
  text.replace(/&(?:amp|lt|gt|quot|#39|#96|#x2F|#x3D);/g, (each) => ENTITIES[each]!)

/** The text without what looks like tags, even in code: `` `<div>` in `a < b` `` → ` in a < b`. */
const withoutTags = (text: string) => text.replace(/<(?![ \n])[^<>]*(?:>|$)/g, '')
