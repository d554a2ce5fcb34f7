import {copyString} from '../copy-string.ts'
import {surroundingsIn} from '../prose.ts'
import type {Page} from '../types.ts'
import {FILLER, withoutInlineComponents} from './inline.ts'
import {addAttributes, addYaml} from './props.ts'

/** The first line of a component: `::card[Title]{to="/a"}`. */
const OPENING = /^([ \t]*)(:{2,})([a-zA-Z][\w.-]*)(\[[^\]\n]*\])?(\{[^\n]*\})?[ \t\r]*$/
const CLOSING = /^[ \t]*:{2,}[ \t\r]*$/
/** The name of a slot: `#title`. */
const SLOT = /^[ \t]*#[a-zA-Z][\w-]*(?:\{[^\n]*\})?[ \t\r]*$/
const FENCE = /^[ \t>*+-]*(?:(`{3,})([^`].*)?|(~{3,})([^~].*)?)$/s
const YAML_FENCE = /^[ \t]*---[ \t\r]*$/
/** CommonMark takes lines with more indentation for code; in a component, that of its first line does not count. */
const CODE_INDENT = 4
/** More than a page nests. */
const DEEPEST = 100

/**
 * Read the components of MDC, the Markdown of Nuxt Content: their properties are added to the page, and their marks and
 * properties become blank, so that their content parses as a part of the page. Offsets are unchanged.
 *
 * ```text
 * ::card{to="/a"}  →
 *   Text           →    Text
 * ::               →
 * ```
 *
 * @param from The end of the front matter.
 */
export function readMdc(page: Page, text: string, from: number): string {
  const body = text.slice(from)
  const rest = /^[ \t]*:{2}[a-zA-Z]/m.test(body) ? new MdcReader(page, body, from).read() : body
  return text.slice(0, from) + withoutInlineComponents(page, rest, from, surroundingsIn(rest))
}

/** Reads a page line by line, with the indentation of the components that are open. */
class MdcReader {
  readonly #page: Page
  readonly #lines: string[]
  readonly #offset: number
  readonly #open: number[] = []
  readonly #names = new Set<string>()
  #fence: string | undefined

  constructor(page: Page, text: string, offset: number) {
    this.#page = page
    this.#lines = text.split('\n')
    this.#offset = offset
  }

  read(): string {
    let start = this.#offset
    for (let at = 0; at < this.#lines.length; at++) {
      const line = this.#lines[at]!
      const last = this.#isFenced(line) ? at : this.#component(at, start)
      for (let each = at; each <= last; each++) start += this.#lines[each]!.length + 1
      if (last === at && this.#lines[at] === line) this.#lines[at] = this.#dedented(line)
      at = last
    }
    return this.#lines.join('\n')
  }

  /** Is a line part of fenced code? */
  #isFenced(line: string): boolean {
    const [, ticks, ofTicks, fence = ticks, info = ofTicks ?? ''] = FENCE.exec(line) ?? []
    if (this.#fence !== undefined) {
      if (fence?.startsWith(this.#fence) && info.trim() === '') this.#fence = undefined
      return true
    }
    if (fence === undefined || (fence[0] === '`' && info.includes('`'))) return false
    this.#fence = fence
    return true
  }

  /**
   * Read the first or last line of a component.
   *
   * @returns the number of its last line that was read
   */
  #component(at: number, start: number): number {
    const line = this.#lines[at]!
    const opening = OPENING.exec(line)
    if (opening && this.#open.length < DEEPEST) return this.#begin(opening, at, start)
    if (this.#open.length === 0) return at
    if (CLOSING.test(line)) this.#open.pop()
    else if (!SLOT.test(line)) return at
    this.#lines[at] = blank(line)
    return at
  }

  #begin(
    [line, indent, colons, name, label = '', braces = '']: RegExpExecArray,
    at: number,
    start: number,
  ): number {
    this.#open.push(indent!.length)
    if (!this.#names.has(name!)) this.#page.opaqueContent.push(copyString(`::${name}`))
    this.#names.add(name!)
    const beforeLabel = indent!.length + colons!.length + name!.length
    const beforeBraces = beforeLabel + label.length
    addAttributes(this.#page, name!, braces, start + beforeBraces)
    const title = label === '' ? '' : `${FILLER}${label.slice(1, -1)} `
    this.#lines[at] = (' '.repeat(beforeLabel) + title).padEnd(line.length)
    const end = this.#endOfYaml(at + 1)
    if (end === undefined) return at
    const yaml = this.#lines.slice(at + 1, end + 1)
    addYaml(this.#page, name!, yaml.join('\n'), start + line.length + 1)
    for (const [index, each] of yaml.entries()) this.#lines[at + 1 + index] = blank(each)
    return end
  }

  /** The number of the last line of properties in YAML that begin at a line; undefined if there are none. */
  #endOfYaml(first: number): number | undefined {
    if (!YAML_FENCE.test(this.#lines[first] ?? '')) return
    for (let at = first + 1; at < this.#lines.length; at++) if (YAML_FENCE.test(this.#lines[at]!)) return at
    return
  }

  /** A line that is indented as far as its component, with a line break in place of that indentation. */
  #dedented(line: string): string {
    const indent = this.#open.at(-1) ?? 0
    const own = line.length - line.trimStart().length
    return own >= CODE_INDENT && own < line.length && indent > 0
      ? `${' '.repeat(Math.min(indent, own) - 1)}\n${line.slice(Math.min(indent, own))}`
      : line
  }
}

const blank = (line: string) => ' '.repeat(line.length)
