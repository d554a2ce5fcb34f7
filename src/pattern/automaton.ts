/** A state of the automaton: does the text, from some character on, match the rest of the expression? */
interface State {
  /** Tests the current character. A state without it consumes none: its `next` states start at the same character. */
  reads?: (character: string) => boolean
  /** An assertion about the position, such as `^` or a lookahead. */
  holds?: (place: Place) => boolean
  next: State[]
  /** Does the text match from the current character on, and from the one after it? */
  fits: boolean
  fitted: boolean
}

/** A position in a text; the end is after the last character. */
interface Place {
  isStart: boolean
  isEnd: boolean
}

/** Adds the states of a part of an expression. @returns its first state, given the first state after it */
type Part = (states: State[], next: State) => State

/** A literal character, an escape of one letter, a class, or a dot. */
const CHARACTER = /\\[^\dbBckux]|\[(?:\\.|[^\]\\])*\]|[^\\()[|*+?^$]/sy
const REPETITION = /(?:([*+?])|\{0,1\})\??|(\{\d)/y
const TWICE = /\{1,2\}\??/y
const OPENING = /\((?:\?([:=!]))?(?!\?)/y

/**
 * Compile a regular expression to a test that takes linear time, lookahead included.
 *
 * The text is read backwards: which states match from one character on follows from those that match from the next
 * one on. So nothing is tried twice, and a lookahead is decided before it is needed. Transitions are cached across
 * texts.
 *
 * @param source In the syntax of JavaScript, without flags.
 * @returns undefined if it is not supported: lookbehind, backreferences, and escapes that picomatch does not generate
 */
export function automaton(source: string): ((text: string) => boolean) | undefined {
  const reader = new Reader(source)
  const whole = reader.alternatives()
  if (!whole || !reader.isAtEnd) return
  const first = reader.program(whole)
  const rows = new Rows(reader.programs)
  const index = reader.programs.flat().indexOf(first)
  return (text) => rows.some(text, (fits) => fits[index]!)
}

/** The states that match from a position of a text on. */
interface Row {
  /** By the index of the state. */
  fits: readonly boolean[]
  /** The row for the position before this one, by the character there. */
  before: Map<string, Row>
  /** The same, if that character is the first of the text. */
  first: Map<string, Row>
}

/** Rows that are cached. */
const MOST_ROWS = 10_000

/** Makes rows, each from the one after it. */
class Rows {
  readonly #programs: readonly (readonly State[])[]
  readonly #states: readonly State[]
  /** By their states, since many characters lead to the same ones. */
  readonly #known = new Map<string, Row>()
  #made = 0
  #last: Row | undefined

  constructor(programs: readonly (readonly State[])[]) {
    this.#programs = programs
    this.#states = programs.flat()
  }

  /** Is a condition true for the states at any position of a text? */
  some(text: string, isWanted: (fits: readonly boolean[]) => boolean): boolean {
    if (text === '') return isWanted(this.#row(undefined, undefined, true).fits)
    if (this.#made > MOST_ROWS) {
      this.#made = 0
      this.#known.clear()
      this.#last = undefined
    }
    let row = (this.#last ??= this.#row(undefined, undefined, false))
    for (let at = text.length - 1; at >= 0 && !isWanted(row.fits); at--) {
      const known = at === 0 ? row.first : row.before
      let next = known.get(text[at]!)
      if (!next) known.set(text[at]!, (next = this.#row(row, text[at], at === 0)))
      row = next
    }
    return isWanted(row.fits)
  }

  /** @param behind The row after it; undefined at the end of the text. */
  #row(behind: Row | undefined, character: string | undefined, isStart: boolean): Row {
    this.#made++
    for (const [index, state] of this.#states.entries()) state.fitted = behind?.fits[index] ?? false
    for (const states of this.#programs) step(states, character, {isStart, isEnd: !behind})
    const fits = this.#states.map((state) => state.fits)
    const key = fits.map(Number).join('')
    const row = this.#known.get(key) ?? {fits, before: new Map(), first: new Map()}
    this.#known.set(key, row)
    return row
  }
}

/** Go one character towards the start of the text. */
function step(states: readonly State[], character: string | undefined, place: Place): void {
  for (const state of states) {
    const [next] = state.next
    state.fits = !next || (next.fitted && character !== undefined && (state.reads?.(character) ?? false))
  }
  // Repetitions lead back, so repeat until nothing changes: once or twice, and once more for each nested repetition.
  for (let isNew = true; isNew; ) {
    isNew = false
    for (const state of states)
      if (!state.fits && !state.reads && state.next.some(({fits}) => fits) && (state.holds?.(place) ?? true))
        isNew = state.fits = true
  }
}

/** Parses an expression. */
class Reader {
  /** The states of each lookahead, inner ones first, then those of the expression. */
  readonly programs: State[][] = []
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  get isAtEnd(): boolean {
    return this.#at === this.#source.length
  }

  /** @returns undefined for unsupported syntax, as do the methods below */
  alternatives(): Part | undefined {
    const parts = [this.#sequence()]
    while (this.#takes('|')) parts.push(this.#sequence())
    if (!parts.every((part) => part !== undefined)) return
    return parts.length === 1
      ? parts[0]
      : (states, next) => add(states, {next: parts.map((part) => part(states, next))})
  }

  /** Add the states of a part with nothing after it. @returns the first one */
  program(part: Part): State {
    const states: State[] = []
    const first = part(states, add(states, {next: []}))
    this.programs.push(states)
    return first
  }

  #sequence(): Part | undefined {
    const parts: Part[] = []
    while (!this.isAtEnd && !/[|)]/.test(this.#source[this.#at]!)) {
      const part = this.#item()
      if (!part) return
      parts.push(part)
    }
    return (states, next) => parts.reduceRight((behind, part) => part(states, behind), next)
  }

  #item(): Part | undefined {
    const isGroup = this.#source[this.#at] === '('
    const part = this.#atom()
    if (!part) return
    // Nested groups would double their states with each level.
    if (!isGroup && this.#match(TWICE)) return (states, next) => part(states, optional(part)(states, next))
    const found = this.#match(REPETITION)
    if (!found) return part
    const [, mark, others] = found
    if (others !== undefined) return
    return mark === '*' || mark === '+' ? repeated(part, mark === '*') : optional(part)
  }

  #atom(): Part | undefined {
    if (this.#takes('^')) return asserted(({isStart}) => isStart)
    if (this.#takes('$')) return asserted(({isEnd}) => isEnd)
    const opening = this.#match(OPENING)
    if (opening) return this.#group(opening[1])
    const [character] = this.#match(CHARACTER) ?? []
    return character === undefined ? undefined : read(character)
  }

  #group(kind: string | undefined): Part | undefined {
    const inside = this.alternatives()
    if (!inside || !this.#takes(')')) return
    if (kind !== '=' && kind !== '!') return inside
    return (states, next) => {
      const first = this.program(inside)
      return asserted(() => first.fits === (kind === '='))(states, next)
    }
  }

  #takes(mark: string): boolean {
    const isThere = this.#source[this.#at] === mark
    if (isThere) this.#at++
    return isThere
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at
    const found = expression.exec(this.#source)
    this.#at += found?.[0].length ?? 0
    return found
  }
}

function add(states: State[], state: Omit<State, 'fits' | 'fitted'>): State {
  const made = {...state, fits: false, fitted: false}
  states.push(made)
  return made
}

function read(character: string): Part {
  if (character.length === 1 && character !== '.')
    return (states, next) => add(states, {reads: (own) => own === character, next: [next]})
  const expression = new RegExp(`^${character}$`)
  return (states, next) => add(states, {reads: (own) => expression.test(own), next: [next]})
}

const asserted =
  (holds: NonNullable<State['holds']>): Part =>
  (states, next) =>
    add(states, {holds, next: [next]})

const optional =
  (part: Part): Part =>
  (states, next) =>
    add(states, {next: [part(states, next), next]})

const repeated =
  (part: Part, mayBeNone: boolean): Part =>
  (states, next) => {
    const again: State = {next: [], fits: false, fitted: false}
    const first = part(states, again)
    again.next.push(first, next)
    states.push(again)
    return mayBeNone ? again : first
  }
