import {detached} from './detached.ts'

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
/** What may stand on the line before a statement: nothing, a heading, a tag, a line of front matter. */
const BEFORE_STATEMENT = /(?:^|\n)(?:[ \t]*|#{1,6} .*|.*>[ \t]*|---)\r?\n?$(?![\s\S])/
const IMPORT = /^import\s([^'"]*)['"]([^'"\n]+)['"]/gm
/** The names that an import makes: `a`, `* as a`, and in braces `a` or `b as a`. */
const IMPORTED = /(?:[\w$]+\s+as\s+|\*\s*as\s+)?([\w$]+)/g
/** A fence by which translators' tools are told to leave MDX alone; Docusaurus takes it off. */
const UNWRAPPED = /^ *(`{3,4}) *mdx-code-block(?=\r?\n)[\s\S]*?\n *\1(?=\r?\n|$(?![\s\S]))/gm
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
  const body = rest.includes('mdx-code-block') ? rest.replace(UNWRAPPED, unwrap) : rest
  const endOfCode = codeSpans(body)
  let out = ''
  let done = 0
  SCRIPT.lastIndex = 0
  for (let match = SCRIPT.exec(body); match; match = SCRIPT.exec(body)) {
    const [found, fence, ticks, statement] = match
    if (found.startsWith('\\')) continue
    if (fence !== undefined) SCRIPT.lastIndex = endOfFence(body, SCRIPT.lastIndex, fence)
    else if (ticks !== undefined) SCRIPT.lastIndex = endOfCode(SCRIPT.lastIndex, ticks)
    else if (statement !== undefined) {
      const before = body.slice(Math.max(0, match.index - 500), match.index)
      if (done !== match.index && !BEFORE_STATEMENT.test(before)) continue
      const close = endOfStatements(body, match.index)
      const code = body.slice(match.index, close)
      for (const [, names, from] of code.matchAll(IMPORT)) {
        if (/\.mdx?$/.test(from!)) templates.push(detached(`import ${from}`))
        for (const [, name] of names!.matchAll(IMPORTED)) imports.set(detached(name!), detached(from!))
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
      const close = endOfExpression(body, match.index)
      if (close < 0) return
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

/** The lines of a fence blank, what is between them as it was. */
function unwrap(whole: string): string {
  const from = whole.indexOf('\n')
  const until = whole.lastIndexOf('\n')
  return blank(whole.slice(0, from)) + whole.slice(from, until) + blank(whole.slice(until))
}

/** Comments and strings of JavaScript, brackets, and the end of a block. */
const TOKEN =
  /\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\n[ \t\r]*(?=\n)|[()[\]{}]/g

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

/**
 * Make what finds the place behind the same number of ticks in the same paragraph; right there, if they open no code.
 * What has been looked for in vain is remembered, so that a page of nothing but ticks takes no longer than others.
 */
function codeSpans(text: string): (from: number, ticks: string) => number {
  const inVain = new Set<number>()
  let until = 0
  return (from, ticks) => {
    if (from >= until) {
      PARAGRAPH_END.lastIndex = from
      until = PARAGRAPH_END.exec(text)?.index ?? text.length
      inVain.clear()
    }
    if (inVain.has(ticks.length)) return from
    for (let at = from; ; ) {
      const start = text.indexOf('`', at)
      if (start < 0 || start >= until) break
      at = start
      while (text[at] === '`') at++
      if (at - start === ticks.length) return at
    }
    inVain.add(ticks.length)
    return from
  }
}

const PARAGRAPH_END = /\n[ \t\r]*\n/g

/** Statements begin a block, and end with it, unless brackets are open. */
function endOfStatements(text: string, from: number): number {
  let depth = 0
  TOKEN.lastIndex = from
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [found] = match
    if (/^[([{]$/.test(found)) depth++
    else if (/^[)\]}]$/.test(found)) depth--
    else if (depth <= 0 && /^\n/.test(found)) return match.index
  }
  return text.length
}

/** The brace that closes the one here, past strings and comments; -1 if none does. */
function endOfExpression(text: string, open: number): number {
  let depth = 0
  TOKEN.lastIndex = open
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    if (match[0] === '{') depth++
    else if (match[0] === '}' && --depth === 0) return match.index
  }
  return -1
}
