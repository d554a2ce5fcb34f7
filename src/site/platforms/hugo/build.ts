import escapeStringRegexp from 'escape-string-regexp'
import {folderPrefix, joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import type {HugoConfig} from './config.ts'

const read = ({tree}: SiteContext, file: string) => tree.read(file).catch(() => '')

/** The files of a name in the site's folder and at the root of the tree, the site's first. */
const filesNamed = ({tree}: SiteContext, root: string, name: string) =>
  [...new Set([joinPath(root, name), name])].filter((file) => tree.files.has(file))

/** Files that pin the Hugo version: of hosting services, version managers, packages. */
const VERSIONS: [file: string, pattern: RegExp][] = [
  ['.hugo-version', /^v?0\.(\d+)/],
  ['netlify.toml', /^[ \t]*HUGO_VERSION[ \t]*=[ \t]*["']v?0\.(\d+)/m],
  ['package.json', /"hugo-(?:bin|extended)"\s*:\s*"[^\d"]*0\.(\d+)/],
  ['.tool-versions', /^(?:go)?hugo\s+(?:extended_)?0\.(\d+)/m],
]

/** The minor version of the Hugo that builds a site, such as 111 for 0.111.3. */
export async function findVersion(source: SiteContext, root: string): Promise<number | undefined> {
  for (const [name, pattern] of VERSIONS)
    for (const file of filesNamed(source, root, name)) {
      const found = pattern.exec(await read(source, file))
      if (found) return Number(found[1])
    }
}

const BUILD_DRAFTS = /\s(?:--buildDrafts|-\w*D)\b/

/** Do the build commands in a site's files publish drafts? */
export async function buildsDrafts(source: SiteContext, root: string): Promise<boolean> {
  for (const name of ['netlify.toml', 'package.json', 'Makefile'])
    for (const file of filesNamed(source, root, name)) {
      const commands = (await read(source, file)).split(/[\n"]/)
      if (commands.some((command) => BUILD_DRAFTS.test(hugoArguments(command)))) return true
    }
  return false
}

/** The part of a command from `hugo` on; empty if it does not run Hugo. */
function hugoArguments(command: string): string {
  const at = command.search(/\bhugo\b/)
  return at < 0 ? '' : command.slice(at)
}

/** Scripts of a site, by their paths from its folder. */
const SCRIPT = /^(?:(?:hack|scripts?|tools?|bin|build)\/)?(?:Makefile|[^/]+\.(?:sh|py|mk))$/

/** Commands that copy files from elsewhere. */
const COPIES =
  /\b(?:curl|wget|git clone|cp|rsync|urlopen|urlretrieve|requests|shutil|copyfile|urllib|github|fetch)\b/

/** Commands that download them. */
const FETCHES =
  /\b(?:curl|wget|git clone|clone_from|pygit2|GitPython|urllib|urlopen|requests|httplib2?|PyGithub|github)\b/

/** URL folders that scripts of the site mention, and may fill before the build. */
export async function foldersFilledByScripts(
  source: SiteContext,
  {content}: HugoConfig,
  root: string,
): Promise<string[]> {
  const folders = new Set<string>()
  const prefix = folderPrefix(root)
  for (const file of source.tree.files) {
    if (!file.startsWith(prefix) || !SCRIPT.test(file.slice(prefix.length))) continue
    const script = await read(source, file)
    if (!COPIES.test(script)) continue
    for (const mount of content) {
      const name = mount.source.slice(prefix.length)
      for (const folder of foldersNamed(script, name)) folders.add(joinPath(mount.target, folder))
    }
  }
  return [...folders]
}

/**
 * The folders that a script mentions below a content folder; the entire content folder only if the script downloads
 * files.
 */
function foldersNamed(script: string, content: string): string[] {
  const folders: string[] = []
  if (FETCHES.test(script) && new RegExp(`["'=\\s]${escapeStringRegexp(content)}/?["'\\s]`).test(script))
    folders.push('')
  for (const [, path] of script.matchAll(
    new RegExp(`${escapeStringRegexp(content)}/([\\w.-]+(?:/[\\w.-]+)*)`, 'g'),
  ))
    if (!/\.\w+$/.test(path!)) folders.push(path!)
  return folders
}
