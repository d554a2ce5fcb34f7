import {type Node, parseTree} from 'jsonc-parser'
import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {UserError} from '../errors/errors.ts'
import type {Target} from '../rule/types.ts'
import {lineStarts, pointAt} from '../text/lines.ts'
import {folderOf, joinPath, relativePath} from '../text/paths.ts'

/** A known problem in a baseline. */
export interface Entry {
  /** The page's path from the tree's root. */
  path: string
  rule: string
  /** The finding's target, or its message if it has none. */
  about: string
}

/** The matches between the entries of a baseline and the messages of a run. */
export interface BaselineMatch {
  /** The messages that are in the baseline. */
  known: Set<VFileMessage>
  /** The entries that no message matches. */
  unmatched: Entry[]
}

/** Errors and warnings are problems; messages of severity `info` do not go into a baseline. */
const isProblem = ({fatal}: VFileMessage) => fatal !== null

/** A rule's name, prefixed with its package unless it is one of doccheck's own. */
const ruleOf = ({source, ruleId = 'other'}: VFileMessage) =>
  source === undefined || source === 'doccheck' ? ruleId : `${source}:${ruleId}`

const aboutOf = ({target, reason}: VFileMessage) => (target ? aboutTarget(target) : reason)

const aboutTarget = ({file, name}: Target) => [file, name].filter((part) => part !== undefined).join('#')

/** Is the problem of an entry one that can no longer be judged on its page? */
export const isSkipped = ({rule, about}: Entry, {skipped = []}: PageResult): boolean =>
  skipped.some((each) => each.rule === rule && each.target && aboutTarget(each.target) === about)

/** The problems of a run, each with the entry for it, in the order of the pages. */
function* problemsOf(
  pages: readonly PageResult[],
  files: readonly VFile[],
): Generator<[message: VFileMessage, entry: Entry]> {
  for (const [index, {path}] of pages.entries())
    for (const message of files[index]!.messages)
      if (isProblem(message)) yield [message, {path, rule: ruleOf(message), about: aboutOf(message)}]
}

/** The entries for all problems of a run. */
export const entriesOf = (pages: readonly PageResult[], files: readonly VFile[]): Entry[] =>
  [...problemsOf(pages, files)].map(([, entry]) => entry)

/** Match the messages of a run with the entries of a baseline: by page, rule and target, each entry once. */
export function matchBaseline(
  entries: readonly Entry[],
  pages: readonly PageResult[],
  files: readonly VFile[],
): BaselineMatch {
  const known = new Set<VFileMessage>()
  const open = groupByKey(entries.map((entry) => [entry, entry]))
  for (const [message, entry] of problemsOf(pages, files))
    if (open.get(keyOf(entry))?.pop()) known.add(message)
  const unmatched = new Set([...open.values()].flat())
  return {known, unmatched: entries.filter((entry) => unmatched.has(entry))}
}

/**
 * Match entries whose page or target has been renamed.
 *
 * @param known The messages that are already matched; newly matched ones are added.
 * @param renamed Current paths by former ones.
 * @returns the current form of each entry that a message matches
 */
export function matchRenamed(
  entries: readonly Entry[],
  pages: readonly PageResult[],
  files: readonly VFile[],
  known: Set<VFileMessage>,
  renamed: ReadonlyMap<string, string>,
): Map<Entry, Entry> {
  const open = groupByKey([...problemsOf(pages, files)].filter(([message]) => !known.has(message)))
  const found = new Map<Entry, Entry>()
  for (const entry of entries)
    for (const today of entriesToday(entry, renamed)) {
      const message = open.get(keyOf(today))?.pop()
      if (!message) continue
      known.add(message)
      found.set(entry, today)
      break
    }
  return found
}

function groupByKey<T>(items: readonly (readonly [item: T, entry: Entry])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const [item, entry] of items) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** The forms that an entry may have after renames, most likely first. */
function entriesToday({path, rule, about}: Entry, renamed: ReadonlyMap<string, string>): Entry[] {
  const now = renamed.get(path) ?? path
  const [file = '', ...name] = about.split('#')
  const places = [file, renamed.get(file) ?? file]
  // On a page that moved, an unchanged link leads elsewhere.
  if (now !== path) places.push(joinPath(folderOf(now), relativePath(folderOf(path), file)))
  return places.map((place) => ({path: now, rule, about: [place, ...name].join('#')}))
}

const keyOf = ({path, rule, about}: Entry) => JSON.stringify([path, rule, about])

/** Format entries as JSON: sorted, with one entry per line, so that Git merges versions of the file well. */
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
 * Parse the text of a baseline.
 *
 * @param name The file's name, for messages.
 * @throws {@link UserError} for text that is not a baseline.
 */
export function parseBaseline(text: string, name: string): Entry[] {
  const wrong = (why: string): never => {
    throw new UserError(
      `Invalid baseline ${name}: ${why}; delete it, and run \`doccheck baseline\` to write a new one`,
    )
  }
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    wrong(`not valid JSON: ${(error as Error).message}`)
  }
  if (!isRecord(value) || value.version !== 1) return wrong('expected `version` 1')
  if (!isRecord(value.problems)) return wrong('expected an object `problems`')
  return Object.entries(value.problems).flatMap(([path, rules]) =>
    isRecord(rules)
      ? Object.entries(rules).flatMap(([rule, list]) =>
          Array.isArray(list) && list.every((about) => typeof about === 'string')
            ? list.map((about: string) => ({path, rule, about}))
            : wrong(`expected a list of strings at ${path}, ${rule}`),
        )
      : wrong(`expected an object of rules at ${path}`),
  )
}

/** The lines and columns of an entry in its file. */
interface Place {
  start: ReturnType<typeof pointAt>
  end: ReturnType<typeof pointAt>
}

/** The positions of entries in the text that they were parsed from. */
export function placesOf(entries: readonly Entry[], text: string): Map<Entry, Place> {
  const lines = lineStarts(text)
  const open = new Map<string, Iterator<Node>>()
  // If a name occurs more than once, the last member wins, as in `JSON.parse`.
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

/**
 * The text as a JSON tree; undefined if something other than the entries is nested too deeply for a recursive parser.
 */
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
