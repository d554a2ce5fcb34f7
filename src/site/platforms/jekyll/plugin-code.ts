import {wildcard} from '../../../pattern/wildcard.ts'
import {trimBoth} from '../../../text/trim.ts'
import type {Doubt} from '../../doubts.ts'
import {isWritten} from '../../shared/written-paths.ts'

/** Pages or files that the build may add. */
export interface Addition {
  doubt: Doubt
  /** Can it add something at a path of the site, without a leading slash? */
  covers(path: string): boolean
}

/** Code that creates files, copies them, or runs programs; reading `site.pages` adds none. */
const CREATES =
  /\b(?:StaticFile|Document|Collection|\w*Reader)\.new\b|(?<!<)<\s*(?:Jekyll::)?(?:Page|StaticFile|PageWithoutAFile|Document)\b|\.(?:static_files|docs)\s*(?:<<|\+=|=(?!=)|\.(?:push|concat|append|unshift)\b)|\bFileUtils\.(?:cp|copy|mv|move|ln|install)|\bsystem[ (]\s*['"]|\brequire_relative\b.*\.\.\//
/** Code that adds pages to the site, and that makes them: `PageWithoutAFile.new(site, site.source, "tags", name)`. */
const ADDS = /\.pages\s*(?:<<|\+=|=(?!=)|\.(?:push|concat|append|unshift)\b)/
const PAGES = /\bPage(?:WithoutAFile)?\.new\b[ (]?([^\n]*)/g
/** Code that gives pages other URLs: front matter, settings, and methods of Jekyll that it replaces. */
const MOVES = new RegExp(
  [
    String.raw`\bpermalink['"]?\s*(?:\]\s*(?:\|\|)?=(?!=)|=>)|\bpermalink:\s|@url\s*(?:\|\|)?=(?!=)`,
    String.raw`\bdef\s+(?:self\.)?(?:url|permalink|destination|dir|url_template|url_placeholders)\b`,
    String.raw`\bUrlDrop\b[^]*\bdef\s+(?:collection|path|output_ext|name|title|slug|(?:slugified_)?categories|i?_?(?:month|day)|\w*year)\b`,
    String.raw`\bconfig\[\s*['":](?:baseurl|url|permalink|collections|collections_dir|include|exclude|defaults|source)['"]?\s*\]\s*(?:\|\||\+)?(?:=(?!=)|<<)`,
  ].join('|'),
)
/** A converter, of other files than Markdown. */
const CONVERTS = /\bdef\s+output_ext\b/
const MARKDOWN = /\b(?:md|markdown)\b/i
/** Code that changes the redirects of pages, from URLs such as those of pages. */
const REDIRECTS = /\bredirect_from['"]?\s*\]\s*(?:(?:\|\|)?=(?!=)|<<)/

/** The pages and files that the code of a plugin may add, which is never run; undefined if it cannot be read. */
export function addedBy(source: string | undefined, doubt: Doubt): Addition[] {
  const code = source?.replace(/^[ \t]*#.*$/gm, '')
  if (code === undefined || CREATES.test(code) || MOVES.test(code)) return [{doubt, covers: () => true}]
  if (CONVERTS.test(code) && !MARKDOWN.test(code)) return [{doubt, covers: isPage}]
  const written = writtenBy(code)
  const pages = pagesIn(code).map((pattern) => wildcard(pattern))
  return [
    ...(REDIRECTS.test(code) ? [{doubt, covers: isPage}] : []),
    ...pages.map((page) => ({doubt, covers: (path: string) => page.test(path) || page.test(`${path}/`)})),
    ...(written.length > 0 ? [{doubt, covers: (path: string) => isWritten(written, path)}] : []),
  ]
}

/** Is a path that of a page, by its extension? */
export const isPage = (path: string) => /\.html?$|(?:^|\/)[^./]*$/.test(path)

/** Code that runs on whole pages. */
const SEES_PAGES =
  /\bHooks\.register\b|<\s*(?:Jekyll::)?(?:Converter|Converters::\w+|Generator)\b|\bKramdown\b/

/** May the code of a plugin change the ids of all pages? */
export const changesIds = (code: string): boolean => SEES_PAGES.test(code) && /\bid\b/.test(code)

/** Calls that write files, with what follows. */
const WRITES = /\b(?:File|IO)\.(write|binwrite|open|new)\b[ (]?([^\n]*)/g
const WRITING_MODE = /^[^\n]*,\s*(?:mode:\s*)?['"][wa]/
/** The last segments of a path, as a literal. */
const LITERAL = /(?:^|[,+/]\s*|\b(?:in_dest_dir|join|new|Pathname)\(\s*)(["'])([^"'\n]*)\1[)\s]*$/
/** Methods that change a path, so that literals in their arguments are not segments of it. */
const CHANGES = /\.(?:g?sub|tr|delete|chomp|replace)/
const ANYTHING = '*'

/** The paths, from the root of the site, of the pages that Ruby code makes, in which `*` stands for anything. */
function pagesIn(code: string): string[] {
  const made = [...code.matchAll(PAGES)].map(([, rest]) => {
    const [, , folder, name = ''] = argumentsIn(rest!).map((each) => /^(["'])([^"'#]*)\1$/.exec(each)?.[2])
    if (folder === undefined) return ANYTHING
    const below = trimBoth(folder, '/')
    return below === '' ? name.replace(/\.\w+$/, ANYTHING) || ANYTHING : `${below}/*`
  })
  return made.length === 0 && ADDS.test(code) ? [ANYTHING] : made
}

/** The paths that Ruby code writes, in which `*` stands for anything. */
function writtenBy(code: string): string[] {
  const plain = code.replace(/#\{[^{}\n]*\}/g, ANYTHING)
  return [...plain.matchAll(WRITES)].flatMap(([, method, rest]) => {
    const isReading = !method!.endsWith('write') && !WRITING_MODE.test(rest!)
    return isReading ? [] : pathsOf(argumentsIn(rest!)[0]!, plain)
  })
}

/** The values of an expression, as its literals and those of a variable tell. */
function pathsOf(expression: string, code: string): string[] {
  const values = /^\w+$/.test(expression)
    ? [...code.matchAll(new RegExp(String.raw`(?<![\w.])${expression}\s*=(?!=)\s*([^\n]+)`, 'g'))].map(
        ([, value]) => value!.trim(),
      )
    : [expression]
  const paths = values.map((value) => (CHANGES.test(value) ? undefined : LITERAL.exec(value)?.[2]))
  return paths.length > 0 && paths.every((path) => path !== undefined && /[^*/.]/.test(path))
    ? (paths as string[])
    : [ANYTHING]
}

/** The arguments at the start of a text. */
function argumentsIn(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  let end = text.length
  for (const [at, mark] of [...text].entries()) {
    if (/[([]/.test(mark)) depth++
    else if (/[)\]]/.test(mark)) depth--
    if (mark === ',' && depth === 0) {
      found.push(text.slice(from, at))
      from = at + 1
    }
    if (depth >= 0) continue
    end = at
    break
  }
  found.push(text.slice(from, end))
  return found.map((each) => each.trim())
}
