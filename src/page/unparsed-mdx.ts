import {copyString} from './copy-string.ts'
import type {CoveredMdx} from './mdx.ts'
import {withoutFencedCode} from './opaque-content.ts'
import {codeSpans} from './template/code-spans.ts'
import type {Page} from './types.ts'

/** A code span, or the tag of a component. */
const SPAN_OR_TAG = /(`+)|<([A-Z][\w$]*(?:\.[\w$]+)*)([^<>]{0,2000})/g
/** The value of an attribute. */
const VALUE = /=["']([^"'<>{}\n]{1,99})["']/g
/** A line that is a heading unless it is code. */
const HEADING = /^[ \t>]*#{1,6}[ \t]+\S/gm

/**
 * Add what may give ids to elements of a page that could not be parsed as MDX, and was read as Markdown: its components,
 * the code in braces that creates elements, and lines that only MDX takes for headings.
 */
export function addUnparsedMdx(page: Page, source: string, covered: CoveredMdx): void {
  const text = withoutFencedCode(source)
  addComponents(page, text, covered.imports)
  page.opaqueContent.push(...covered.opaque)
  for (const heading of page.headings)
    if ((heading.textWithoutId ?? heading.text).includes('{')) heading.template = true
  const starts = new Set(page.headings.map(({start}) => start))
  const isRead = ({0: line, index}: RegExpExecArray) => starts.has(index + line.indexOf('#'))
  if ([...text.matchAll(HEADING)].some((line) => !isRead(line)))
    page.opaqueContent.push('MDX that cannot be parsed')
}

function addComponents(page: Page, text: string, imports: CoveredMdx['imports']): void {
  const endOfCode = codeSpans(text)
  const names = new Set<string>()
  SPAN_OR_TAG.lastIndex = 0
  for (let match = SPAN_OR_TAG.exec(text); match; match = SPAN_OR_TAG.exec(text)) {
    const [, ticks, name, attributes] = match
    if (ticks !== undefined) SPAN_OR_TAG.lastIndex = endOfCode(SPAN_OR_TAG.lastIndex, ticks.length)
    else {
      names.add(name!)
      for (const [, value] of attributes!.matchAll(VALUE)) page.componentProps.push(copyString(value!))
    }
  }
  if (names.size === 0) return
  page.components = [...names].map((name) => {
    const from = imports.get(name.replace(/\..*/s, ''))
    return {name: copyString(name), ...(from !== undefined && {from})}
  })
}
