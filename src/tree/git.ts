import {type ChildProcess, type StdioOptions, spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import path from 'node:path'
import type {Readable} from 'node:stream'

/**
 * A repository may be anybody's: it may have come in an archive with a `.git/config` that names programs. So git is only
 * asked for what it has stored and what is listed; it compares no file of the work tree, which could take a filter, and
 * writes nothing, which could take a hook. These settings do the rest; they stand above those of the repository, and leave
 * the user's own as they are (`safe.directory`, `core.excludesFile`).
 */
const SETTINGS = [
  'core.quotepath=off',
  // Git before 2.36 takes `false` for the name of a program.
  'core.fsmonitor=',
  'core.hooksPath=/dev/null',
  'log.showSignature=false',
]

const ENVIRONMENT = {
  // Of a partial clone, git would fetch what is missing, by programs that the repository names.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_OPTIONAL_LOCKS: '0',
}

/** The commands that may be used: they convert no file of the work tree and write nothing (`diff-index` with `--cached`). */
type Command =
  | 'cat-file'
  | 'config'
  | 'diff-index'
  | 'diff-tree'
  | 'log'
  | 'ls-files'
  | 'ls-tree'
  | 'merge-base'
  | 'rev-parse'

/** A command and its arguments. */
export type Words = readonly [Command, ...string[]]

/**
 * Start git in a folder. Everything that doccheck asks of git goes through here.
 *
 * @param folder The top of a work tree, or a bare repository.
 * @param env More of the environment.
 */
export function startGit(
  folder: string,
  words: Words,
  stdio: StdioOptions,
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  const settings = [...SETTINGS, ...(isBare(folder) ? [] : ['safe.bareRepository=explicit'])]
  const before = ['--no-pager', '--literal-pathspecs', ...settings.flatMap((setting) => ['-c', setting])]
  return spawn(gitProgram(process.platform, withoutPackages(process.env.PATH ?? '')), [...before, ...words], {
    cwd: folder,
    stdio,
    env: {
      ...process.env,
      ...ENVIRONMENT,
      ...(process.env.PATH !== undefined && {PATH: withoutPackages(process.env.PATH)}),
      // A repository that is found further up would list another folder.
      GIT_CEILING_DIRECTORIES: path.dirname(folder),
      // `core.worktree` may lead anywhere.
      ...(isWorkTree(folder) && {GIT_WORK_TREE: folder}),
      ...env,
    },
  })
}

/** npm puts the programs of packages before all others, and a tree may bring packages: none of them is git. */
const withoutPackages = (paths: string) =>
  paths
    .split(path.delimiter)
    .filter((place) => !/(?:^|[\\/])node_modules[\\/]/.test(place))
    .join(path.delimiter)

const isWorkTree = (folder: string) => existsSync(path.join(folder, '.git'))

/**
 * A bare repository is used where it is the folder that doccheck was told to work on, which lies in no work tree; one that
 * is only found around that folder, or among its files, is not.
 */
const isBare = (folder: string) =>
  !isWorkTree(folder) && ['HEAD', 'objects', 'refs'].every((name) => existsSync(path.join(folder, name)))

/**
 * What to start as git. Windows looks for programs in the folder they are started in first: it would run a `git.exe` that
 * a repository brings.
 */
export function gitProgram(platform: NodeJS.Platform, paths: string, isThere = existsSync): string {
  if (platform !== 'win32') return 'git'
  const {isAbsolute, join} = path.win32
  const files = paths
    .split(';')
    .filter((place) => isAbsolute(place))
    .map((place) => join(place, 'git.exe'))
  // Where there is none, it must fail at a place that no repository can fill.
  return files.find((file) => isThere(file)) ?? 'C:\\Windows\\System32\\git.exe'
}

/**
 * A git that says nothing for so long tries all ways in which a pattern of `.gitignore` or `.gitattributes` may fit a name,
 * or waits for a pipe in the place of a file: it would go on for ever.
 */
export const SILENCE_MS = 300_000

/** More than a text can hold is said of trees that are in each other many times over: a few kilobytes, a million files. */
const MOST_BYTES = 256_000_000

function endSilent(child: ChildProcess, output: Readable, silence: number): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), silence)
  output.on('data', () => timer.refresh())
  for (const event of ['error', 'close']) child.on(event, () => clearTimeout(timer))
}

/**
 * Runs git in a folder.
 *
 * @param silence Milliseconds after which it is ended, if it says nothing.
 * @param most Bytes of output after which it is ended, too.
 * @returns its output; nothing when git is not there, refuses, or does not come to an end
 */
export function git(
  folder: string,
  words: Words,
  env?: NodeJS.ProcessEnv,
  silence = SILENCE_MS,
  most = MOST_BYTES,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = startGit(folder, words, ['ignore', 'pipe', 'ignore'], env)
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

/**
 * Why git refuses to work in a folder, and what lets it where it says so itself.
 *
 * @returns nothing when git is not there, or the folder is in no repository.
 */
export function refusal(folder: string, silence = SILENCE_MS): Promise<string | undefined> {
  return new Promise((resolve) => {
    // In the language whose words are looked for.
    const child = startGit(folder, ['rev-parse', '--git-dir'], ['ignore', 'ignore', 'pipe'], {LC_ALL: 'C'})
    const parts: Buffer[] = []
    endSilent(child, child.stderr!, silence)
    child.stderr!.on('data', (part: Buffer) => parts.push(part))
    child.on('error', () => resolve(undefined))
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') return resolve('it does not come to an end')
      const said = Buffer.concat(parts).toString('utf8')
      const [line = ''] = said.split('\n')
      const remedy = /git config --global --add safe\.directory .+/.exec(said)?.[0]
      if (line === '' || /^fatal: not a git repository \(or any/.test(line)) resolve(undefined)
      else resolve(remedy === undefined ? line : `${line}; \`${remedy}\` allows it`)
    })
  })
}
