import {type ExecFileException, execFile, execFileSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {folder} from './run-doccheck.ts'

/** What a program printed and returned. */
export interface Done {
  code: number
  out: string
  err: string
}

/** This process's environment, less what the git and npm that started the tests have put there for themselves. */
export const ENV: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(?:CI$|VITEST|NODE_ENV$|GIT_|LEFTHOOK|HUSKY|npm_(?:lifecycle|package|config_(?:local_|global_)?prefix))/i.test(
          name,
        ),
    ),
  ),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: path.resolve('test/sites/no-such-file'),
  // After a fetch, git would go on in the background while the test removes the folder.
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'maintenance.auto',
  GIT_CONFIG_VALUE_0: 'false',
  NO_COLOR: '1',
}

/**
 * The environment of a home folder of its own, for pre-commit, which passes over a Node that is in the user's. npm goes on
 * as it is configured, and need not ask again for what it has.
 */
export function atHome(home: string): NodeJS.ProcessEnv {
  const own = path.join(homedir(), '.npmrc')
  if (existsSync(own)) copyFileSync(own, path.join(home, '.npmrc'))
  const cache = execFileSync('npm', ['config', 'get', 'cache'], {encoding: 'utf8', env: ENV}).trim()
  return {
    ...ENV,
    HOME: home,
    npm_config_cache: cache,
    PRE_COMMIT_HOME: path.join(home, 'pre-commit'),
    PRE_COMMIT_COLOR: 'never',
  }
}

/** Run a program to its end. */
export function run(
  cwd: string,
  program: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = ENV,
): Promise<Done> {
  return new Promise((resolve) => {
    const told = (error: ExecFileException | null, out: string, err: string) =>
      resolve({code: error ? Number(error.code) : 0, out, err: error && !err ? error.message : err})
    execFile(program, words, {cwd, env, encoding: 'utf8', maxBuffer: 1 << 28}, told)
  })
}

/** Run git, which must succeed. @returns what it printed */
export async function git(cwd: string, ...words: string[]): Promise<string> {
  const {code, out, err} = await run(cwd, 'git', words)
  if (code !== 0) throw new Error(`git ${words.join(' ')}: ${err}`)
  return out
}

/** Write files below a folder. */
export function write(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), {recursive: true})
    writeFileSync(path.join(root, name), text)
  }
}

/** A temporary repository with these files staged, gone when the test is. */
export async function repository(files: Record<string, string>): Promise<string> {
  const root = folder(files)
  await git(root, 'init', '-q', '-b', 'main')
  await git(root, 'config', 'user.name', 'A')
  await git(root, 'config', 'user.email', 'a@example.org')
  await git(root, 'add', '--all')
  return root
}
