import {lexemesOfText} from '../../data/plain.ts'
import {parserOf} from './parsers.ts'
import type {FrontMatter} from './types.ts'

/**
 * A shortcode in a text; it is expanded, if at all, when the front matter has been read. At the start of a value, braces
 * would be YAML.
 */
const SHORTCODE = /(?<![:?,[{-]\s*)\{\{(?:<[^<>]*>|%[^%]*%)\}\}/g
const DELIMITERS = /\{\{|\{%|<%|\}\}|%\}|%>/g

/**
 * Does front matter belong to a template of pages rather than to a page? Its values are then unknown: template code is
 * outside of quotes, or begins in quotes and ends elsewhere, as in `"{{ f "x" }}"`. Entirely in quotes, it is a string.
 */
export function isTemplate(kind: FrontMatter['kind'], whole: string): boolean {
  if (!/\{\{|\{%|<%/.test(whole)) return false
  const source = whole.replace(SHORTCODE, '')
  /** The part in which unclosed template code began. */
  let opened: number | undefined
  for (const [index, part] of partsOf(lexemesOf(kind, source)).entries())
    for (const [delimiter] of part.matchAll(DELIMITERS)) {
      const isOpening = /[{<]/.test(delimiter)
      const isQuoted = index % 2 === 1
      if (isOpening ? !isQuoted : opened !== undefined && opened !== index) return true
      opened = isOpening ? index : undefined
    }
  return false
}

/** The parts of a text, alternately unquoted and quoted, beginning with an unquoted one. */
function partsOf(lexemes: Iterable<string>): string[] {
  const parts = ['']
  for (const lexeme of lexemes)
    if (/^["']/.test(lexeme)) parts.push(lexeme, '')
    else parts[parts.length - 1] += lexeme
  return parts
}

/** A text split into lexemes, with nothing omitted; a quoted string is one lexeme, including its quotes. */
function lexemesOf(kind: FrontMatter['kind'], source: string): Iterable<string> {
  if (kind !== 'yaml') return lexemesOfText(source)
  const {CST, Lexer} = parserOf('yaml')
  const marks = [CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]
  return [...new Lexer().lex(source)].filter((lexeme) => !marks.includes(lexeme))
}
