import {copyString} from '../copy-string.ts'
import type {Surroundings} from '../prose.ts'
import type {Page} from '../types.ts'
import {addAttributes} from './props.ts'

/** The name of a component in text: `:badge`, with a label, attributes, or both: `:badge[New]{to="/a"}`. */
const COMPONENT = /(?<=^|[\s[*_(]):([a-zA-Z](?:[\w-]*[a-zA-Z\d-])?)(?![\w:-])/gm
/** Attributes after a link, an image, code, emphasis or a span: `[a](/b){.c}`, `[a]{.b}`. */
const ATTRIBUTES = /(?<=[)\]`*_])\{[^{}\n]*\}/g
/** The text of a longer span keeps its brackets. */
const LONGEST_SPAN = 300
const LABEL = /\[[^[\]\n]{0,1000}\]/y
const BRACES = /\{(?:[^{}"'\n]|"[^"\n]*"|'[^'\n]*')*\}/y

/**
 * Blank the marks and attributes of components and of spans in text, and add their properties to the page; offsets are
 * unchanged. `## Use :badge[New]{to="/a"}` → `## Use        New          `.
 *
 * @param offset The offset of the text in the page.
 */
export function withoutInlineComponents(
  page: Page,
  text: string,
  offset: number,
  {inFence, inSpanOrComment}: Surroundings,
): string {
  const isCode = (at: number) => inFence(at) || inSpanOrComment(at)
  const at = {page, text, offset, isCode}
  const components = ofComponents(at)
  const starts = new Set(components.map(([start]) => start))
  return blanked(text, [...components, ...ofAttributes(at, starts)])
}

/** The text of a page below its front matter. */
interface Place {
  page: Page
  text: string
  offset: number
  isCode(at: number): boolean
}

type Stretch = [start: number, end: number]

/** The stretches to blank of components, whose properties are added to the page. */
function ofComponents({page, text, offset, isCode}: Place): Stretch[] {
  const blanks: Stretch[] = []
  const names = new Set<string>()
  for (const {0: whole, 1: name, index} of text.matchAll(COMPONENT)) {
    if (isCode(index)) continue
    if (!names.has(name!)) page.opaqueContent.push(copyString(`:${name}`))
    names.add(name!)
    blanks.push([index, index + whole.length])
    const end = addLabel(text, index + whole.length, blanks)
    const braces = matchAt(BRACES, text, end)
    if (braces === undefined) continue
    addAttributes(page, name!, braces, offset + end)
    blanks.push([end, end + braces.length])
    addLabel(text, end + braces.length, blanks)
  }
  return blanks
}

/**
 * The stretches to blank of attributes and spans.
 *
 * @param known Where stretches of components start.
 */
function ofAttributes({page, text, offset, isCode}: Place, known: ReadonlySet<number>): Stretch[] {
  const blanks: Stretch[] = []
  for (const {0: braces, index} of text.matchAll(ATTRIBUTES)) {
    if (known.has(index) || isCode(index)) continue
    addAttributes(page, 'span', braces, offset + index)
    blanks.push([index, index + braces.length])
    const length = /\[[^[\]\n]*\]$/.exec(text.slice(Math.max(0, index - LONGEST_SPAN), index))?.[0].length
    if (length !== undefined) blanks.push([index - length, index - length + 1], [index - 1, index])
  }
  return blanks
}

/** Blank the brackets of a label. @returns its end */
function addLabel(text: string, at: number, blanks: Stretch[]): number {
  const label = matchAt(LABEL, text, at)
  if (label === undefined) return at
  const end = at + label.length
  blanks.push([at, at + 1], [end - 1, end])
  return end
}

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at
  return expression.exec(text)?.[0]
}

/** Takes the place of the start of a line: spaces alone would make code of it. It has no width. */
export const FILLER = '\u2060'

function blanked(text: string, blanks: Stretch[]): string {
  let out = ''
  let done = 0
  let isFirst = true
  for (const [start, end] of blanks.sort((a, b) => a[0] - b[0])) {
    if (start < done) continue
    const before = text.slice(done, start)
    const newline = before.lastIndexOf('\n')
    isFirst = (isFirst || newline >= 0) && before.slice(newline + 1).trim() === ''
    out += before + (isFirst ? FILLER : ' ').padEnd(end - start)
    isFirst = false
    done = end
  }
  return out + text.slice(done)
}
