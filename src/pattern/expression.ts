import {RE2JS} from 're2js'
import {UserError} from '../errors/errors.ts'
import {expressionFault, type Written} from './wildcard.ts'

/** One of the user's regular expressions, in JavaScript syntax, matched in linear time. */
export interface Expression {
  test(text: string): boolean
  /** Replace the first match, or all with the flag `g`. The replacement may contain `$1`, `$<name>`, `$&` and `$$`. */
  replace(text: string, replacement: string): string
}

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
}

/** Compile an expression. @throws {@link UserError} if it is invalid, or cannot be matched without backtracking */
export function expressionOf({source, flags}: Written): Expression {
  const shown = `\`/${source}/${flags}\``
  const fault = expressionFault({source, flags})
  if (fault) throw new UserError(`The regular expression ${shown} ${fault}`)
  const bits = [...flags].reduce((sum, flag) => sum | (FLAGS[flag] ?? 0), 0)
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(RE2JS.translateRegExp(flags.includes('y') ? `^(?:${source})` : source), bits)
  } catch (error) {
    throw new UserError(
      `The regular expression ${shown} cannot be run in linear time: ${(error as Error).message.replace(/^error parsing regexp: /, '')}`,
    )
  }
  return {
    test: (text) => compiled.test(text),
    replace: (text, replacement) => {
      const found = compiled.matcher(text)
      let out = ''
      let done = 0
      while (found.find()) {
        out += text.slice(done, found.start()) + filled(replacement, found)
        done = found.end()
        if (!flags.includes('g')) break
      }
      return out + text.slice(done)
    },
  }
}

/** A replacement with the parts of a match inserted, as in JavaScript. */
const filled = (replacement: string, found: ReturnType<RE2JS['matcher']>): string =>
  replacement.replace(/\$(?:(\$)|(&)|(\d\d?)|<([^>]*)>)/g, (whole, dollar, all, number, name) => {
    if (dollar) return '$'
    if (all) return found.group() ?? ''
    if (name !== undefined) return found.group(name) ?? ''
    return Number(number) >= 1 && Number(number) <= found.groupCount()
      ? (found.group(Number(number)) ?? '')
      : whole
  })
