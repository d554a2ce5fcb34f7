import {withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {isMisspelling, lettersOf} from '../../../text/nearest.ts'
import {nameOf} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {comparable} from '../../shared/named-files.ts'
import type {UnwrittenNotes} from '../../shared/unwritten-notes.ts'
import type {MissingTarget, Resolution, SiteLink} from '../../types.ts'
import {isDated, mayBeNote, type Target} from './targets.ts'
import type {Vault} from './vault.ts'

/** A vault, and how many of the notes that its links name are not there. */
export interface Notes {
  vault: Vault
  unwritten(): UnwrittenNotes
}

/**
 * The resolution of a link that finds nothing: Obsidian creates a note when its link is followed, so that many links are
 * written before their notes.
 *
 * @param onHost The missing target on the host, for links in Markdown.
 */
export function missingInVault(
  notes: Notes,
  {embed}: SiteLink,
  target: Target,
  from: string,
  onHost?: MissingTarget,
): Resolution {
  const {vault} = notes
  const {path} = target
  const isNote = mayBeNote(path)
  const similar = similarTo(vault, path, isNote)
  const missing: MissingTarget = onHost ?? {
    to: 'missing',
    path: vault.placeOf(path, from, isNote),
    why: 'file',
    byName: true,
    ...(similar && {suggestion: similar.path}),
  }
  if (!isNote) return missing
  const whyPath = onHost && path.includes('/') ? WITH_PATH : undefined
  const refutedBy =
    similar?.clause ?? (isDated(path) ? undefined : (whyPath ?? whyWritten(notes, target, embed)))
  return {
    to: 'unknown',
    doubt: doubt('unwritten-note'),
    otherwise: missing,
    ...(refutedBy !== undefined && {refutedBy}),
  }
}

/** Obsidian writes the path of a note, as in `../tools/a.md`, only if there is one; who writes a link first gives a name. */
const WITH_PATH = 'the link has the path of a note'

/** The clause that shows that a note was there when its link was written. */
function whyWritten({unwritten}: Notes, {fragment}: Target, embed: boolean | undefined): string | undefined {
  if (fragment?.startsWith('^')) return 'the link names a block of the note'
  if (fragment) return 'the link names a heading of the note'
  return embed ? 'the link shows the note' : unwritten().clause()
}

/** A file that may be meant. */
interface Similar {
  path: string
  /** The clause that says why it is likely. */
  clause?: string
}

/** The file that may be meant: it has the name in another folder, or as an alias, or a similar name. */
function similarTo(vault: Vault, path: string, isNote: boolean): Similar | undefined {
  const name = comparable(nameOf(path))
  const elsewhere = only([...vault.files.named(name), ...vault.files.named(`${name}.md`)])
  if (elsewhere !== undefined) return {path: elsewhere, clause: `${elsewhere} exists`}
  const alias = isNote ? only(vault.withAlias(withoutMarkdownExtension(path))) : undefined
  if (alias !== undefined)
    return {path: alias, clause: `it is an alias of ${alias}, by which links cannot name it`}
  const stem = isNote ? withoutMarkdownExtension(name) : name
  const near = vault.similarName(stem, isNote)
  const file = near === undefined ? undefined : only(vault.files.named(isNote ? `${near}.md` : near))
  if (file === undefined) return
  const isMeant = lettersOf(near!) === lettersOf(stem) || isMisspelling(stem, near!)
  return {path: file, ...(isMeant && {clause: `${file} exists`})}
}

const only = (files: readonly string[]): string | undefined => (files.length === 1 ? files[0] : undefined)
