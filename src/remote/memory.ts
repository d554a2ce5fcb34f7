import {randomBytes} from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {makeFolder} from '../make-folder.ts'
import type {Verdict} from '../rule.ts'
import {
  type Entries,
  type Entry,
  FAILING,
  LARGEST_BYTES,
  merge,
  parseEntries,
  printEntries,
  verdictOf,
} from './entries.ts'
import {withLock} from './lock.ts'

/** How long verdicts hold, in ms, by state; states left out are never taken from memory. */
export type Lifetimes = Partial<Record<Verdict['state'], number>>

/** Where verdicts are remembered, and for how long. */
export interface MemorySettings {
  file: string
  /** The file's place was chosen by the user, so it may be anything: what is not ours is left as it is. */
  chosen: boolean
  lifetimes: Lifetimes
  /** Milliseconds since the epoch. */
  now?: () => number
}

/** What earlier runs found out about remote addresses. */
export interface Memory {
  /** The verdict remembered for a key, while it holds. */
  recall(key: string): Verdict | undefined
  /** Since when a key that fails now has been failing, ms since the epoch. */
  failingSince(key: string): number | undefined
  /** Note a fresh verdict; `unchecked` is none. */
  note(key: string, verdict: Verdict): void
  /**
   * Write what was noted, beside what other processes have written meanwhile. Never throws: `warnings` say what went
   * wrong.
   *
   * @param signal Says that there is little time to wait for those.
   */
  save(signal?: AbortSignal): Promise<void>
  /** What the user should know, a line each. */
  warnings: string[]
}

/** Why a file is not taken. */
type Fault = 'foreign' | 'newer' | 'large' | 'unreadable'

/**
 * Open the memory of a file. Nothing that is wrong with the file ever changes a result: then nothing is remembered.
 */
export async function openMemory({file, chosen, lifetimes, now = Date.now}: MemorySettings): Promise<Memory> {
  const warnings: string[] = []
  const first = await read(file, now())
  const known = first.entries
  const noted: Entries = new Map()
  // What somebody else wrote at a place of the user's choice is not ours to replace; nor what a newer doccheck wrote.
  const mayWrite = first.fault === undefined || (first.fault === 'foreign' && !chosen)
  if (first.fault !== undefined) warnings.push(explain(first.fault, file, mayWrite))

  const entryOf = (key: string) => noted.get(key) ?? known.get(key)
  return {
    warnings,
    recall: (key) => {
      const entry = entryOf(key)
      if (!entry) return
      return now() - entry.at < (lifetimes[entry.state] ?? 0) ? verdictOf(entry) : undefined
    },
    failingSince: (key) => {
      const entry = entryOf(key)
      return entry && FAILING.has(entry.state) ? entry.since : undefined
    },
    note: (key, verdict) => {
      if (verdict.state === 'unchecked') return
      const before = entryOf(key)
      const entry: Entry = {
        at: now(),
        state: verdict.state,
        text: 'to' in verdict ? verdict.to : 'reason' in verdict ? verdict.reason : '',
      }
      // A server that does not speak to programs tells neither that an address works nor that it fails.
      if (FAILING.has(verdict.state)) entry.since = before?.since ?? entry.at
      else if (verdict.state === 'blocked' && before?.since !== undefined) entry.since = before.since
      noted.set(key, entry)
    },
    save: async (signal) => {
      if (noted.size === 0 || !mayWrite) return
      try {
        await write(file, {noted, chosen, now: now(), signal})
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
        warnings.push(
          `What remote addresses answered cannot be remembered in ${file} (${code}); \`--cache-location\` names another file, \`--no-cache\` remembers nothing`,
        )
      }
    },
  }
}

