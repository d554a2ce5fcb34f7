import {detached} from './detached.ts'

/** A page's text with its JavaScript covered, every offset as before. */
export interface Covered {
  text: string
  /** What brings blocks that are not seen: imported pages. */
  imports: string[]
}

/** Fences, code spans, comments of HTML, and the braces that open an expression; escapes are passed over. */
const SCRIPT = /\\.|^[ \t>*+-]*(`{3,}|~{3,})[^\n]*|(`+)|<!--[\s\S]*?-->|\{/gm
/** Statements begin a block and end with it. */
const STATEMENTS = /(^|\n[ \t]*\n|^---\n)((?:import|export)[ {*'"][\s\S]*?)(?=\n[ \t]*\n|\n?$(?![\s\S]))/g
const IMPORT = /^import\s[^'"]*['"]([^'"\n]+\.mdx?)['"]/gm

/**
 * Cover the JavaScript of MDX with text of the same length that any MDX parser takes: statements become blank,
 * `{a + b}` becomes `{a    }`, comments of HTML, which Docusaurus allows, become spaces. What is in code stays.
 *
 * @param end Where the front matter ends.
 */
export function coverMdx(source: string, end: number): Covered {
  const imports: string[] = []
  const head = source.slice(0, end)
  const body = source.slice(end).replace(STATEMENTS, (whole, before: string, code: string) => {
    for (const match of code.matchAll(IMPORT)) imports.push(detached(`import ${match[1]}`))
    return before + blank(whole.slice(before.length))
  })
  let out = ''
  let done = 0
  SCRIPT.lastIndex = 0
  for (let match = SCRIPT.exec(body); match; match = SCRIPT.exec(body)) {
    const [found, fence, ticks] = match
    if (found.startsWith('\\')) continue
    if (fence !== undefined) SCRIPT.lastIndex = endOfFence(body, SCRIPT.lastIndex, fence)
    else if (ticks !== undefined) SCRIPT.lastIndex = endOfCode(body, SCRIPT.lastIndex, ticks)
    else if (found !== '{') {
      out += body.slice(done, match.index) + blank(found)
      done = SCRIPT.lastIndex
    } else {
      const close = endOfExpression(body, match.index)
      if (close < 0) continue
      const code = body.slice(match.index + 1, close)
      const spread = /^\s*\.\.\./.exec(code)?.[0] ?? ''
      out += body.slice(done, match.index + 1) + expression(code, spread)
      done = close
      SCRIPT.lastIndex = close + 1
    }
  }
  return {text: head + out + body.slice(done), imports}
}

const blank = (text: string) => text.replace(/[^\r\n]/g, ' ')

/** Something as long as the code that is an expression for certain; nothing, if there is nothing. */
const expression = (code: string, spread: string) =>
  code === '' ? '' : spread + blank(code.slice(spread.length)).replace(/[^\r\n]/, 'a')

/** Behind the line that closes a fence; at the end of the text, if none does. */
function endOfFence(text: string, from: number, fence: string): number {
  const close = new RegExp(`^[ \\t>]*${fence[0]!.repeat(fence.length)}${fence[0]}*[ \\t]*$`, 'gm')
  close.lastIndex = from
  return close.exec(text) ? close.lastIndex : text.length
}

/** Behind the same number of ticks in the same paragraph; right here, if they open no code. */
function endOfCode(text: string, from: number, ticks: string): number {
  const paragraph = /\n[ \t]*\n|$(?![\s\S])/g
  paragraph.lastIndex = from
  const until = paragraph.exec(text)!.index
  const close = new RegExp(`(?<!\`)${ticks}(?!\`)`, 'g')
  close.lastIndex = from
  const found = close.exec(text)
  return found && found.index < until ? close.lastIndex : from
}

/** The brace that closes the one here, past strings and comments; -1 if none does. */
function endOfExpression(text: string, open: number): number {
  let depth = 0
  const token = /\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|[{}]/g
  token.lastIndex = open
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{') depth++
    else if (match[0] === '}' && --depth === 0) return match.index
  }
  return -1
}
