import {rmSync} from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {endSilent, git, lendObjects, SILENCE_MS, startGit} from './git.ts'
import type {Remote} from './revisions.ts'
import {makeTemporaryFolder} from './temporary.ts'

/** How to fetch. */
interface FetchOptions {
  /** The number of commits to fetch of each history; all if undefined. */
  depth?: number | undefined
  /** What to leave out, by preference; not every server can. */
  filters?: readonly string[]
  /** Do not tell the server what is there already: a partial clone may lack what belongs to it. */
  asksForAll?: boolean
}

/** A temporary repository that borrows the objects of a clone, and takes in what is fetched for it. */
export interface FetchStore {
  folder: string
  /**
   * Fetch commits or other objects.
   *
   * @param wanted Hashes, or refspecs.
   * @throws {@link UserError} that begins with `subject`
   */
  fetch(wanted: readonly string[], options: FetchOptions): Promise<void>
  /** Remove it. */
  close(): void
}

/**
 * Make a repository to fetch into. Git runs programs that `.git/config` names when it fetches, for example as `ssh`,
 * as a server or for credentials. This repository has no configuration but the URL of the remote and the headers and
 * certificates for hosts that CI systems put there; that of the user applies. Nothing is written to the clone.
 *
 * @param root The clone: the top of a work tree, or a bare repository.
 * @param subject The purpose of the fetch, for messages.
 */
export async function openStore(root: string, remote: Remote, subject: string): Promise<FetchStore> {
  const folder = await makeTemporaryFolder()
  const endLoan = lendObjects(root, folder)
  const close = () => {
    endLoan()
    rmSync(folder, {recursive: true, force: true, maxRetries: 5})
  }
  try {
    await borrow(root, folder)
    const settings = await settingsOf(root, remote)
    const fetch: FetchStore['fetch'] = async (wanted, {filters = [], ...options}) => {
      for (const filter of [...filters, undefined]) {
        const fault = await runFetch(folder, wanted, {...options, filter}, settings)
        if (fault === undefined) return
        if (filter === undefined || !/filter/.test(fault))
          throw new UserError(`${subject}: cannot fetch from ${remote.name}: ${fault}${adviceOn(fault)}`)
      }
    }
    return {folder, fetch, close}
  } catch (error) {
    close()
    throw error
  }
}

/** Advice for a remote that cannot be reached; it does not help if the remote lacks the objects. */
const adviceOn = (fault: string) =>
  /couldn't find remote ref|not our ref/.test(fault)
    ? ''
    : '; check out the whole history instead (`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in GitLab CI)'

/** Set up a bare repository with the objects, `HEAD` and the shallow boundary of another one. */
async function borrow(root: string, folder: string): Promise<void> {
  const words = ['HEAD', '--git-path', 'objects', '--git-path', 'shallow'] as const
  const [head = '', objects = '', shallow = ''] =
    (await git(root, ['rev-parse', ...words]))?.split('\n') ?? []
  const place = (name: string) => path.join(folder, name)
  await fs.mkdir(place('objects/info'), {recursive: true})
  await fs.mkdir(place('refs'))
  await fs.writeFile(
    place('objects/info/alternates'),
    `${path.resolve(root, objects).replaceAll('\\', '/')}\n`,
  )
  await fs.writeFile(place('HEAD'), `${head}\n`)
  const format = head.length === 64 ? '1\n[extensions]\n\tobjectFormat = sha256' : '0'
  await fs.writeFile(place('config'), `[core]\n\tbare = true\n\trepositoryFormatVersion = ${format}\n`)
  await fs.copyFile(path.resolve(root, shallow), place('shallow')).catch(() => {})
}

const ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
  GIT_TERMINAL_PROMPT: '0',
  // In English, since its messages are matched.
  LC_ALL: 'C',
}

/** `actions/checkout` puts the token into a header, GitLab's runner names the certificate of its server. */
const HTTP_SETTINGS = '^http\\.(.*\\.)?(extraheader|sslcainfo)$'

/** The settings of the clone that a fetch needs. */
async function settingsOf(root: string, remote: Remote): Promise<Setting[]> {
  const listed = (await git(root, ['config', '-z', '--get-regexp', HTTP_SETTINGS])) ?? ''
  // `http.https://github.com/.extraheader\nAUTHORIZATION: …\0`
  const http = listed.split('\0').flatMap((entry): Setting[] => {
    const at = entry.indexOf('\n')
    return at < 0 ? [] : [[entry.slice(0, at), entry.slice(at + 1)]]
  })
  return [['remote.origin.url', urlOf(root, remote)], ...http]
}

type Setting = readonly [key: string, value: string]

/** Settings as environment variables, so that no secret is written to a file. */
function environmentOf(settings: readonly Setting[]): NodeJS.ProcessEnv {
  const first = Number(process.env.GIT_CONFIG_COUNT ?? 0)
  const variables: NodeJS.ProcessEnv = {GIT_CONFIG_COUNT: String(first + settings.length)}
  for (const [index, [key, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${first + index}`] = key
    variables[`GIT_CONFIG_VALUE_${first + index}`] = value
  }
  return variables
}

/** A path of a remote is relative to the clone: `../origin` */
const urlOf = (root: string, {url}: Remote) => (/^\.{1,2}(?:\/|$)/.test(url) ? path.resolve(root, url) : url)

/** @returns what Git says if it fails */
function runFetch(
  folder: string,
  wanted: readonly string[],
  {depth, filter, asksForAll}: Omit<FetchOptions, 'filters'> & {filter: string | undefined},
  settings: readonly Setting[],
): Promise<string | undefined> {
  const args = ['--no-auto-gc', '--no-prune', '--no-tags', '--no-recurse-submodules', '--progress', '--stdin']
  if (depth !== undefined) args.push(`--depth=${depth}`)
  if (filter !== undefined) args.push(`--filter=${filter}`)
  const negotiation: Setting[] = asksForAll ? [['fetch.negotiationAlgorithm', 'noop']] : []
  return new Promise((resolve) => {
    const child = startGit(folder, ['fetch', ...args, 'origin'], ['pipe', 'ignore', 'pipe'], {
      ...ENVIRONMENT,
      ...environmentOf([...settings, ...negotiation]),
    })
    let said = ''
    endSilent(child, child.stderr!, SILENCE_MS)
    child.stderr!.on('data', (part: Buffer) => (said = (said + part).slice(-MOST_WORDS)))
    child.stdin!.on('error', () => {})
    child.stdin!.end(wanted.map((each) => `${each}\n`).join(''))
    child.on('error', () => resolve('git is not installed'))
    child.on('close', (code) => resolve(code === 0 ? undefined : faultIn(said)))
  })
}

/** UTF-16 code units. */
const MOST_WORDS = 100_000

/** The lines in which Git says why it failed, without a password of the URL. */
function faultIn(said: string): string {
  const lines = said
    .split(/[\r\n]+/)
    .filter((line) => /^(?:fatal|error|ERROR|remote: (?:error|fatal)):? /.test(line))
  return (lines[0] ?? 'git did not say why')
    .replace(/\/\/[^/@\s']*@/g, '//')
    .replace(/^(?:fatal|error): /, '')
}
