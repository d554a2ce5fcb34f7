import {existsSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {isManifest, mentionsDoccheck, PLACES} from '../../config/files.ts'
import {UserError} from '../../errors/errors.ts'
import {git} from '../../tree/git.ts'
import {isInside} from '../../tree/inside.ts'
import {readerOf, readText} from '../../tree/read.ts'
import {readOrigin} from '../../tree/refs.ts'
import type {Ci, Hook} from './options.ts'
import type {Manifest} from './package-manager.ts'

/** The tools that a repository already uses. */
export interface Project {
  hook: Hook
  ci: Ci
  /** The doccheck configuration for the current folder, if there is one: a path relative to the root. */
  config?: string
  /** Its `package.json`, if it has one, so that tools can be installed. */
  manifest?: Manifest
  /** Folders, relative to the root, whose configuration names a file of the package, as its schema or as an import. */
  packageFolders: string[]
}

/**
 * The places where lefthook looks for its configuration, in order; it uses the first one only.
 * https://lefthook.dev/configuration
 */
const LEFTHOOK = ['yml', 'yaml', 'json', 'jsonc', 'toml'].flatMap((extension) =>
  ['lefthook', '.lefthook', '.config/lefthook'].map((name) => `${name}.${extension}`),
)

/** The configuration file that lefthook uses, relative to the root; undefined if there is none. */
export const lefthookFile = (root: string): string | undefined =>
  LEFTHOOK.find((name) => existsSync(path.join(root, name)))

/**
 * Detect the tools that a repository uses.
 *
 * @param root The top of its work tree, absolute.
 * @param cwd The current folder, in the work tree.
 */
export async function detectProject(root: string, cwd: string): Promise<Project> {
  const names = new Set(namesIn(root))
  const manifest = names.has('package.json') ? (readPackage(root) ?? {}) : undefined
  const config = configAbove(root, cwd)
  const ci = names.has('.github') ? 'github' : names.has('.gitlab-ci.yml') ? 'gitlab' : undefined
  return {
    hook: detectHook(root, names, manifest),
    ci: ci ?? hostOf(await readOrigin(root)),
    ...(config !== undefined && {config}),
    ...(manifest && {manifest}),
    packageFolders: await packageFoldersIn(root, config),
  }
}

/** {@link Project.packageFolders}, by the configurations that Git lists. */
async function packageFoldersIn(root: string, config: string | undefined): Promise<string[]> {
  const listed = await git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  const names = listed === undefined ? [config ?? ''] : listed.split('\0')
  const folders = names
    .filter((file) => PLACES.includes(path.posix.basename(file)) && namesPackage(root, file))
    .map((file) => path.posix.dirname(file))
  // A folder without a manifest uses the packages of the root.
  return [...new Set(folders.map((each) => (readPackage(path.join(root, each)) ? each : '.')))]
}

/** Does a configuration name a file of the package? */
function namesPackage(root: string, file: string): boolean {
  try {
    const text = readerOf(root)(file)
    return isManifest(file)
      ? mentionsDoccheck(file, text) && /doccheck-cli\//.test(text)
      : text.includes('doccheck-cli')
  } catch {
    return false
  }
}

/** The configuration in a folder or the next one above it, relative to the root. */
function configAbove(root: string, cwd: string): string | undefined {
  for (let folder = cwd; isInside(root, folder); folder = path.dirname(folder)) {
    const names = new Set(namesIn(folder))
    const found = PLACES.find((name) => names.has(name) && (!isManifest(name) || holdsConfig(folder, name)))
    if (found !== undefined) return path.relative(root, path.join(folder, found)).split(path.sep).join('/')
  }
}

/** The CI service of the host of a remote: `git@gitlab.example.org:a/b.git` */
function hostOf(url = ''): Ci {
  const [, host = ''] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)/i.exec(url) ?? []
  if (/^github\.com$/i.test(host)) return 'github'
  return /(?:^|\.)gitlab\./i.test(host) ? 'gitlab' : 'none'
}

/** Does a manifest contain a configuration? One that cannot be read does not. */
function holdsConfig(root: string, name: string): boolean {
  try {
    return mentionsDoccheck(name, readerOf(root)(name))
  } catch {
    return false
  }
}

function namesIn(root: string): string[] {
  try {
    return readdirSync(root)
  } catch (error) {
    throw new UserError(`Cannot read the folder ${root}: ${(error as Error).message}`)
  }
}

/** The content of `package.json`; undefined if it is invalid, which npm will report. */
export function readPackage(root: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readerOf(root)('package.json'))
    return typeof manifest === 'object' && manifest !== null ? {...manifest} : undefined
  } catch {
    return undefined
  }
}

/** The name of a configuration file of lint-staged. */
const LINT_STAGED = /^(?:\.lintstagedrc(?:$|\.)|lint-staged\.config\.)/

/** The configuration file of lint-staged among the names in a root; undefined if there is none. */
export const lintStagedFile = (names: Iterable<string>): string | undefined =>
  [...names].find((name) => LINT_STAGED.test(name))

function detectHook(root: string, names: ReadonlySet<string>, manifest: Manifest | undefined): Hook {
  if (names.has('.pre-commit-config.yaml')) return 'pre-commit'
  if (lefthookFile(root) !== undefined) return 'lefthook'
  // A husky hook also runs for deletions, lint-staged does not.
  if (names.has('.husky')) return 'husky'
  if (manifest?.['lint-staged'] !== undefined || lintStagedFile(names) !== undefined) return 'lint-staged'
  return installedHook(root)
}

/** The tool that installed the Git hook that runs before each commit. */
function installedHook(root: string): Hook {
  let text: string
  try {
    text = readText(path.join(root, '.git/hooks/pre-commit'))
  } catch {
    return 'none'
  }
  if (text.includes('lefthook')) return 'lefthook'
  return /generated by pre-commit/i.test(text) ? 'pre-commit' : 'none'
}
