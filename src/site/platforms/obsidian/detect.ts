import {isMarkdownFile, withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {folderOf, isBelow, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection} from '../../platform.ts'
import {comparable, isInHiddenFolder} from '../../shared/named-files.ts'

/** The folder of a vault's settings in a path. */
const SETTINGS = /(?:^|\/)\.obsidian\//
/** The line of a `.gitignore` that leaves the settings out. */
const IGNORED = /^\/?\.obsidian\/?\*?[ \t]*\r?$/m

/** Find vaults by the folders of their settings, or, where git leaves these out, by the links of their pages. */
export async function findVaults(files: readonly string[], tree: Tree): Promise<Detection[]> {
  const vaults = new Map<string, Detection>()
  for (const file of files) {
    const at = SETTINGS.exec(file)
    if (!at) continue
    const root = file.slice(0, at.index)
    if (!vaults.has(root) || nameOf(file) === 'app.json') vaults.set(root, {root, file})
  }
  for (const file of files)
    if (nameOf(file) === '.gitignore' && !vaults.has(folderOf(file)) && (await isBesideVault(file, tree)))
      vaults.set(folderOf(file), {root: folderOf(file), file})
  return [...vaults.values()]
}

/** So many pages are looked at, of all parts of a folder. */
const SAMPLE = 40
/** So many of the pages that these name have to exist, and most of all that they name. */
const ENOUGH = 5
const WIKILINK = /(?<![\\`[])\[\[([^[\]\r\n]+)\]\](?!\()/g

async function isBesideVault(gitignore: string, tree: Tree): Promise<boolean> {
  const text = await tree.read(gitignore).catch(() => '')
  if (!IGNORED.test(text)) return false
  const root = folderOf(gitignore)
  const pages = [...tree.files].filter(
    (file) => isMarkdownFile(file) && isBelow(file, root) && !isInHiddenFolder(file),
  )
  const step = Math.max(1, Math.floor(pages.length / SAMPLE))
  const texts = await Promise.all(
    pages.filter((_, at) => at % step === 0).map((page) => tree.read(page).catch(() => '')),
  )
  const named = new Set(
    texts.flatMap((each) =>
      [...each.matchAll(WIKILINK)].map(([, target]) => nameIn(target!.replace(/[|#].*/, ''))),
    ),
  )
  const names = new Set(pages.map(nameIn))
  const found = [...named].filter((name) => names.has(name)).length
  return found >= ENOUGH && found * 2 > named.size
}

/** The name that a page and the links to it have in common. */
const nameIn = (path: string): string => comparable(withoutMarkdownExtension(nameOf(path.trim())))
