import {wildcard} from '../../pattern/wildcard.ts'
import {valuesOf} from './python.ts'

/** Modules with a function `open`. */
const MODULES = /^(?:io|os|codecs|gzip|tempfile|(?:mkdocs_)?gen_files)$/
/** Modes of `open` that write. */
const WRITING_MODE = /^(?:mode\s*=\s*)?['"][rb]*[wax+]/
/** The object that a method is called on: a chain of names, or something in parentheses. */
const RECEIVER = /((?:[\w.]|\([^()\n]*\))+)\.$/

/** Code with more calls or alternatives is taken to write anything. */
const MOST_CALLS = 100
const MOST_ALTERNATIVES = 8
const LONGEST_EXPRESSION = 500
const DEEPEST = 4

const ANYTHING = '*'

/**
 * The paths that Python code, which is never run, may write, as far as its string literals tell: for
 * `open(f'docs/{name}.md', 'w')`, `docs/*.md`, in which `*` stands for anything.
 */
export function writtenPaths(code: string): string[] {
  const found = new Set<string>()
  let calls = 0
  for (const {index, 0: call, 1: name} of code.matchAll(CALL)) {
    if (++calls > MOST_CALLS) return [ANYTHING]
    const lineStart = code.lastIndexOf('\n', index) + 1
    const receiver = RECEIVER.exec(code.slice(Math.max(lineStart, index - LONGEST_EXPRESSION), index))?.[1]
    const target = TARGETS[name!]!({receiver, args: argumentsAt(code, index + call.length)})
    if (target !== undefined) for (const path of pathsOf(target, code)) found.add(path)
  }
  return [...found]
}

/** Can a path be one of those that code writes? Such paths may begin with folders that are not known. */
export const isWritten = (patterns: readonly string[], path: string): boolean =>
  patterns.some((pattern) =>
    pattern === ANYTHING ? true : wildcard(`*/${withoutStart(pattern)}`).test(`/${path}`),
  )

/** A pattern without folders at its start that are not known: `../changelog.md` → `changelog.md`. */
const withoutStart = (pattern: string) => pattern.replace(/^(?:(?:\*|\.{1,2})?\/)+/, '')

/** A call: what it is called on, and its arguments. */
interface Call {
  receiver: string | undefined
  args: readonly string[]
}

/** The value of an argument, by its name or its position. */
const argument = ({args}: Call, name: string, at: number) =>
  args.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? args[at]

const ofReceiver = ({receiver = ''}: Call) => receiver

/** `open(path, 'w')`, `path.open('w')` */
function opened({receiver, args}: Call): string | undefined {
  const isFunction = receiver === undefined || MODULES.test(receiver)
  const mode = args.find((each) => /^mode\s*=/.test(each)) ?? args[isFunction ? 1 : 0] ?? ''
  if (!WRITING_MODE.test(mode)) return
  return isFunction ? args[0] : receiver
}

/** A program may write anything, unless its output is read. */
const run = ({receiver, args}: Call) =>
  receiver === 'subprocess' && !args.some((each) => /output|stdout/.test(each)) ? '' : undefined

const copied = ({receiver = '', args}: Call) =>
  /^(?:shutil|urllib\.request|request)$/.test(receiver) ? args[1] : undefined

/** The expression for the path that a call writes, by its name: undefined if it writes none. */
const TARGETS: Record<string, (call: Call) => string | undefined> = {
  open: opened,
  write_text: ofReceiver,
  write_bytes: ofReceiver,
  File: (call) =>
    call.receiver === undefined && call.args.length > 1 ? argument(call, 'path', 0) : undefined,
  generated: (call) => (call.receiver === 'File' ? argument(call, 'src_uri', 1) : undefined),
  system: ({receiver}) => (receiver === 'os' ? '' : undefined),
  run,
  call: run,
  check_call: run,
  Popen: run,
  copy: copied,
  copy2: copied,
  copyfile: copied,
  copytree: copied,
  move: copied,
  urlretrieve: copied,
}

const CALL = new RegExp(String.raw`\b(${Object.keys(TARGETS).join('|')})\(`, 'g')

/** The arguments of a call, from the character after its parenthesis. */
function argumentsAt(code: string, start: number): string[] {
  const token = /'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|[[({]|[\])}]|,/g
  const text = code.slice(start, start + LONGEST_EXPRESSION)
  const found: string[] = []
  let depth = 0
  let from = 0
  let end = text.length
  for (const {0: mark, index} of text.matchAll(token)) {
    if (/^[[({]$/.test(mark)) depth++
    else if (/^[\])}]$/.test(mark)) depth--
    if (mark === ',' && depth === 0) {
      found.push(text.slice(from, index))
      from = index + 1
    }
    if (depth < 0) {
      end = index
      break
    }
  }
  found.push(text.slice(from, end))
  return found.map((each) => each.trim()).filter((each) => each !== '')
}

/** String literals, names with what is called on them, and `+`. */
const TOKEN =
  /([a-zA-Z]{0,2})(?:'([^'\n]*)'|"([^"\n]*)")|([A-Za-z_]\w*)((?:\.\w+|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])*)|(\+)/g
/** Functions that join the segments of a path, or leave it as it is. */
const JOINING = /^(?:Path|PurePath|PurePosixPath|str|os)$/
const ARGUMENTS = /^(?:\.path\.join|\.fspath)?\((.*)\)$/s

/** The paths that an expression may have as its value, as literals in it and in the values of its names tell. */
function pathsOf(expression: string, code: string, seen: ReadonlySet<string> = new Set()): string[] {
  let alternatives = ['']
  let glue = ''
  for (const [, prefix, single, double, name, rest, plus] of expression
    .slice(0, LONGEST_EXPRESSION)
    .matchAll(TOKEN)) {
    if (plus) {
      glue = ''
      continue
    }
    const values = name === undefined ? [literal(prefix!, single ?? double!)] : named(name, rest!, code, seen)
    const joined = alternatives.flatMap((before) => values.map((value) => before + glue + value))
    if (joined.length === 0 || joined.length > MOST_ALTERNATIVES) return values.length === 0 ? [] : [ANYTHING]
    alternatives = joined
    glue = '/'
  }
  return alternatives.map((each) => {
    const path = each.replace(/\/{2,}/g, '/').replace(/(?:\*\/?)*\*/g, ANYTHING)
    return /[^*/.]/.test(path) ? path : ANYTHING
  })
}

const literal = (prefix: string, text: string) =>
  /f/i.test(prefix) ? text.replace(/\{[^{}]*\}/g, ANYTHING) : text.replace(/%[sd]|\{\w*\}/g, ANYTHING)

/** The values of a name with what is called on it; none for a value that is made from itself. */
function named(name: string, rest: string, code: string, seen: ReadonlySet<string>): string[] {
  const args = JOINING.test(name) ? ARGUMENTS.exec(rest)?.[1] : undefined
  if (args !== undefined) return pathsOf(args, code, seen)
  if (seen.has(name)) return []
  const renamed = /^\.with_(?:name|suffix|stem)\([^()]*\)$/.test(rest)
  const resolved = /^(?:\.resolve\(\)|\.absolute\(\)|\.as_posix\(\))?$/.test(rest)
  if ((!renamed && !resolved) || seen.size === DEEPEST) return [ANYTHING]
  const values = valuesOf(code, name)
  if (values.length === 0) return [ANYTHING]
  const paths = values.flatMap((value) => pathsOf(value, code, new Set([...seen, name])))
  return renamed ? paths.map((path) => path.replace(/[^/]*$/, ANYTHING)) : paths
}
