import {type ChildProcess, type StdioOptions, spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import path from 'node:path'
import type {Readable} from 'node:stream'

/**
 * A repository may come from a stranger, in an archive with a `.git/config` that names programs. Git may therefore only
 * list files and read objects: it neither compares files of the work tree, which could run a filter, nor writes
 * anything, which could run a hook. These settings, which override those of the repository, prevent the rest. The
 * user's own settings, such as `safe.directory` and `core.excludesFile`, still apply.
 */
const SETTINGS = [
  'core.quotepath=off',
  // Git before 2.36 would run a program named `false`.
  'core.fsmonitor=',
  'core.hooksPath=/dev/null',
  'log.showSignature=false',
]

const ENVIRONMENT = {
  // In a partial clone, Git would fetch missing objects by programs that the repository names.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_OPTIONAL_LOCKS: '0',
}

/**
 * The allowed commands: they convert no files of the work tree and write nothing (`diff-index` only with `--cached`), except
 * `fetch`, which runs in repositories of doccheck's own.
 */
type Command =
  | 'cat-file'
  | 'config'
  | 'diff-index'
  | 'diff-tree'
  | 'fetch'
  | 'for-each-ref'
  | 'log'
  | 'ls-files'
  | 'ls-tree'
  | 'merge-base'
  | 'rev-list'
  | 'rev-parse'

/** A Git command and its arguments. */
export type GitArguments = readonly [Command, ...string[]]

/** Repositories of doccheck's own, whose objects Git reads besides those of a repository, by the latter. */
const stores = new Map<string, string[]>()

/**
 * Let Git find objects that were fetched for a repository, without writing them to it.
 *
 * @param folder The top of its work tree, or a bare repository.
 * @param store The bare repository that has the objects, absolute.
 * @returns ends that
 */
export function lendObjects(folder: string, store: string): () => void {
  stores.set(folder, [...(stores.get(folder) ?? []), store])
  return () => {
    const left = stores.get(folder)!.filter((each) => each !== store)
    left.length > 0 ? stores.set(folder, left) : stores.delete(folder)
  }
}

/** Variables by which Git, when it runs a hook, names the repository and the places of its objects. */
const OF_REPOSITORY = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]

/** The environment in which Git finds the objects that were lent to a repository, and writes to no other than a store. */
function placesOf(folder: string): NodeJS.ProcessEnv {
  if ([...stores.values()].some((each) => each.includes(folder)))
    return {...Object.fromEntries(OF_REPOSITORY.map((name) => [name, undefined])), GIT_DIR: folder}
  const {GIT_ALTERNATE_OBJECT_DIRECTORIES: others} = process.env
  // In quotes, a path may contain the delimiter.
  const lent = (stores.get(folder) ?? []).map((store) =>
    JSON.stringify(`${store.replaceAll('\\', '/')}/objects`),
  )
  if (lent.length === 0) return {}
  return {GIT_ALTERNATE_OBJECT_DIRECTORIES: [...(others ? [others] : []), ...lent].join(path.delimiter)}
}

/**
 * Start Git in a folder. This is the only place that starts Git.
 *
 * @param folder The top of a work tree, or a bare repository.
 * @param env Additional environment variables.
 */
export function startGit(
  folder: string,
  args: GitArguments,
  stdio: StdioOptions,
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  const settings = [...SETTINGS, ...(isBare(folder) ? [] : ['safe.bareRepository=explicit'])]
  const before = ['--no-pager', '--literal-pathspecs', ...settings.flatMap((setting) => ['-c', setting])]
  return spawn(gitProgram(process.platform, withoutPackages(process.env.PATH ?? '')), [...before, ...args], {
    cwd: folder,
    stdio,
    env: {
      ...process.env,
      ...ENVIRONMENT,
      ...(process.env.PATH !== undefined && {PATH: withoutPackages(process.env.PATH)}),
      // Otherwise Git would use a repository further up, and list another folder.
      GIT_CEILING_DIRECTORIES: path.dirname(folder),
      // `core.worktree` may name any folder.
      ...(isWorkTree(folder) && {GIT_WORK_TREE: folder}),
      ...placesOf(folder),
      ...env,
    },
  })
}

