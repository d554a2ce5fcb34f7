import {readFileSync} from 'node:fs'
import {globbySync} from 'globby'
import {parseAst} from 'rolldown/parseAst'
import {analyse} from 'scslre'
import {expect, it} from 'vitest'

interface Node {
  type: string
  start: number
  regex?: {pattern: string; flags: string}
  [key: string]: unknown
}

/** One expression of a file, with the line it is on. */
interface Found {
  line: number
  source: string
  flags: string
}

/** Names of a file's constants that hold text, by which expressions are put together. */
type Texts = Map<string, string>

/** The text of an expression in the code, where it can be told without running it. */
function textOf(node: Node | undefined, texts: Texts): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node?.type === 'Identifier') return texts.get(node.name as string)
  if (node?.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [textOf(node.left as Node, texts), textOf(node.right as Node, texts)]
    return left === undefined || right === undefined ? undefined : left + right
  }
  const isRaw = node?.type === 'TaggedTemplateExpression'
  const template = (isRaw ? node.quasi : node) as Node | undefined
  if (template?.type !== 'TemplateLiteral') return
  const parts = (template.quasis as {value: {raw: string; cooked: string}}[]).map(({value}) =>
    isRaw ? value.raw : value.cooked,
  )
  const put = (template.expressions as Node[]).map((each) => textOf(each, texts))
  // What is not known here stands for a name of its own.
  return parts.reduce((text, part, at) => text + part + (at < put.length ? (put[at] ?? 'Q') : ''), '')
}

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([key, own]) => (key === 'regex' ? [] : nodesOf(own)))
  return 'type' in value ? [value as Node, ...inner] : inner
}

/** The pattern and flags of a call or an object that makes a regular expression. */
function expressionParts(node: Node): Node[] | undefined {
  if (node.type === 'NewExpression' && (node.callee as Node).name === 'RegExp')
    return node.arguments as Node[]
  if (node.type === 'CallExpression' && (node.callee as Node).name === 'compile')
    return node.arguments as Node[]
  if (node.type !== 'ObjectExpression') return
  const property = (name: string) =>
    (node.properties as Node[]).find(({key}) => (key as Node | undefined)?.name === name)?.value as Node
  return property('source') && property('flags') ? [property('source'), property('flags')] : undefined
}

/**
 * The regular expressions of a source: literals, those that `new RegExp` and `compile` make of constant text, and those
 * that a platform gives as text, `{source: '…', flags: '…'}`.
 */
function expressionsIn(code: string, lang: 'ts' | 'js'): Found[] {
  const nodes = nodesOf(parseAst(code, {lang}))
  const texts: Texts = new Map()
  for (const {type, id, init} of nodes) {
    if (type !== 'VariableDeclarator' || (id as Node).type !== 'Identifier') continue
    const text = textOf(init as Node, texts)
    if (text !== undefined) texts.set((id as Node).name as string, text)
  }
  return nodes.flatMap((node) => {
    const line = code.slice(0, node.start).split('\n').length
    if (node.regex) return [{line, source: node.regex.pattern, flags: node.regex.flags}]
    const [pattern, flags] = expressionParts(node) ?? []
    const source = textOf(pattern, texts)
    return source === undefined ? [] : [{line, source, flags: textOf(flags, texts) ?? ''}]
  })
}

/** Quantifiers within others, or beside others that take the same characters: what makes an engine try all ways. */
function faults({source, flags}: Found): string[] {
  const {reports} = analyse({source, flags}, {reportTypes: {Move: false}})
  return reports.map(({type, exponential}) => `${type}${exponential ? ', exponential' : ''}`)
}

/** A line before an expression that says why it cannot take long. */
const REASON = /\/\/ Bounded: \w/

it.each(globbySync(['src/**/*.{ts,js}', 'rules/*.ts']).sort())('%s backtracks nowhere', (file) => {
  const code = readFileSync(file, 'utf8')
  const lines = code.split('\n')
  const found = expressionsIn(code, file.endsWith('.ts') ? 'ts' : 'js')
  const bad = found.flatMap((each) =>
    faults(each)
      .filter(() => !REASON.test(lines[each.line - 2] ?? ''))
      .map((fault) => `${file}:${each.line} ${fault}: /${each.source}/${each.flags}`),
  )
  expect(bad).toEqual([])
})

it.each([
  ['const A = /^(a+)+$/'],
  ["const B = 'a'\nconst A = new RegExp(`${B}*${B}*b`)"],
  ["const A = new RegExp('(?:a*)*' + 'b')"],
  ['const A = new RegExp(String.raw`\\s*\\s*b`)'],
  ["const A = compile('^(a+)+$', 'gm')"],
  ["const A = {opaque: [{source: '^(a+)+$', flags: 'gm'}]}"],
])('finds one in %s', (code) => {
  expect(expressionsIn(code, 'ts').flatMap(faults).length).toBeGreaterThan(0)
})
