import {lexemesOfText} from '../../data/plain.ts'
import type {FrontMatter} from '../types.ts'
import {parserOf} from './parsers.ts'

const DELIMITERS = /\{\{|\{%|<%|\}\}|%\}|%>/g

/**
 * Is front matter a template of pages, not that of a page? Then its values are not known: template code stands outside of
 * quotes, or begins in quotes and ends elsewhere, as in `"{{ f "x" }}"`. In quotes alone it is a string.
 */
export function isTemplate(kind: FrontMatter['kind'], source: string): boolean {
  if (!/\{\{|\{%|<%/.test(source)) return false
  /** The part in which template code was opened last, and is still open. */
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

/** The parts of a text, unquoted and quoted in turn, beginning with an unquoted one. */
function partsOf(lexemes: Iterable<string>): string[] {
  const parts = ['']
  for (const lexeme of lexemes)
    if (/^["']/.test(lexeme)) parts.push(lexeme, '')
    else parts[parts.length - 1] += lexeme
  return parts
}

/** A text in pieces, none left out; a quoted string is one piece with its quotes. */
function lexemesOf(kind: FrontMatter['kind'], source: string): Iterable<string> {
  if (kind !== 'yaml') return lexemesOfText(source)
  const {CST, Lexer} = parserOf('yaml')
  const marks = [CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]
  return [...new Lexer().lex(source)].filter((lexeme) => !marks.includes(lexeme))
}
