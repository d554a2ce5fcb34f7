import type {Page} from '../page/types.ts'
import type {Anchors} from '../site/types.ts'

/** One text of a page, today's or an earlier one, with what can be linked to in it. */
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
 * The id that a heading has today, by the one it had once: where a heading was renamed, the text of its section stayed
 * as it was, and no other section of the page had or has that text. Renamed several times, it is followed.
 *
 * @param versions Today's first, then older ones; read no further than needed.
 * @returns nothing where there was no such id, or where its section was changed together with its heading.
 */
export async function renamedAnchor(
  fragment: string,
  versions: readonly (() => Promise<Version | undefined>)[],
): Promise<string | undefined> {
  let wanted = fragment
  for (let newest = 0; ; ) {
    let newer: Version | undefined
    let older: Version | undefined
    let at = newest
    for (; at < versions.length; at++) {
      const version = await versions[at]!()
      // What cannot be read tells nothing of what was before it.
      if (!version) return
      if (version.anchors.ids.has(wanted)) {
        older = version
        break
      }
      newer = version
    }
    if (!older) return
    // It is there, in today's version or in one that was reached on the way back to it.
    if (!newer) {
      if (newest === 0) return wanted === fragment ? undefined : wanted
      newest--
      continue
    }
    const next = successor(wanted, older, newer)
    if (next === undefined) return
    wanted = next
    newest = at - 1
  }
}

/** The id in a newer version of the section that had an id in the older one. */
function successor(id: string, older: Version, newer: Version): string | undefined {
  const before = sectionsOf(older)
  const bodies = before.byId.get(id) ?? []
  const [body = ''] = bodies
  if (bodies.length !== 1 || body === '') return
  const after = sectionsOf(newer).byBody.get(body) ?? []
  if (after.length !== 1 || before.byBody.get(body)!.length !== 1) return
  return older.anchors.ids.has(after[0]!) ? undefined : after[0]
}

/** The sections of one version: what each id's bodies are, and each body's ids. */
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
