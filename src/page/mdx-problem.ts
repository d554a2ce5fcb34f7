import type {Span} from '../text/span.ts'
import {type CoveredMdx, coverMdx} from './mdx.ts'
import {Arena, TYPE} from './parser.ts'
import type {Syntax} from './syntax.ts'
import type {Page} from './types.ts'

type Problem = NonNullable<Page['mdxProblem']>

/** The text of a page with its JavaScript covered, and what the parser made of it, if every brace is closed. */
interface Attempt {
  page: Page
  source: string
  covered: CoveredMdx
  parsed: Arena | Error | undefined
}

/** Parse MDX; the result for invalid MDX is the parser's error. */
export function attemptMdx(text: string): Arena | Error {
  try {
    return new Arena(text, true)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Find the first mistake in MDX, at which the build of its site stops. */
export function mdxProblem(attempt: Attempt, {mdxBuild}: Syntax): Problem | undefined {
  const {covered, parsed, page, source} = attempt
  if (mdxBuild === undefined || hasOwnFormat(page) || hasUncertainCode(source, covered)) return
  if (hasOpenFence(source)) return
  if (covered.unclosed !== undefined) return unclosedProblem(source, covered)
  const hasIds = mdxBuild === 'compatible'
  const wrong = covered.expressions
    .slice(0, MOST_EXPRESSIONS)
    .filter((span) => !isExpression(source, span, hasIds))
  if (parsed instanceof Arena) {
    const comment = mdxBuild === 'plain' ? covered.comment : undefined
    return problemInCode(source, parsed, wrong, comment)
  }
  const problem = parsed && problemOfError(parsed, source, page.lines)
  return problem && wrong[0] && wrong[0].start < problem.start
    ? {...wrong[0], message: NOT_JAVASCRIPT}
    : problem
}

/** The first line of a directive or its last one, which has no name, or a fence. */
const MARKERS = /^[ \t]*(:{3,}|`{3,}|~{3,})[ \t]*([a-z]?)/gim

/** Is code in a directive not closed, so that it ends with the directive, which the parser does not know? */
function hasOpenFence(source: string): boolean {
  let fences: number | undefined
  for (const [, marker, name] of source.matchAll(MARKERS))
    if (!marker!.startsWith(':')) fences = fences === undefined ? undefined : fences + 1
    else if (fences !== undefined && fences % 2 === 1) return true
    else fences = name ? 0 : undefined
  return false
}

/** Does front matter choose the format of the page? */
const hasOwnFormat = ({frontMatter}: Page) => /\bmdx\b/.test(Object.keys(frontMatter?.data ?? {}).join(' '))

const NOT_JAVASCRIPT = 'Unexpected braces around other text than a JavaScript expression'
const COMMENT = 'Unexpected HTML comment, expected `{/* … */}`'

/** The parser's message: line and column, from 1, and what it expected. */
const MESSAGE = /^(\d+):(\d+): (.*?)(?: \(note: .*?\))? \(mdx-jsx:[\w-]+\)$/
/** The positions within it: `(3:1)`. */
const POSITIONS = / ?\(\d+:\d+\)| ?\(`[^`]*` opened at \d+:\d+\)/g
/** The parser's messages in other words. */
const WORDS: readonly (readonly [message: RegExp, words: string])[] = [
  [/^Unexpected character after `<`.*/, 'Unexpected `<`, expected a tag, or `\\<` for text'],
  [/^Unexpected end of file in expression.*/, 'Unexpected brace that is not closed in its block'],
  [/^Expected a closing tag for (`.*?`).*/, 'Unexpected $1 without a closing tag in its block'],
  [/^Expected the closing tag (`.*?`).*/, 'Unexpected $1 in another block than its opening tag'],
  [
    /^(Unexpected closing tag `.*?`), expected corresponding closing tag for `<(.*?)>`$/,
    '$1, expected `</$2>`',
  ],
  [/^(Unexpected closing tag `.*?`), expected an open tag first$/, '$1 without an opening tag'],
]
/** A tag or a character. */
const PLACE = /<\/?[\w$:.-]+>?|./y

function problemOfError({message}: Error, source: string, lines: Page['lines']): Problem | undefined {
  const [, line, column, written] = MESSAGE.exec(message.split('\n', 1)[0]!) ?? []
  if (written === undefined) return
  const start = lines[Number(line) - 1]! + Number(column) - 1
  const plain = written.replace(POSITIONS, '')
  const words = WORDS.find(([pattern]) => pattern.test(plain))
  PLACE.lastIndex = start
  return {
    start,
    end: start + (PLACE.exec(source)?.[0].length ?? 0),
    message: words ? plain.replace(...words) : plain,
  }
}

/** Longer code is not checked: how deep it may be nested is limited by the parser's stack. */
const LONGEST_CODE = 1000
/** Nor are more expressions than these. */
const MOST_EXPRESSIONS = 1000
/** Spreads, code with the markers of block quotes, and templates in which the parser does not see braces as code. */
const UNCHECKED = /^\s*\.\.\.|^[ \t]*>|`[\s\S]*\$\{/m
/**
 * Text directly before braces which shows that they are not an expression: an autolinked URL, the name of a directive whose
 * attributes follow, or the start of a quoted value.
 */
const OWNER_OF_BRACES = /(?:https?:\/\/|www\.)\S*$|:[a-z][\w-]*(?:\[[^\]\n]*\])?$|=(?:"[^"]*|'[^']*)$/i
/** The text before braces in which that is looked for. */
const BEFORE = 200

const STRING = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\//g
/** Code in which brackets and quotes may be text: elements, regular expressions, comments, nested templates. */
const HAS_TEXT = /[</]|`[^`]*\$\{[^`]*`[\s\S]*`/

/** Is there code whose end only a parser of JavaScript knows, so that what follows it may be code, too? */
function hasUncertainCode(source: string, {expressions, statements}: CoveredMdx): boolean {
  const hasText = ({start, end}: Span) => HAS_TEXT.test(source.slice(start, end).replace(STRING, ''))
  return (
    statements.some(hasText) ||
    expressions
      .filter(hasText)
      .slice(0, MOST_EXPRESSIONS)
      .some(
        ({start, end}) => end - start > LONGEST_CODE || attemptMdx(source.slice(start, end)) instanceof Error,
      )
  )
}

/** Is the code between braces an expression of JavaScript, or not to be judged? */
function isExpression(source: string, {start, end}: Span, hasIds: boolean): boolean {
  const code = source.slice(start + 1, end - 1)
  if (code.length > LONGEST_CODE || UNCHECKED.test(code) || (hasIds && code.startsWith('#'))) return true
  return attemptMdx(`{${code}}`) instanceof Arena || isOwned(source, start)
}

const isOwned = (source: string, start: number) =>
  OWNER_OF_BRACES.test(source.slice(Math.max(0, start - BEFORE), start))

/** The first HTML comment, or the first expression that is not JavaScript, of those that the parser takes for code. */
function problemInCode(
  source: string,
  arena: Arena,
  wrong: readonly Span[],
  comment: Span | undefined,
): Problem | undefined {
  if (comment === undefined && wrong.length === 0) return
  const code = codeIn(arena)
  const found: Problem[] = wrong
    .filter((span) => isCode(code, span))
    .map((span) => ({...span, message: NOT_JAVASCRIPT}))
  // A comment of several lines is blank in the covered text.
  if (comment && (isCode(code, comment) || source.slice(comment.start, comment.end).includes('\n')))
    found.push({...comment, message: COMMENT})
  return found.sort((a, b) => a.start - b.start)[0]
}

/** Where the parser found code, rather than braces in a destination, a string or a code block. */
interface Code {
  /** The starts of expressions. */
  expressions: ReadonlySet<number>
  /** Tags, in which attributes have expressions. */
  tags: readonly Span[]
}

function codeIn(arena: Arena): Code {
  const expressions = new Set<number>()
  const tags: Span[] = []
  const stack = [0]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const type = arena.type(node)
    const start = arena.start(node)
    if (type === TYPE.expression || type === TYPE.expressionBlock) expressions.add(start)
    else if (type === TYPE.jsx || type === TYPE.jsxBlock)
      tags.push({start, end: arena.startOfChildren(node) ?? arena.end(node)})
    arena.pushChildren(node, stack)
  }
  return {expressions, tags}
}

const isCode = ({expressions, tags}: Code, {start, end}: Span) =>
  expressions.has(start) || tags.some((tag) => tag.start < start && end <= tag.end)

const PARAGRAPH_END = /\n[ \t\r]*(?=\n)|$/g

/** Text on a line before a brace, so that its code has to end in the paragraph. */
const INLINE = /[^\s>*+\-\d.)].*$/

/** A brace in text or a comment that is never closed, if the parser takes it for code. */
function unclosedProblem(source: string, {text, unclosed = 0}: CoveredMdx): Problem | undefined {
  PARAGRAPH_END.lastIndex = unclosed
  const end = PARAGRAPH_END.exec(source)?.index ?? source.length
  const lineStart = source.lastIndexOf('\n', unclosed) + 1
  const isInText =
    INLINE.test(source.slice(lineStart, unclosed)) && !source.slice(unclosed, end).includes('}')
  if (source[unclosed] === '{' && !isInText) return
  const rest = coverMdx(source, end)
  if (rest.unclosed !== undefined || hasUncertainCode(source, rest) || isOwned(source, unclosed)) return
  const paragraph = source
    .slice(unclosed, end)
    .replace(/[{}]/g, 'a')
    .replace(/^.{1,2}/, '{}')
  const arena = attemptMdx(text + paragraph + rest.text.slice(end))
  const isComment = source[unclosed] === '<'
  const place = {start: unclosed, end: unclosed + (isComment ? 4 : 1)}
  if (!(arena instanceof Arena && codeIn(arena).expressions.has(unclosed))) return
  return {
    ...place,
    message: isComment ? COMMENT : 'Unexpected brace that is never closed',
  }
}
