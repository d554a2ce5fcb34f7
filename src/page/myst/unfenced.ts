import type {Span} from '../../text/span.ts'
import type {Directive} from './directives.ts'
import {OF_MARKDOWN, VERBATIM, WITH_TITLE} from './names.ts'

/** Takes the place of marks before a title: it has no width, and is not white space, by which code would be indented. */
const FILLER = '\u2060'
/** A title without any of these contains only text. */
const MAY_HAVE_FACTS = /[[<`]/

/**
 * Replace the fences of directives whose body is Markdown, and their options, so that the body parses as part of the
 * page, and comments; offsets are unchanged. Code that ends with its directive is closed in place of the directive. The
 * bodies of others between colons are not Markdown, and become blank.
 */
export function unfenced(
  text: string,
  {directives, comments}: {directives: readonly Directive[]; comments: readonly Span[]},
): string {
  return replaced(text, [...comments.map(blank), ...directives.flatMap(spansOf)])
}

/** A part of the text, and what each of its characters is replaced with. */
type Replaced = Span & {by: string}

const blank = ({start, end}: Span): Replaced => ({start, end, by: ' '})

function spansOf(directive: Directive): Replaced[] {
  const {name, opening, argument, optionLines, body, closing, openCode, isColon} = directive
  const isVerbatim = VERBATIM.test(name)
  const hasFacts = MAY_HAVE_FACTS.test(argument.text)
  const first = {start: opening.start, end: argument.end}
  if (!OF_MARKDOWN.test(name) && !(isColon && isVerbatim))
    // A URL there is not a link in text, but perhaps one of the directive: `:::{button-link} https://example.org`.
    return isColon && !hasFacts ? [blank(first)] : []
  return [
    WITH_TITLE.test(name) && hasFacts ? {...opening, by: FILLER} : blank(first),
    ...optionLines.map(blank),
    ...(isVerbatim ? [blank(body)] : []),
    ...(closing ? [{...closing, by: openCode ?? ' '}] : []),
  ]
}

function replaced(text: string, spans: Replaced[]): string {
  if (spans.length === 0) return text
  let out = ''
  let done = 0
  for (const {start, end, by} of spans.sort((a, b) => a.start - b.start)) {
    // A directive inside another whose body is blank.
    if (end <= done) continue
    const from = Math.max(start, done)
    out += text.slice(done, from) + text.slice(from, end).replace(/[^\r\n]/g, by)
    done = end
  }
  return out + text.slice(done)
}
