import type {Link} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {comparable} from '../../shared/named-files.ts'
import {UnwrittenNotes} from '../../shared/unwritten-notes.ts'
import {isDated, mayBeNote, targetOf} from './targets.ts'
import type {Vault} from './vault.ts'

/** Count the notes that the links of a vault name, except for those that are written when their time comes. */
export function countNotes(vault: Vault): UnwrittenNotes {
  const notes = new UnwrittenNotes()
  for (const from of vault.notes())
    for (const name of namesOn(vault, from)) {
      const file = fileNamed(vault, name, from)
      if (file !== undefined) notes.add(file, true)
      else if (!isDated(name)) notes.add(comparable(name), false)
    }
  return notes
}

function fileNamed({ctx, files}: Vault, name: string, from: string): string | undefined {
  const beside = joinPath(folderOf(from), name)
  if (ctx.lookup.isFile(beside)) return beside
  const [file] = files.find(name, from)
  return file
}

/** The names and paths that the links on a page have for notes. */
const namesOn = (vault: Vault, from: string): string[] =>
  (vault.ctx.page(from)?.links ?? []).flatMap((link) => {
    const name = nameIn(link, vault)
    return name && mayBeNote(name) ? [name] : []
  })

function nameIn({kind, url}: Link, {usesMarkdownLinks}: Vault): string | undefined {
  if (kind !== 'wikilink' && !(kind === 'link' && usesMarkdownLinks)) return
  const target = kind === 'wikilink' ? targetOf(url) : splitUrl(url)
  return 'to' in target ? undefined : target.path
}
