import escapeStringRegexp from 'escape-string-regexp'
import {linear, type Pattern} from './linear.ts'

/** A generator's interpretation of globs. */
interface Dialect {
  /** `{a,b}` matches `a` or `b`. */
  braces?: boolean
  /** An unclosed brace ends with the glob. */
  open?: boolean
  /** A backslash makes the next character literal. */
  escapes?: boolean
  /** `*` and `?` match slashes as well. */
  crosses?: boolean
  /** `**` matches folders, and only if it is a segment of its own; otherwise it matches anything. */
  folders?: boolean
  /** Wildcards do not match a dot at the start of a name. */
  hidden?: boolean
  /** Letter case does not matter. */
  caseless?: boolean
  /** The characters that negate a class. */
  negates: string
  /** A bracket at the start of a class does not close it. */
  bracketFirst?: boolean
  /** A class is a list of characters without ranges, or one range, as in gobwas/glob. */
  plainClasses?: boolean
  /** Syntax whose interpretation may differ. */
  unknown?: RegExp
}

/** The globs of picomatch that are interpreted identically here. */
const PICOMATCH: Dialect = {
  braces: true,
  escapes: true,
  folders: true,
  negates: '^',
  bracketFirst: true,
  unknown:
    /^!|\\\w|[()"'|<>]|\.\.|\/\/|^\.?\/|\/$|\[!|\{[^,{}]*[{}]|\{[^}]*\/|[^/]\*\*|\*\*[^/]|\[[^\]]*[/[:\\]|\]\+|\?\/\*\*\/\*\*/,
}

const DIALECTS = {
  /** https://github.com/gobwas/glob, in lower case as Hugo has it. */
  hugo: {braces: true, open: true, escapes: true, caseless: true, negates: '!', plainClasses: true},
  /** Ruby's `File.fnmatch?` without flags. */
  jekyll: {escapes: true, crosses: true, negates: '!^'},
  /** Python's `fnmatch.fnmatchcase`. */
  python: {crosses: true, negates: '!', bracketFirst: true},
  /** `_translate_pattern` of Sphinx's `sphinx.util.matching`. */
  sphinx: {negates: '!', bracketFirst: true},
  /** `wildmatch` of Git, with its flag for path names. */
  git: {
    escapes: true,
    folders: true,
    negates: '!^',
    bracketFirst: true,
    unknown: /\*\*[^/]|[^/]\*\*|\[[^\]]*[[/:\\]/,
  },
  /** https://docs.rs/globset, with its defaults. */
  globset: {
    braces: true,
    escapes: true,
    crosses: true,
    negates: '!^',
    bracketFirst: true,
    unknown: /\[[^\]]*\[/,
  },
  /** `GlobMatcher` of Docfx. */
  docfx: {
    braces: true,
    escapes: true,
    folders: true,
    hidden: true,
    caseless: true,
    negates: '^',
    unknown: /^!/,
  },
  /** https://github.com/micromatch/picomatch. */
  picomatch: {...PICOMATCH, hidden: true},
  /** The same with its option `dot`. */
  'picomatch-dot': PICOMATCH,
} satisfies Record<string, Dialect>

/** Longer globs are refused. */
const LONGEST = 1000

/** Replaces a dot at the start of a name, so that wildcards do not match it. */
const HIDDEN = '\x01'

/** Tells whether a path matches one of several globs. */
export interface Globs {
  test(path: string): boolean
}

/**
 * Compile globs to a test that takes linear time.
 *
 * @param name The program that interprets the globs.
 * @returns undefined if one of them is invalid, or may mean something else to that program
 */
export function globsOf(globs: readonly string[], name: keyof typeof DIALECTS): Globs | undefined {
  const dialect: Dialect = DIALECTS[name]
  if (globs.length === 0) return {test: () => false}
  const sources = globs.map((glob) =>
    glob.length > LONGEST || dialect.unknown?.test(glob) ? undefined : new Reader(glob, dialect).source(),
  )
  if (sources.includes(undefined)) return
  const pattern: Pattern | undefined = linear(`^(?:${sources.join('|')})$`, dialect)
  if (!pattern || !dialect.hidden) return pattern
  return {test: (path) => pattern.test(path.replace(/(^|\/)\./g, `$1${HIDDEN}`))}
}

/** Translates a glob to an expression of RE2. */
class Reader {
  readonly #glob: string
  readonly #dialect: Dialect
  /** Expressions for a character of a name, and for a name. */
  readonly #any: string
  readonly #name: string
  #at = 0
  #depth = 0

  constructor(glob: string, dialect: Dialect) {
    this.#glob = glob
    this.#dialect = dialect
    this.#name = dialect.hidden ? `[^/${HIDDEN}][^/]*` : '[^/]+'
    this.#any = dialect.crosses ? '.' : dialect.hidden ? `[^/${HIDDEN}]` : '[^/]'
  }

  /** @returns undefined for an invalid glob */
  source(): string | undefined {
    let out = ''
    while (this.#at < this.#glob.length) {
      const next = this.#next()
      if (next === undefined) return
      out += next
    }
    if (this.#depth > 0 && !this.#dialect.open) return
    return out + ')'.repeat(this.#depth)
  }

  #next(): string | undefined {
    const {escapes, braces, folders} = this.#dialect
    const at = this.#at++
    const mark = this.#glob[at]!
    if (mark === '*') return this.#stars(at)
    if (mark === '?') return this.#any
    if (mark === '[') return this.#class()
    if (mark === '\\' && escapes) return this.#glob[this.#at] && escapeStringRegexp(this.#glob[this.#at++]!)
    if (mark === '/' && folders && this.#glob.slice(this.#at) === '**') return this.#below()
    if (mark === '.' && this.#dialect.hidden && this.#startsName(at)) return HIDDEN
    if (braces && (mark === '{' || (this.#depth > 0 && (mark === ',' || mark === '}'))))
      return this.#brace(mark)
    return escapeStringRegexp(mark)
  }

  #startsName(at: number): boolean {
    return at === 0 || this.#glob[at - 1] === '/'
  }

  #brace(mark: string): string {
    this.#depth += mark === '{' ? 1 : mark === '}' ? -1 : 0
    return {'{': '(?:', ',': '|', '}': ')'}[mark]!
  }

  #stars(at: number): string {
    while (this.#glob[this.#at] === '*') this.#at++
    if (this.#at - at === 1) return `${this.#any}*`
    if (!this.#dialect.folders) return '.*'
    if (!this.#startsName(at)) return `${this.#any}*`
    if (this.#at === this.#glob.length) return `${this.#name}(?:/${this.#name})*`
    // `**x` is a shortcut for `**/*x`.
    if (this.#glob[this.#at] !== '/') return `(?:${this.#name}/)*${this.#any}*`
    this.#at++
    return `(?:${this.#name}/)*`
  }

  /** The expression for `/**` at the end. */
  #below(): string {
    // In picomatch, `a/**` matches `a` as well, but `*/**` does not match a path without a slash.
    const least = this.#glob[this.#at - 2] === '*' ? '+' : '*'
    this.#at = this.#glob.length
    return `(?:/${this.#name})${least}`
  }

  #class(): string | undefined {
    const {negates, bracketFirst, plainClasses, crosses} = this.#dialect
    const isNegated = this.#glob[this.#at] !== undefined && negates.includes(this.#glob[this.#at]!)
    const start = this.#at + (isNegated ? 1 : 0)
    const end = this.#endOfClass(start)
    // An unclosed class is a literal bracket in some dialects, and invalid in others.
    if (end >= this.#glob.length) return bracketFirst ? '\\[' : undefined
    const inside = this.#glob.slice(start, end)
    this.#at = end + 1
    if (inside === '') return
    const not = isNegated ? `^${crosses ? '' : '/'}` : ''
    const characters = plainClasses ? plainClass(inside) : escapedClass(inside)
    return characters && `[${not}${characters}]`
  }

  /** The offset of the bracket that closes a class; at least the length of the glob if there is none. */
  #endOfClass(start: number): number {
    const {bracketFirst, escapes} = this.#dialect
    let end = start + (bracketFirst && this.#glob[start] === ']' ? 1 : 0)
    while (end < this.#glob.length && this.#glob[end] !== ']')
      end += escapes && this.#glob[end] === '\\' ? 2 : 1
    return end
  }
}

/** A class of gobwas/glob: one range, or a list of characters. Undefined for a range followed by more characters. */
function plainClass(inside: string): string | undefined {
  if (inside[1] !== '-') return escapeStringRegexp(inside.replace(/\\(.)/gs, '$1'))
  return inside.length === 3 ? escapedClass(inside) : undefined
}

const escapedClass = (inside: string) => inside.replace(/[\\[\]^]/g, '\\$&')
