import type {Span} from '../../text/span.ts'
import type {Page} from '../types.ts'
import {named, targetIn} from './links.ts'

/** Roles that refer to a page, a file or a label of the site. */
const ROLE = /(?<!\\)\{(?:std:)?(doc|ref|numref|download|any)\}$/
const LONGEST_NAME = 15
/**
 * Add what a role refers to whose name stands before code: `guide/use` for `` {doc}`Use <guide/use>` ``.
 *
 * @param code The span of the code with its backticks.
 */
export function addRole({links}: Page, source: string, code: Span): void {
  if (source[code.start - 1] !== '}') return
  const name = ROLE.exec(source.slice(Math.max(0, code.start - LONGEST_NAME), code.start))?.[1]
  if (name === undefined) return
  const written = source.slice(code.start, code.end).replace(/^`+|`+$/g, '')
  const start = source.indexOf(written, code.start)
  const target = targetIn(written.trimEnd())
  const text = target.trim()
  // An exclamation mark suppresses the reference.
  if (text === '' || written.trimStart().startsWith('!')) return
  const at = start + (target === written.trimEnd() ? 0 : written.lastIndexOf('<') + 1) + target.indexOf(text)
  links.push(named({text: text.replace(/\s+/g, ' '), start: at, end: at + text.length}, name))
}
