import {joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'

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
