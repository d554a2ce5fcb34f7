import {type Node, parseTree} from 'jsonc-parser'
import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {UserError} from '../errors/errors.ts'
import {lineStarts, pointAt} from '../text/lines.ts'
import {folderOf, joinPath, relativePath} from '../text/paths.ts'

/** One problem of a baseline. */
export interface Entry {
  path: string
  rule: string
  about: string
}

/** What of a baseline a run found again. */
export interface Matched {
  /** The messages that it holds. */
  known: Set<VFileMessage>
  /** What of it was not found. */
  left: Entry[]
}

/** Errors and warnings count; what is only worth knowing is no debt. */
const weighs = ({fatal}: VFileMessage) => fatal !== null

/** A rule's name, with its package's where it is not doccheck's. */
const ruleOf = ({source, ruleId = 'other'}: VFileMessage) =>
  source === undefined || source === 'doccheck' ? ruleId : `${source}:${ruleId}`

const aboutOf = ({target, reason}: VFileMessage) =>
  target ? [target.file, target.name].filter((part) => part !== undefined).join('#') : reason

/** All that a run found. */
export function entriesOf(pages: readonly PageResult[], files: readonly VFile[]): Entry[] {
  return pages.flatMap(({path}, index) =>
    files[index]!.messages.filter(weighs).map((message) => ({
      path,
      rule: ruleOf(message),
      about: aboutOf(message),
    })),
  )
}

/** Find what a run found of a baseline again: by page, rule and target, and each entry once. */
export function matchBaseline(
  entries: readonly Entry[],
  pages: readonly PageResult[],
  files: readonly VFile[],
): Matched {
  const known = new Set<VFileMessage>()
  const open = new Map<string, Entry[]>()
  for (const entry of entries) {
    const same = open.get(keyOf(entry))
    if (same) same.push(entry)
    else open.set(keyOf(entry), [entry])
  }
  for (const [index, {path}] of pages.entries())
    for (const message of files[index]!.messages.filter(weighs))
      if (open.get(keyOf({path, rule: ruleOf(message), about: aboutOf(message)}))?.pop()) known.add(message)
  const left = new Set([...open.values()].flat())
  return {known, left: entries.filter((entry) => left.has(entry))}
}

/**
 * Find entries again whose page or target has another name today.
 *
 * @param known The messages that are matched already; those that are found are added.
 * @param renamed Where files are today, by where they were.
 * @returns by each entry that was found what it is today
 */
export function matchRenamed(
  entries: readonly Entry[],
  pages: readonly PageResult[],
  files: readonly VFile[],
  known: Set<VFileMessage>,
  renamed: ReadonlyMap<string, string>,
): Map<Entry, Entry> {
  const open = new Map<string, VFileMessage[]>()
  for (const [index, {path}] of pages.entries())
    for (const message of files[index]!.messages.filter(weighs)) {
      if (known.has(message)) continue
      const key = keyOf({path, rule: ruleOf(message), about: aboutOf(message)})
      const same = open.get(key)
      if (same) same.push(message)
      else open.set(key, [message])
    }
  const found = new Map<Entry, Entry>()
  for (const entry of entries)
    for (const today of todayOf(entry, renamed)) {
      const message = open.get(keyOf(today))?.pop()
      if (!message) continue
      known.add(message)
      found.set(entry, today)
      break
    }
  return found
}

/** What an entry may be called after renames. */
function todayOf({path, rule, about}: Entry, renamed: ReadonlyMap<string, string>): Entry[] {
  const now = renamed.get(path) ?? path
  const [file = '', ...name] = about.split('#')
  const places = [file, renamed.get(file) ?? file]
  // A link that is written as before leads elsewhere from elsewhere.
  if (now !== path) places.push(joinPath(folderOf(now), relativePath(folderOf(path), file)))
  return places.map((place) => ({path: now, rule, about: [place, ...name].join('#')}))
}

const keyOf = ({path, rule, about}: Entry) => JSON.stringify([path, rule, about])

/** Write entries as a file: JSON, sorted, one entry a line, so that versions of it merge well. */
export function formatBaseline(entries: readonly Entry[]): string {
  const problems = new Map<string, Map<string, string[]>>()
  const sorted = entries
    .map((entry) => ({...entry, key: keyOf(entry)}))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const {path, rule, about} of sorted) {
    const rules = problems.get(path) ?? new Map<string, string[]>()
    problems.set(path, rules)
    const abouts = rules.get(rule)
    if (abouts) abouts.push(about)
    else rules.set(rule, [about])
  }
  const plain = Object.fromEntries([...problems].map(([path, rules]) => [path, Object.fromEntries(rules)]))
  return `${JSON.stringify({version: 1, problems: plain}, null, 2)}\n`
}

/**
 * Read the file.
 *
 * @param name The file's name, for messages.
 * @throws {@link UserError} where it is none.
 */
export function parseBaseline(text: string, name: string): Entry[] {
  const wrong = (why: string): never => {
    throw new UserError(`The baseline ${name} ${why}; \`doccheck baseline\` writes one`)
  }
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    wrong(`is no JSON: ${(error as Error).message}`)
  }
  if (!isRecord(value) || value.version !== 1) return wrong('has no version 1')
  if (!isRecord(value.problems)) return wrong('has no problems')
  return Object.entries(value.problems).flatMap(([path, rules]) =>
    isRecord(rules)
      ? Object.entries(rules).flatMap(([rule, list]) =>
          Array.isArray(list) && list.every((about) => typeof about === 'string')
            ? list.map((about: string) => ({path, rule, about}))
            : wrong(`holds no list of texts at ${path}, ${rule}`),
        )
      : wrong(`holds no rules at ${path}`),
  )
}

/** Where an entry stands in its file. */
interface Place {
  start: ReturnType<typeof pointAt>
  end: ReturnType<typeof pointAt>
}

/** Where entries stand in the text that they were read from. */
export function placesOf(entries: readonly Entry[], text: string): Map<Entry, Place> {
  const lines = lineStarts(text)
  const open = new Map<string, Iterator<Node>>()
  // Of members with one name the last counts, as in `JSON.parse`.
  for (const [path, rules] of membersOf(new Map(membersOf(treeOf(text))).get('problems')))
    for (const [rule, list] of membersOf(rules))
      open.set(JSON.stringify([path, rule]), (list.children ?? []).values())
  const places = new Map<Entry, Place>()
  for (const entry of entries) {
    const node: Node | undefined = open.get(JSON.stringify([entry.path, entry.rule]))?.next().value
    if (!node) continue
    places.set(entry, {start: pointAt(lines, node.offset), end: pointAt(lines, node.offset + node.length)})
  }
  return places
}

/** The text as a tree; nothing where it is nested too deep, beside the entries, for a parser that calls itself. */
function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text)
  } catch (error) {
    if (error instanceof RangeError) return
    throw error
  }
}

/** The members of a JSON object. */
const membersOf = (object: Node | undefined): [name: string, value: Node][] =>
  (object?.children ?? []).flatMap(({children: [name, value] = []}) =>
    name && value ? [[name.value, value]] : [],
  )
