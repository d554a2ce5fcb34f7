/** A place in an expression: does the text, from some character on, fit what is left of the expression? */
interface State {
  /** Tests the current character. A state without it reads none: its `next` states start at the same character. */
  reads?: (character: string) => boolean
  /** An assertion about the position, such as `^` or a lookahead. */
  holds?: (place: Place) => boolean
  next: State[]
  /** The answer for the character that is looked at, and for the one behind it. */
  fits: boolean
  fitted: boolean
}

/** Where a character stands in its text; the end is behind the last one. */
interface Place {
  isStart: boolean
  isEnd: boolean
}

/** Adds the states of a part of an expression. @returns its first one, given the first one behind it */
type Part = (states: State[], next: State) => State

/** A character that stands for itself, an escape of one letter, a class, or a dot. */
const CHARACTER = /\\[^\dbBckux]|\[(?:\\.|[^\]\\])*\]|[^\\()[|*+?^$]/sy
const REPETITION = /(?:([*+?])|\{0,1\})\??|(\{\d)/y
const TWICE = /\{1,2\}\??/y
const OPENING = /\((?:\?([:=!]))?(?!\?)/y

/**
 * Make a regular expression a test that takes time in proportion to the text, lookahead included.
 *
 * The text is read backwards: what fits from one character on follows from what fits from the next one on, for all parts
 * of the expression at once. So nothing is tried twice, and a lookahead has its answer before anybody asks. Each step
 * is remembered for the texts to come.
 *
 * @param source In JavaScript's syntax without flags.
 * @returns nothing for what it cannot match: lookbehind, references back, and escapes that globs do not lead to
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

/** Which states match from one position of a text to where their expression ends. */
interface Row {
  /** For each of the states. */
  fits: readonly boolean[]
  /** The row for the position before this one, by the character there. */
  before: Map<string, Row>
  /** The same, where that character is the first one of the text. */
  first: Map<string, Row>
}

/** Rows that are remembered, from one text to the next. */
const MOST_ROWS = 10_000

/** Makes rows, each from the one behind it. */
class Rows {
  readonly #programs: readonly (readonly State[])[]
  readonly #states: readonly State[]
  /** By what fits, since many characters lead to the same. */
  readonly #known = new Map<string, Row>()
  #made = 0
  #last: Row | undefined

  constructor(programs: readonly (readonly State[])[]) {
    this.#programs = programs
    this.#states = programs.flat()
  }

  /** Is it so for what fits from any character of a text on, or from its end? */
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

  /** @param behind Nothing at the end of the text. */
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

/** Go one character towards the beginning of the text. */
function step(states: readonly State[], character: string | undefined, place: Place): void {
  for (const state of states) {
    const [next] = state.next
    state.fits = !next || (next.fitted && character !== undefined && (state.reads?.(character) ?? false))
  }
  // Repetitions lead back: again, until nothing is new. Once or twice, and at most once more for each nested one.
  for (let isNew = true; isNew; ) {
    isNew = false
    for (const state of states)
      if (!state.fits && !state.reads && state.next.some(({fits}) => fits) && (state.holds?.(place) ?? true))
        isNew = state.fits = true
  }
}

/** Reads an expression. */
class Reader {
  /** The states of each lookahead, then those of the whole; what is within another comes before it. */
  readonly programs: State[][] = []
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  get isAtEnd(): boolean {
    return this.#at === this.#source.length
  }

  /** @returns nothing for what is not understood; so the others. */
  alternatives(): Part | undefined {
    const parts = [this.#sequence()]
    while (this.#takes('|')) parts.push(this.#sequence())
    if (!parts.every((part) => part !== undefined)) return
    return parts.length === 1
      ? parts[0]
      : (states, next) => add(states, {next: parts.map((part) => part(states, next))})
  }

  /** The states of a part with nothing behind it. @returns the first one */
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
    // Groups within groups would double with each of them.
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