/** Read a file as far as it can be trusted. */
async function read(file: string, now: number): Promise<{entries: Entries; fault?: Fault}> {
  const none: Entries = new Map()
  try {
    const stat = await fs.stat(file)
    // To read a pipe may never end, and to replace a device would take it away.
    if (!stat.isFile()) return {entries: none, fault: 'unreadable'}
    const {size} = stat
    if (size > LARGEST_BYTES) return {entries: none, fault: 'large'}
    if (size === 0) return {entries: none}
    const parsed = parseEntries(await fs.readFile(file, 'utf8'), now)
    return typeof parsed === 'string' ? {entries: none, fault: parsed} : {entries: parsed}
  } catch (error) {
    // Below a file there is no folder; writing says what is wrong with that.
    const absent = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    return absent ? {entries: none} : {entries: none, fault: 'unreadable'}
  }
}

function explain(fault: Fault, file: string, mayWrite: boolean): string {
  const what = {
    foreign: 'is broken, or no cache of doccheck',
    newer: 'was written by a newer doccheck',
    large: 'is too large for a cache',
    unreadable: 'is no file that can be read',
  }[fault]
  const then = mayWrite
    ? 'it is written anew'
    : 'nothing is remembered; `--cache-location` names another file'
  return `The cache ${file} ${what}: ${then}`
}

/** Replace the file as a whole, by what it holds now and what was noted. */
async function write(
  file: string,
  {
    noted,
    chosen,
    now,
    signal,
  }: {noted: Entries; chosen: boolean; now: number; signal: AbortSignal | undefined},
): Promise<void> {
  const folder = path.dirname(file)
  await makeFolder(folder, 0o700)
  // Where the user set a link, the link stays.
  const target = chosen ? await fs.realpath(file).catch(() => file) : file
  const replace = async () => {
    const {entries, fault} = await read(target, now)
    if (fault === 'newer' || (fault !== undefined && chosen)) return
    const temporary = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
    try {
      await fs.writeFile(temporary, printEntries(merge(entries, noted), now), {mode: 0o600, flag: 'wx'})
      await rename(temporary, target)
    } catch (error) {
      await fs.rm(temporary, {force: true}).catch(() => {})
      throw error
    }
    await removeLeftovers(target)
  }
  await withLock(`${target}.lock`, replace, signal)
}

/** Windows refuses while another process, perhaps a virus scanner, has the file open. */
async function rename(from: string, to: string): Promise<void> {
  for (let left = 5; ; left--)
    try {
      return await fs.rename(from, to)
    } catch (error) {
      if (left === 0 || !['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? ''))
        throw error
      await sleep(20)
    }
}

const LEFT_AFTER_MS = 3_600_000

/** What follows the name and a dot. */
const TEMPORARY = /^(?:lock\.)?\d+-[\da-f]{8}\.tmp$/

/** Is it the cache's file, its lock, or a file that is to take its place? Both paths are absolute. */
export const isOfCache = (file: string, cache: string): boolean =>
  file === cache ||
  file === `${cache}.lock` ||
  (file.startsWith(`${cache}.`) && TEMPORARY.test(file.slice(cache.length + 1)))

/** Remove what processes left behind that were killed while they wrote. */
async function removeLeftovers(target: string): Promise<void> {
  const folder = path.dirname(target)
  const start = `${path.basename(target)}.`
  for (const name of await fs.readdir(folder).catch(() => [])) {
    if (!name.startsWith(start) || !TEMPORARY.test(name.slice(start.length))) continue
    const left = path.join(folder, name)
    const stats = await fs.stat(left).catch(() => undefined)
    if (stats && Date.now() - stats.mtimeMs > LEFT_AFTER_MS) await fs.rm(left, {force: true}).catch(() => {})
  }
}

/** The usual place: where the system keeps a user's caches. */
export function cacheFile(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  const own = (folder: string) => path.join(folder, 'doccheck', 'verdicts-v1.json')
  // By the XDG specification a relative path is to be ignored.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return own(env.XDG_CACHE_HOME)
  if (platform === 'win32') return own(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'))
  return own(platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache'))
}