/**
 * `PATH` without `node_modules/.bin`, which npm puts first: a package in the tree could provide a program named
 * `git`.
 */
const withoutPackages = (paths: string) =>
  paths
    .split(path.delimiter)
    .filter((place) => !/(?:^|[\\/])node_modules[\\/]/.test(place))
    .join(path.delimiter)

const isWorkTree = (folder: string) => existsSync(path.join(folder, '.git'))

/**
 * A bare repository is used only if it is the folder itself, outside any work tree. One around the folder, or among its
 * files, is not.
 */
const isBare = (folder: string) =>
  !isWorkTree(folder) && ['HEAD', 'objects', 'refs'].every((name) => existsSync(path.join(folder, name)))

/**
 * The program to start as Git. Windows first looks for programs in the current folder, and would run a `git.exe` that a
 * repository contains.
 *
 * @param paths The value of `PATH`.
 */
export function gitProgram(platform: NodeJS.Platform, paths: string, isThere = existsSync): string {
  if (platform !== 'win32') return 'git'
  const {isAbsolute, join} = path.win32
  const files = paths
    .split(';')
    .filter((place) => isAbsolute(place))
    .map((place) => join(place, 'git.exe'))
  // Without one, starting it must fail, at a path that no repository can provide.
  return files.find((file) => isThere(file)) ?? 'C:\\Windows\\System32\\git.exe'
}

/**
 * Milliseconds. A Git process without output for this long will never end: it matches a `.gitignore` pattern that takes
 * exponential time, or waits for a pipe in place of a file.
 */
export const SILENCE_MS = 300_000

/** Bytes. A few kilobytes of nested trees can represent millions of files; longer output is refused. */
const MOST_BYTES = 256_000_000

/** Kill Git after milliseconds without output. */
export function endSilent(child: ChildProcess, output: Readable, silence: number): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), silence)
  output.on('data', () => timer.refresh())
  for (const event of ['error', 'close']) child.on(event, () => clearTimeout(timer))
}

/**
 * Run Git in a folder.
 *
 * @param silence Milliseconds without output after which it is killed.
 * @param most Bytes of output after which it is killed.
 * @param input The text for its standard input.
 * @returns its output; undefined if Git is not installed, fails or was killed
 */
export function git(
  folder: string,
  args: GitArguments,
  env?: NodeJS.ProcessEnv,
  silence = SILENCE_MS,
  most = MOST_BYTES,
  input?: string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = startGit(folder, args, [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'], env)
    // It may end before it has read everything.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
    const parts: Buffer[] = []
    let room = most
    endSilent(child, child.stdout!, silence)
    child.stdout!.on('data', (part: Buffer) => {
      room -= part.length
      if (room < 0) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.on('error', () => resolve(undefined))
    child.on('close', (code) =>
      resolve(code === 0 && room >= 0 ? Buffer.concat(parts).toString('utf8') : undefined),
    )
  })
}

/** Run Git with a text on standard input; like {@link git} otherwise. */
export const gitWithInput = (
  folder: string,
  args: GitArguments,
  input: string,
): Promise<string | undefined> => git(folder, args, undefined, SILENCE_MS, MOST_BYTES, input)

/**
 * The reason why Git refuses to work in a folder, with the command that it suggests, if any.
 *
 * @returns undefined if Git is not installed, or the folder is not in a repository
 */
export function refusal(folder: string, silence = SILENCE_MS): Promise<string | undefined> {
  return new Promise((resolve) => {
    // In English, since its messages are matched.
    const child = startGit(folder, ['rev-parse', '--git-dir'], ['ignore', 'ignore', 'pipe'], {LC_ALL: 'C'})
    const parts: Buffer[] = []
    endSilent(child, child.stderr!, silence)
    child.stderr!.on('data', (part: Buffer) => parts.push(part))
    child.on('error', () => resolve(undefined))
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') return resolve('it does not respond')
      const said = Buffer.concat(parts).toString('utf8')
      const [line = ''] = said.split('\n')
      const remedy = /git config --global --add safe\.directory .+/.exec(said)?.[0]
      if (line === '' || /^fatal: not a git repository \(or any/.test(line)) resolve(undefined)
      else resolve(remedy === undefined ? line : `${line}; run \`${remedy}\` to allow it`)
    })
  })
}
