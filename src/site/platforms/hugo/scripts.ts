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

/** The URL folder that a line of a shell script fills in the output: `cp -r build "${output}/docs/api"` */
const INTO_OUTPUT =
  /\b(?:cp|mv|rsync|git clone)\s(?:.*[\s/"'])?(?:(?:public|dist|_site)(?=\/)|\$\{?\w+\}?["']?(?=\/[\w.-]+\/))((?:\/[\w-]+)+)\/?["']?\s*$/gm

/** URL folders that scripts of the site, or of the repository, may fill before or after the build. */
export async function foldersFilledByScripts(
  {tree}: SiteContext,
  config: HugoConfig,
  root: string,
): Promise<string[]> {
  const folders = new Set<string>()
  for (const file of tree.files) {
    const base = [root, ''].map(folderPrefix).find((prefix) => isScript(file, prefix))
    if (base === undefined) continue
    const script = await tree.read(file).catch(() => '')
    for (const folder of foldersFilledBy(script, file.endsWith('.py'), base, config)) folders.add(folder)
  }
  return [...folders]
}

function* foldersFilledBy(
  script: string,
  isPython: boolean,
  base: string,
  {content, statics}: HugoConfig,
): Generator<string> {
  const fetches = FETCHES.test(script)
  if (!fetches && !COPIES.test(script)) return
  const code = codeThatWrites(script, isPython)
  for (const {source, target} of [...content, ...statics])
    for (const folder of foldersNamed(code, source.slice(base.length))) yield joinPath(target, folder)
  // A script that downloads files may name them itself.
  for (const {source, target} of fetches ? content : [])
    if (mentions(code, source.slice(base.length), isPython)) yield target
  for (const [, folder] of isPython ? [] : code.matchAll(INTO_OUTPUT)) yield folder!.slice(1)
}

const isScript = (file: string, prefix: string): boolean =>
  file.startsWith(prefix) && SCRIPT.test(file.slice(prefix.length))

/** The folders that code mentions below a folder, without those of globs: nothing is written to these. */
const foldersNamed = (code: string, folder: string): string[] =>
  [...code.matchAll(new RegExp(`${escapeStringRegexp(folder)}/([\\w./-]+)([*?{])?`, 'g'))]
    .filter(([, , glob]) => glob === undefined)
    .map(([, path]) => joinPath('', path!))
    .filter((path) => path !== '' && !/\.\w+$/.test(path))

/** Does code mention a folder itself? */
function mentions(code: string, folder: string, isPython: boolean): boolean {
  const name = escapeStringRegexp(folder)
  return new RegExp(
    isPython ? `(?<!\\[)["']${name}/?["'](?!\\s*[:\\]])` : `["'=\\s]${name}/?(?:["'\\s]|$)`,
  ).test(code)
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
