import type {Heading, Page} from '../../../page/types.ts'
import {lettersOf} from '../../../text/nearest.ts'
import {makeAnchors} from '../../shared/anchors.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import type {Anchors} from '../../types.ts'

/**
 * The places on a note that links name: its headings by their texts, blocks by their ids, and what the host has.
 *
 * @param onHost The anchors of the note on the host.
 */
export function obsidianAnchors(page: Page, onHost: Anchors): Anchors {
  const {headings} = page
  const blocks = page.ids.filter(({from}) => from === 'block').map(({id}) => id)
  const ofHeadings = headings.map(({text}) => linkable(text))
  const names = new Set(headings.flatMap(namesOf))
  const blockIds = new Set(blocks.map((id) => id.toLowerCase()))
  const hasPart = (part: string) =>
    part.startsWith('^') ? blockIds.has(part.trim().toLowerCase()) : names.has(lettersOf(part))
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...blocks],
    idOf: linkable,
    alsoHas: (fragment) => onHost.has(fragment) || fragment.split('#').every(hasPart),
    doubts: templateHeadingDoubts(headings),
  })
}

/** Characters that a link cannot contain; Obsidian writes a space for each. */
const SPECIAL = /[#^[\]|]|%%/g

/** The text of a heading as links name it: `A [[b]]: #c` → `A b : c`. */
const linkable = (text: string): string => text.replace(SPECIAL, ' ').replace(/\s+/g, ' ').trim()

/** Obsidian compares headings without punctuation; their text has markup for it. The id of a block does not belong to the text. */
const namesOf = ({text, source = text}: Heading): string[] =>
  ['', text, source, text.replace(BLOCK_ID, ''), source.replace(BLOCK_ID, '')].map(lettersOf)

const BLOCK_ID = /\s\^[\w-]+$/
