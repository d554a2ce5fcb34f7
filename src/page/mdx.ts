import {copyString} from './copy-string.ts'
import {forwardSearch} from './forward-search.ts'
import {codeSpans} from './template/template-code.ts'

/** A page's text with its JavaScript covered, every offset as before. */
export interface Covered {
  text: string
  /** What brings blocks that are not seen: imported pages, expressions that make elements. */
  templates: string[]
  /** What each name is imported from. */
  imports: Map<string, string>
}

/** Fences, code spans, comments of HTML, statements, and the braces that open an expression; escapes are passed over. */
const SCRIPT = /\\.|^[ \t>*+-]*(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*|(`+)|<!--|^((?:import|export)(?=[ {*'"]))|\{/gm
/** What an import is from. */
const FROM = /['"]([^'"\n]+)['"]/y
/** The names that an import makes: `a`, `* as a`, and in braces `a` or `b as a`. */
const IMPORTED = /(?:[\w$]+\s+as\s+|\*\s*as\s+)?([\w$]+)/g
/** A fence by which translators' tools are told to leave MDX alone; Docusaurus takes it off. */
const WRAPPED = /^ *(`{3,4}) *mdx-code-block(?=\r?\n)/gm
/** An expression that may make elements with ids. */
const ELEMENTS = /\bid=|<[A-Z]/

/**
 * Cover the JavaScript of MDX with text of the same length that any MDX parser takes: statements become blank,
 * `{a + b}` becomes `{a    }`, and so do comments of HTML, which Docusaurus allows. What is in code stays.
 *
 * @param end Where the front matter ends.
 * @returns nothing for what is no MDX: braces or comments are left open, over which its parser would take very long.
 */
export function coverMdx(source: string, end: number): Covered | undefined {
  const templates: string[] = []
  const imports = new Map<string, string>()
  const head = source.slice(0, end)
  const rest = source.slice(end)
  const body = rest.includes('mdx-code-block') ? unwrapped(rest) : rest
  const endOfCode = codeSpans(body)
  const nextToken = tokens(body)
  let out = ''
  let done = 0
  SCRIPT.lastIndex = 0
  for (let match = SCRIPT.exec(body); match; match = SCRIPT.exec(body)) {
    const [found, fence, ticks, statement] = match
    if (found.startsWith('\\')) continue
    if (fence !== undefined) SCRIPT.lastIndex = endOfFence(body, SCRIPT.lastIndex, fence)
    else if (ticks !== undefined) SCRIPT.lastIndex = endOfCode(SCRIPT.lastIndex, ticks.length)
    else if (statement !== undefined) {
      if (done !== match.index && match.index > 0 && body[match.index - 1] !== '\n') continue
      const close = endOfStatements(nextToken, match.index) ?? body.length
      const code = body.slice(match.index, close)
      for (const {names, from} of importsIn(code)) {
        if (/\.mdx?$/.test(from)) templates.push(copyString(`import ${from}`))
        for (const [, name] of names.matchAll(IMPORTED)) imports.set(copyString(name!), copyString(from))
      }
      out += body.slice(done, match.index) + blank(code)
      done = SCRIPT.lastIndex = close
    } else if (found === '<!--') {
      const close = body.indexOf('-->', match.index)
      if (close < 0) return
      const comment = body.slice(match.index, close + 3)
      out +=
        body.slice(done, match.index) +
        // Within a heading it holds its place.
        (comment.includes('\n') ? blank(comment) : `{a${blank(comment.slice(3))}}`)
      done = SCRIPT.lastIndex = close + 3
    } else {
      const close = endOfExpression(nextToken, match.index)
      if (close === undefined) return
      const code = body.slice(match.index + 1, close)
      if (ELEMENTS.test(code)) templates.push('an expression')
      const spread = /^\s*\.\.\./.exec(code)?.[0] ?? ''
      out += body.slice(done, match.index + 1) + expression(code, spread)
      done = close
      SCRIPT.lastIndex = close + 1
    }
  }
  return {text: head + out + body.slice(done), templates, imports}
}

/** What statements import, by the names before the first quote behind each `import`. */
function importsIn(code: string): {names: string; from: string}[] {
  const quote = forwardSearch(code, /['"]/g)
  const next = forwardSearch(code, /^import\s/gm)
  const found: {names: string; from: string}[] = []
  for (let match = next(0); match; ) {
    const start = match.index + match[0].length
    const end = quote(start)?.index
    if (end === undefined) break
    FROM.lastIndex = end
    const from = FROM.exec(code)
    if (from) found.push({names: code.slice(start, end), from: from[1]!})
    match = next(from ? FROM.lastIndex : start)
  }
  return found
}

/** The lines of wrapping fences blank, what is between them as it was. */
function unwrapped(text: string): string {
  const ends: Record<string, ReturnType<typeof forwardSearch>> = {
    '```': forwardSearch(text, /\n *```(?=\r?\n|$)/g),
    '````': forwardSearch(text, /\n *````(?=\r?\n|$)/g),
  }
  const next = forwardSearch(text, WRAPPED)
  let out = ''
  let done = 0
  for (let match = next(0); match; ) {
    const from = match.index + match[0].length
    const end = ends[match[1]!]!(from)
    if (end) {
      // Its last line begins behind a line break.
      out += text.slice(done, match.index) + blank(match[0]) + text.slice(from, end.index) + blank(end[0])
      done = end.index + end[0].length
    }
    match = next(end ? done : from)
  }
  return out + text.slice(done)
}

/** Comments and strings of JavaScript where they begin, brackets, and the end of a block. */
const TOKEN = /\/\*|['"`]|\n[ \t\r]*(?=\n)|[()[\]{}]/g
const STRINGS: Record<string, RegExp> = {
  "'": /'(?:[^'\\\n]|\\.)*('?)/y,
  '"': /"(?:[^"\\\n]|\\.)*("?)/y,
  '`': /`(?:[^`\\]|\\[\s\S])*(`?)/y,
}

type NextToken = (from: number) => {token: string; index: number; end: number} | undefined

/**
 * Make what finds the next token of JavaScript from places that only grow. A string that is not closed is none; what
 * begins within it is not closed, either.
 */
function tokens(text: string): NextToken {
  const endOfComment = forwardSearch(text, /\*\//g)
  const unclosed: Record<string, number> = {}
  const endOf = (token: string, index: number) => {
    if (token === '/*') {
      const close = endOfComment(index + 2)
      return close && close.index + 2
    }
    const string = STRINGS[token]
    if (!string) return index + token.length
    if (index < (unclosed[token] ?? 0)) return
    string.lastIndex = index
    if (string.exec(text)?.[1]) return string.lastIndex
    unclosed[token] = string.lastIndex
    return
  }
  return (from) => {
    TOKEN.lastIndex = from
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
      const end = endOf(match[0], match.index)
      if (end !== undefined) return {token: match[0], index: match.index, end}
      TOKEN.lastIndex = match.index + 1
    }
    return
  }
}

const blank = (text: string) => text.replace(/[^\r\n]/g, ' ')

/** Something as long as the code that is an expression for certain; nothing, if there is nothing. */
const expression = (code: string, spread: string) =>
  code === '' ? '' : spread + blank(code.slice(spread.length)).replace(/[^\r\n]/, 'a')

/** Behind the line that closes a fence; at the end of the text, if none does. */
function endOfFence(text: string, from: number, fence: string): number {
  FENCE_END.lastIndex = from
  for (let match = FENCE_END.exec(text); match; match = FENCE_END.exec(text))
    if (match[1]!.startsWith(fence)) return FENCE_END.lastIndex
  return text.length
}

const FENCE_END = /^[ \t>]*(`{3,}|~{3,})[ \t\r]*$/gm

/** Statements begin a block, and end with it, unless brackets are open. */
function endOfStatements(next: NextToken, from: number): number | undefined {
  let depth = 0
  for (let found = next(from); found; found = next(found.end)) {
    if (/^[([{]$/.test(found.token)) depth++
    else if (/^[)\]}]$/.test(found.token)) depth--
    else if (depth <= 0 && found.token.startsWith('\n')) return found.index
  }
  return
}

/** The brace that closes the one here, past strings and comments. */
function endOfExpression(next: NextToken, open: number): number | undefined {
  let depth = 0
  for (let found = next(open); found; found = next(found.end)) {
    if (found.token === '{') depth++
    else if (found.token === '}' && --depth === 0) return found.index
  }
  return
}
