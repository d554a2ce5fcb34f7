import escapeStringRegexp from 'escape-string-regexp'
import {trimBoth} from '../../text/trim.ts'
import type {HostContext} from '../platform.ts'

/** The extensions of scripts that frameworks look for. */
const EXTENSIONS = ['ts', 'js', 'mjs']

/**
 * The code of the middleware of a site, which sees each request before its pages do; empty if there is none.
 *
 * @param paths Where a framework looks for it, without extension: `src/middleware`.
 */
export async function middlewareCode(
  {tree, lookup}: Pick<HostContext, 'tree' | 'lookup'>,
  paths: readonly string[],
): Promise<string> {
  const files = paths
    .flatMap((path) => EXTENSIONS.map((extension) => `${path}.${extension}`))
    .filter((file) => lookup.isFile(file))
  return (await Promise.all(files.map((file) => tree.read(file).catch(() => '')))).join('\n')
}

const COMMENT = /\/\*.*?\*\/|^[ \t]*\/\/[^\n]*/gms
const STRING = /'[^'\n]*'|"[^"\n]*"|`[^`]*`/g
/** What code tells paths apart by, besides strings: expressions, data from elsewhere, numbers of letters. */
const OTHER_TESTS =
  /[(=,:!&|?]\s*\/[^/*\n]|\b(?:RegExp|URLPattern|fetch|await|require|charAt|charCodeAt|codePointAt|toLowerCase|toUpperCase|decodeURI\w*|Math|Date|env|process|locals|cookies|headers|request)\b|\.length\s*[<>=!%]/
/** A string that names something in a path. */
const NAME = /[\p{L}\p{N}]{2}/u
/** Code with more of them is not understood. */
const MOST_NAMES = 200
const WORD_BEFORE = '(?<![\\p{L}\\p{N}])'
const WORD_AFTER = '(?![\\p{L}\\p{N}])'

/**
 * Reads which paths middleware may treat otherwise than others: those with a string of its code, if it tells paths
 * apart by nothing else.
 *
 * @returns undefined if it may tell them apart by something else
 */
export function pathsNamedIn(code: string): ((path: string) => boolean) | undefined {
  const own = code.replace(COMMENT, '')
  if (OTHER_TESTS.test(own.replace(STRING, "''"))) return
  const names = [...own.matchAll(STRING)]
    .flatMap(([text]) => text.slice(1, -1).split(/\$\{[^}]*\}/))
    .filter((text) => NAME.test(text))
  if (names.length > MOST_NAMES) return
  const patterns = [...new Set(names)].map(patternFor)
  return (path) => patterns.some((pattern) => pattern.test(`/${trimBoth(path, '/')}/`))
}

/** `/old` begins a path, while `old` is one of its words. */
function patternFor(name: string): RegExp {
  const [before, after] = /^\W/.test(name) ? ['', ''] : [WORD_BEFORE, WORD_AFTER]
  return new RegExp(before + escapeStringRegexp(name) + after, 'u')
}
