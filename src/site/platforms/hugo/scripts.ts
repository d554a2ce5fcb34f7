import escapeStringRegexp from 'escape-string-regexp'
import {folderPrefix, joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import type {HugoConfig} from './config.ts'

/** Scripts of a site, by their paths from its folder. */
const SCRIPT = /^(?:(?:hack|scripts?|tools?|bin|build)\/)?(?:Makefile|[^/]+\.(?:sh|py|mk))$/

/** Code that copies files from elsewhere. */
const COPIES = /\b(?:cp|rsync|shutil|copyfile|fetch)\b/
/** Code that downloads them. */
const FETCHES =
  /\b(?:curl|wget|git["', ]{1,4}clone|clone_\w+|pygit2|GitPython|urllib|urlopen|urlretrieve|requests|httplib2?|PyGithub|(?:from|import) github|gh (?:api|release|repo))\b/

/** Code in Python that creates files or folders. */
const WRITES_IN_PYTHON =
  /\bopen\([^)\n]{0,200},\s*(?:mode\s*=\s*)?["'][awx]|\bwrite_(?:text|bytes)\b|\bshutil\b|\burlretrieve\b|\bclone_|\bmakedirs\b|\bmkdir\b|\bos\.(?:rename|replace|system)\b|\bsubprocess\b/
/** The same in a line of a shell script or Makefile: commands, redirections, and variables for them. */
const WRITES_IN_SHELL =
  /\b(?:cp|mv|ln|rsync|install|tee|curl|wget|git (?:clone|archive|worktree)|tar|unzip|mkdir|go|node|python3?|docker)\b|(?<![-=\d&])>(?![=&]|>?\s*\/dev\/)|^\s*(?:(?:export|local|readonly|declare)\s[^=\n]{0,200})?\w+\s*[:?+]?=/

/** URL folders that scripts of the site may fill before the build. */
export async function foldersFilledByScripts(
  {tree}: SiteContext,
  {content}: HugoConfig,
  root: string,
): Promise<string[]> {
  const folders = new Set<string>()
  const prefix = folderPrefix(root)
  for (const file of tree.files) {
    if (!file.startsWith(prefix) || !SCRIPT.test(file.slice(prefix.length))) continue
    const script = await tree.read(file).catch(() => '')
    for (const {source, target} of content)
      for (const folder of foldersNamed(script, source.slice(prefix.length), file.endsWith('.py')))
        folders.add(joinPath(target, folder))
  }
  return [...folders]
}

/**
 * The folders that a script mentions below a content folder where it may write; the entire content folder only if it
 * downloads files.
 */
function foldersNamed(script: string, content: string, isPython: boolean): string[] {
  const fetches = FETCHES.test(script)
  if (!fetches && !COPIES.test(script)) return []
  const code = codeThatWrites(script, isPython)
  const name = escapeStringRegexp(content)
  const whole = new RegExp(
    isPython ? `(?<!\\[)["']${name}/?["'](?!\\s*[:\\]])` : `["'=\\s]${name}/?(?:["'\\s]|$)`,
  )
  const below = code.matchAll(new RegExp(`${name}/([\\w.-]+(?:/[\\w.-]+)*)`, 'g'))
  const folders = [...below].map(([, path]) => path!).filter((path) => !/\.\w+$/.test(path))
  return fetches && whole.test(code) ? ['', ...folders] : folders
}

/** The part of a script that may name what it writes. */
function codeThatWrites(script: string, isPython: boolean): string {
  if (isPython) return WRITES_IN_PYTHON.test(script) ? script : ''
  return script
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line) && WRITES_IN_SHELL.test(line))
    .join('\n')
}
