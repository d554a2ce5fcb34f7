import type {Heading, Page} from '../../../page/types.ts'
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
    part.startsWith('^')
      ? blockIds.has(part.trim().toLowerCase())
      : formsOf(part).some((form) => names.has(form))
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

/**
 * Obsidian compares headings without punctuation and letter case, and with several spaces as one (`stripHeading` in its API).
 * Whether a space takes the place of punctuation is not documented, so that either will do: `A/B: c` → `ab c`, `a b c`.
 */
const formsOf = (text: string): string[] => ['', ' '].map((space) => comparable(text, space))

const comparable = (text: string, space: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, space)
    .replace(/\s+/g, ' ')
    .trim()

/** A link may name a heading with its markup or without, and without the id of a block, which does not belong to the text. */
const namesOf = ({text, source = text}: Heading): string[] =>
  ['', text, source, text.replace(BLOCK_ID, ''), source.replace(BLOCK_ID, '')].flatMap(formsOf)

const BLOCK_ID = /\s\^[\w-]+$/
