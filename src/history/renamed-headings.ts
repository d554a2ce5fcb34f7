import type {Page} from '../page/types.ts'
import type {Anchors} from '../site/types.ts'

/** One version of a page, current or former, with its facts and anchors. */
export interface Version {
  text: string
  page: Page
  anchors: Anchors
}

/** A version of a page that is parsed only if it may have the id in question. */
export interface LazyVersion {
  /** Its text; undefined if it cannot be read. */
  text(): Promise<string | undefined>
  /** Its facts; undefined if it cannot be parsed. */
  parsed(): Promise<Version | undefined>
}

/** A heading's id, and the text below it up to the next heading. */
interface Section {
  id: string
  body: string
}

/**
 * The current id of a heading by a former one. A heading counts as renamed if the text of its section did not change at
 * the same time, and no other section of the page has or had that text. Repeated renames are followed one by one.
 *
 * @param versions The current version first, then former ones; read no further than needed.
 * @returns undefined if no version has the id, or the section was changed together with its heading
 */
export async function renamedAnchor(
  fragment: string,
  versions: readonly LazyVersion[],
): Promise<string | undefined> {
  let wanted = fragment
  let newest = 0
  for (;;) {
    const found = await newestWith(wanted, versions, newest)
    if (!found) return
    if (found.next) {
      const successor = successorOf(wanted, found.version, found.next)
      if (successor === undefined) return
      wanted = successor
      newest = found.index - 1
    } else if (newest === 0) return wanted === fragment ? undefined : wanted
    else newest--
  }
}

/** The newest version that has an id, from an index on, with the next newer one unless it is the first. */
async function newestWith(
  id: string,
  versions: readonly LazyVersion[],
  from: number,
): Promise<{index: number; version: Version; next: Version | undefined} | undefined> {
  for (let index = from; index < versions.length; index++) {
    const each = versions[index]!
    const text = await each.text()
    // Renames cannot be followed across a version that cannot be read.
    if (text === undefined) return
    if (!parsedVersions.has(each) && !mayHaveId(each, text, id)) continue
    parsedVersions.add(each)
    const version = await each.parsed()
    if (!version) return
    if (!version.anchors.ids.has(id)) continue
    const next = index > from ? await versions[index - 1]!.parsed() : undefined
    return index > from && !next ? undefined : {index, version, next}
  }
}

/** Versions that cost nothing to look at again. */
const parsedVersions = new WeakSet<LazyVersion>()

/**
 * May a text have an id? Parsing is slow, and most former versions of a page do not have it. An id is written in the text,
 * or made of a heading by leaving out characters; a number at its end may count equal headings.
 */
function mayHaveId(each: LazyVersion, text: string, id: string): boolean {
  let lines = linesWithIds.get(each)
  if (!lines) {
    lines = text.split('\n').flatMap(lineWithId)
    linesWithIds.set(each, lines)
  }
  const whole = lettersOf(id)
  const letters = lettersOf(id.replace(/[-_]\d+$/, ''))
  return lines.some(({all, isPlain}) =>
    isPlain ? all === whole || all === letters : isSubsequence(letters, all),
  )
}

/** The letters of a line that ids are made of or written in. */
interface LineWithId {
  all: string
  /** Has the line nothing beside letters that an id may leave out, such as the destination of a link? */
  isPlain: boolean
}

const linesWithIds = new WeakMap<LazyVersion, readonly LineWithId[]>()

/** An ATX heading, the first line of a setext heading, or a line with an attribute or a label. */
function lineWithId(line: string, index: number, lines: readonly string[]): LineWithId[] {
  const isHeading = /^[\s>*+\-\d.)]*#/.test(line) || /^[\s>]*(?:=+|-+)\s*$/.test(lines[index + 1] ?? '')
  if (!isHeading && !/\{[\s:]*[#:]|\b(?:id|name)\s*=|<h\d|\)=/i.test(line)) return []
  return [{all: lettersOf(line), isPlain: isHeading && !/[[<&{\\]|:\w+:/.test(line)}]
}

/** The letters and digits of a text, without accents, and without a number that it begins with. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^\d+/, '')

function isSubsequence(part: string, whole: string): boolean {
  let at = -1
  for (const char of part) {
    at = whole.indexOf(char, at + 1)
    if (at === -1) return false
  }
  return true
}

/** The id, in a newer version, of the section that had an id in the older one. */
function successorOf(id: string, older: Version, newer: Version): string | undefined {
  const before = sectionsOf(older)
  const bodies = before.byId.get(id) ?? []
  const [body = ''] = bodies
  if (bodies.length !== 1 || body === '') return
  const after = sectionsOf(newer).byBody.get(body) ?? []
  if (after.length !== 1 || before.byBody.get(body)!.length !== 1) return
  return older.anchors.ids.has(after[0]!) ? undefined : after[0]
}

/** The sections of one version: the bodies of each id, and the ids of each body. */
interface Sections {
  byId: Map<string, string[]>
  byBody: Map<string, string[]>
}

const known = new WeakMap<Version, Sections>()

function sectionsOf(version: Version): Sections {
  let found = known.get(version)
  if (!found) {
    found = {byId: new Map(), byBody: new Map()}
    for (const {id, body} of sections(version)) {
      push(found.byId, id, body)
      push(found.byBody, body, id)
    }
    known.set(version, found)
  }
  return found
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function sections({text, page, anchors}: Version): Section[] {
  return page.headings.flatMap(({end}, index) => {
    const id = anchors.ofHeadings[index]
    const next = page.headings[index + 1]?.start ?? text.length
    return id === undefined ? [] : [{id, body: text.slice(end, next).replace(/\s+/g, ' ').trim()}]
  })
}
