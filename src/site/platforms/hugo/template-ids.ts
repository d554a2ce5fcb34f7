import {addIds, noIds, type WrittenIds, writtenIds} from '../../shared/written-ids.ts'
import {valuesIn} from './shortcode-calls.ts'

/** The ids that a shortcode adds. */
export interface ShortcodeIds extends WrittenIds {
  /** It shows the content of the page that its parameter names. */
  showsPage: boolean
  /** The folder of that page, with a trailing slash; empty if the parameter names the whole path. */
  folderOfPage: string
  /** The build fails without that page. */
  needsPage: boolean
  /** The ids that one call adds. */
  ofCall(call: string): WrittenIds
}

/** Code that shows text from outside of the page and the template, or gives elements ids in another way. */
const MORE_IDS = [
  /\bGetRemote\b|\bget(?:JSON|CSV)\b|\.Render\b/i,
  // Attributes whose names are computed, and lists of attributes after a block.
  /\}\}\s{0,9}=\s{0,9}\\?["'{]|%[sv]=|\{\s{0,9}#/,
  /^ {0,3}#{1,6}[ \t]/m,
]
const DATA = /\bunmarshal\b|\b(?:site|hugo)\.Data\b/i
const AS_MARKUP = /\bmarkdownify\b|\bRenderString\b|\bsafeHTML\b/i
/** Code that shows its text as highlighted code, or in a fence. */
const SHOWS_CODE =
  /\{\{-?\s{0,9}(?:(?:transform\.)?highlight\b|\(\s{0,9}printf?\s{1,9}"(?:`{3}|~{3}))[^{}]{0,300}\}\}/gi
/** Code that shows the content of pages. */
const PAGE_CONTENT = /\.RenderShortcodes\b|\.RawContent\b|\.Content\b/
/** Code that finds a page, but no list of them. */
const ONE_PAGE = /^(?![\s\S]*\brange\b)[\s\S]*\bGetPage\b/
/** Code that looks up the page that the first parameter names, as it is written, and reports an error if there is none. */
const NEEDS_PAGE =
  /\bwith\s{1,9}\.Get\s{1,9}0\s{0,9}-?\}\}\s{0,99}\{\{-?\s{0,9}with\s{1,9}(?:or\s{1,9})?\(?[$.\w]{0,20}\.GetPage\s{1,9}\.[)\s}-][\s\S]*\berrorf\b/
/** Code that puts a parameter, as a part of a URL, behind the folder of the page that it looks up. */
const FOLDER_OF_PAGE = /\bprintf\s{1,9}"(\/[^"%]{1,200}\/)%s"\s{1,9}\(?(?:urlize|anchorize)?\s{0,9}\./
/** Code that shows a file of the tree. */
const SHOWS_FILE = /\breadFile\b/i
/** Code of a page's template that shows more Markdown than its content. */
const MORE_TEXT = /\.RawContent\b|\bRenderShortcodes\b/i
/** Calls of partial templates; a computed name is not captured. */
const PARTIAL = /\bpartial(?:Cached)?\s+(?:\(|"([^"\n]{1,200})"|`([^`\n]{1,200})`|\$)/g

/** The code of partial templates by name, with extension. */
export type Partials = ReadonlyMap<string, string>

/** More than a template calls. */
const MOST_PARTIALS = 200

/**
 * The ids that a shortcode adds: it may show any text, unless that is known to be from the page itself.
 *
 * @param isText Is its template one of plain text, in which nothing is escaped?
 */
export function idsOfShortcode(code: string, partials: Partials, isText: boolean): ShortcodeIds {
  const byCall = new Map<string, WrittenIds>()
  const ofCall = (call: string) => {
    let ids = byCall.get(call)
    if (!ids) {
      ids = idsOfCall(code, partials, {
        isMarkdown: isText || call.startsWith('{{%'),
        fill: valuesIn(code, call),
      })
      byCall.set(call, ids)
    }
    return ids
  }
  const folderOfPage = FOLDER_OF_PAGE.exec(code)?.[1] ?? ''
  return {...idsOfCall(code, partials, {isMarkdown: true, fill: () => undefined}), folderOfPage, ofCall}
}

interface Call {
  /** Is what the template outputs read as Markdown, as it is for `{{% %}}`, or not escaped? */
  isMarkdown: boolean
  /** Returns the value of code in the shortcode's own template, if it is known. */
  fill(code: string): string | undefined
}

function idsOfCall(
  code: string,
  partials: Partials,
  {isMarkdown, fill}: Call,
): Omit<ShortcodeIds, 'ofCall' | 'folderOfPage'> {
  const codes = withPartials(code, partials)
  const ids = {...noIds(), any: showsTextOfFile(codes, isMarkdown)}
  let showsPage = false
  for (const each of codes) {
    if (each === undefined) {
      ids.any = true
      continue
    }
    const hasContent = PAGE_CONTENT.test(each)
    if (hasContent && ONE_PAGE.test(code)) showsPage = true
    else if (hasContent) ids.any = true
    if (MORE_IDS.some((kind) => kind.test(each)) || (DATA.test(each) && showsMarkup(each))) ids.any = true
    addIds(ids, writtenIds(each, each === code ? fill : undefined))
  }
  return {...ids, showsPage, needsPage: showsPage && NEEDS_PAGE.test(code)}
}

/** May templates render the text of a file? They escape it otherwise. */
function showsTextOfFile(codes: ReadonlySet<string | undefined>, isMarkdown: boolean): boolean {
  const known = [...codes].filter((each) => each !== undefined)
  return known.some((each) => SHOWS_FILE.test(each)) && (isMarkdown || known.some(showsMarkup))
}

const showsMarkup = (code: string): boolean => AS_MARKUP.test(code.replace(SHOWS_CODE, ''))

/**
 * The ids that the template of a page adds to those of its content. Any may be added only by its own code, by code that
 * shows files, and by code for data, such as descriptions of an API.
 */
export function idsOfLayout(code: string, partials: Partials): WrittenIds {
  const ids = noIds()
  let ofData = false
  for (const each of withPartials(code, partials)) {
    if (each === undefined) continue
    addIds(ids, writtenIds(each))
    ofData ||= (SHOWS_FILE.test(each) && AS_MARKUP.test(each)) || (DATA.test(each) && addsAny(each, partials))
  }
  return {...ids, any: ofData || MORE_TEXT.test(code) || writtenIds(code).any}
}

const addsAny = (code: string, partials: Partials): boolean =>
  [...withPartials(code, partials)].some((each) => each !== undefined && writtenIds(each).any)

/** The code of a template, and of the partial templates that it calls, each once; undefined for unknown ones. */
function withPartials(code: string, partials: Partials): Set<string | undefined> {
  const all = new Set<string | undefined>([code])
  for (const each of all) {
    if (all.size > MOST_PARTIALS) break
    for (const [, quoted, raw] of each?.matchAll(PARTIAL) ?? []) {
      const name = quoted ?? raw
      all.add(name === undefined ? undefined : (partials.get(name) ?? partials.get(`${name}.html`)))
    }
  }
  return all
}
