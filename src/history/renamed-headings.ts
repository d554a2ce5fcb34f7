import type {Page} from '../page/types.ts'
import type {Anchors} from '../site/types.ts'

/** One version of a page, current or former, with its facts and anchors. */
export interface Version {
  text: string
  page: Page
  anchors: Anchors
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
  versions: readonly (() => Promise<Version | undefined>)[],
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

/** The newest version that has an id, from an index on, with the next newer one if it was read. */
async function newestWith(
  id: string,
  versions: readonly (() => Promise<Version | undefined>)[],
  from: number,
): Promise<{index: number; version: Version; next: Version | undefined} | undefined> {
  let next: Version | undefined
  for (let index = from; index < versions.length; index++) {
    const version = await versions[index]!()
    // Renames cannot be followed across a version that cannot be read.
    if (!version) return
    if (version.anchors.ids.has(id)) return {index, version, next}
    next = version
  }
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
