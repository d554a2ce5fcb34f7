import type {Span} from '../../text/span.ts'
import type {Syntax} from '../syntax.ts'

/** A destination in parentheses that contains spaces, on one line; parentheses in it may be nested once. */
const SPACED = /\]\(([^\s()<>`"']+[ \t](?:[^()<>`\r\n"']|\([^()<>`\r\n"']*\))+)(?=\)|["'])/g
/** A definition of kramdown, whose URL may contain anything. */
const DEFINITION = /^ {0,3}\[(?!\^)[^\r\n\]]+\]:[ \t]*(?=[^\s<])([^\r\n"']*[^\s"'])/gm
const ODD = /[ \t()]+/g
const SPACES = /[ \t]+/g

/**
 * The characters of destinations that CommonMark does not allow, on platforms that do: the space in `[a](my file.md)`, and
 * in definitions of kramdown also parentheses, `[a]: b.html(c`.
 */
export function charactersOfUrls(text: string, {spacesInUrls, dialect}: Syntax): Span[] {
  const ofLinks = spacesInUrls ? within(text, SPACED, SPACES) : []
  const isKramdown = dialect === 'kramdown' || dialect === 'kramdown-gfm'
  const hasDefinitions = isKramdown && text.includes(']:')
  return [...ofLinks, ...(hasDefinitions ? within(text, DEFINITION, ODD) : [])].sort(
    (a, b) => a.start - b.start,
  )
}

/** Search only in the matches of another expression, in their first group, with which they end. */
function within(text: string, around: RegExp, sought: RegExp): Span[] {
  return [...text.matchAll(around)].flatMap(({0: match, 1: url = '', index}) => {
    const start = index + match.length - url.length
    return [...url.trimEnd().matchAll(sought)].map((found) => ({
      start: start + found.index,
      end: start + found.index + found[0].length,
    }))
  })
}
