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
const WORD = /[\p{L}\p{N}]{2,}/gu

/**
 * Reads which paths middleware may treat otherwise than others: those with a word of its strings, if it tells paths
 * apart by nothing else.
 *
 * @returns undefined if it may tell them apart by something else
 */
export function pathsNamedIn(code: string): ((path: string) => boolean) | undefined {
  const own = code.replace(COMMENT, '')
  if (OTHER_TESTS.test(own.replace(STRING, "''"))) return
  const words = new Set([...own.matchAll(STRING)].flatMap(([text]) => text.match(WORD) ?? []))
  return (path) => (path.match(WORD) ?? []).some((word) => words.has(word))
}
