import {randomBytes} from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import {putFile} from '../tree/atomic.ts'
import {makeFolder} from '../tree/make-folder.ts'
import {placeOf} from '../tree/place.ts'
import {readBytes} from '../tree/read.ts'
import {
  type CachedVerdict,
  type CachedVerdicts,
  FAILING_STATES,
  MAX_CACHE_BYTES,
  mergeVerdicts,
  parseCache,
  serializeCache,
  verdictOf,
} from './cache-format.ts'
import {withLock} from './lock.ts'
import type {Verdict} from './types.ts'

/** How long verdicts hold, in ms, by state; states left out are never taken from memory. */
export type Lifetimes = Partial<Record<Verdict['state'], number>>

/** Where verdicts are remembered, and for how long. */
export interface VerdictCacheSettings {
  file: string
  /** The file's place was chosen by the user, so it may be anything: what is not ours is left as it is. */
  isUserChosen: boolean
  /** Folders whose symlinks may be a stranger's: the file is not written through them. */
  trees?: readonly string[]
  lifetimes: Lifetimes
  /** Milliseconds since the epoch. */
  now?: () => number
}

/** What earlier runs found out about remote addresses. */
export interface VerdictCache {
  /** The verdict remembered for a key, while it holds. */
  get(key: string): Verdict | undefined
  /** Since when a key that fails now has been failing, ms since the epoch. */
  failingSince(key: string): number | undefined
  /** Note a fresh verdict; `unchecked` is none. */
  set(key: string, verdict: Verdict): void
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
type Fault = 'foreign' | 'newer' | 'large' | 'unreadable' | 'linked'

/**
 * Open the memory of a file. Nothing that is wrong with the file ever changes a result: then nothing is remembered.
 */
export async function openVerdictCache({
  file,
  isUserChosen,
  trees = [],
  lifetimes,
  now = Date.now,
}: VerdictCacheSettings): Promise<VerdictCache> {
  const warnings: string[] = []
  const target = isUserChosen ? targetOf(file, trees) : file
  const first: Read = target ? await readAll(target, now()) : {entries: new Map(), fault: 'linked'}
  const known = first.entries
  const noted: CachedVerdicts = new Map()
  // What somebody else wrote at a place of the user's choice is not ours to replace; nor what a newer doccheck wrote.
  const mayWrite = first.fault === undefined || (first.fault === 'foreign' && !isUserChosen)
  if (first.fault !== undefined) warnings.push(explain(first.fault, file, mayWrite))

  const entryOf = (key: string) => noted.get(key) ?? known.get(key)
  return {
    warnings,
    get: (key) => {
      const entry = entryOf(key)
      if (!entry) return
      return now() - entry.checkedAt < (lifetimes[entry.state] ?? 0) ? verdictOf(entry) : undefined
    },
    failingSince: (key) => {
      const entry = entryOf(key)
      return entry && FAILING_STATES.has(entry.state) ? entry.failingSince : undefined
    },
    set: (key, verdict) => {
      if (verdict.state === 'unchecked') return
      const before = entryOf(key)
      const entry: CachedVerdict = {
        checkedAt: now(),
        state: verdict.state,
        text: 'to' in verdict ? verdict.to : 'reason' in verdict ? verdict.reason : '',
      }
      // A server that does not speak to programs tells neither that an address works nor that it fails.
      if (FAILING_STATES.has(verdict.state)) entry.failingSince = before?.failingSince ?? entry.checkedAt
      else if (verdict.state === 'blocked' && before?.failingSince !== undefined)
        entry.failingSince = before.failingSince
      noted.set(key, entry)
    },
    save: async (signal) => {
      if (noted.size === 0 || !mayWrite || !target) return
      try {
        await write(target, {noted, isUserChosen, now: now(), signal})
      } catch (error) {
        const {code, message} = error as NodeJS.ErrnoException
        warnings.push(
          `What remote addresses answered cannot be remembered in ${file} (${code ?? message}); \`--cache-location\` names another file, \`--no-cache\` remembers nothing`,
        )
      }
    },
  }
}

/** Where the user's symlinks lead; nothing where one of a tree's is in the way. */
function targetOf(file: string, trees: readonly string[]): string | undefined {
  try {
    return placeOf(file, trees).file
  } catch {
    return undefined
  }
}

/** What the cache holds, and what processes put beside it while another was writing it. */
async function readAll(file: string, now: number): Promise<Read & {parts: string[]}> {
  const parts: string[] = []
  let beside: CachedVerdicts = new Map()
  // These first: one that is gone when its turn comes is in the file by then.
  for (const part of await partsOf(file)) {
    const {entries, fault} = await read(part, now)
    if (fault !== undefined) continue
    parts.push(part)
    beside = mergeVerdicts(beside, entries)
  }
  const {entries, fault} = await read(file, now)
  return {entries: mergeVerdicts(entries, beside), parts, ...(fault !== undefined && {fault})}
}

interface Read {
  entries: CachedVerdicts
  fault?: Fault
}

/** Read a file as far as it can be trusted. */
async function read(file: string, now: number): Promise<Read> {
  const none: CachedVerdicts = new Map()
  try {
    const stat = await fs.stat(file)
    // To read a pipe may never end, and to replace a device would take it away.
    if (!stat.isFile()) return {entries: none, fault: 'unreadable'}
    if (stat.size > MAX_CACHE_BYTES) return {entries: none, fault: 'large'}
    const bytes = readBytes(file, MAX_CACHE_BYTES)
    if (bytes.length === 0) return {entries: none}
    const parsed = parseCache(bytes.toString('utf8'), now)
    return typeof parsed === 'string' ? {entries: none, fault: parsed} : {entries: parsed}
  } catch (error) {
    // Below a file there is no folder; writing says what is wrong with that.
    const absent = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    return absent ? {entries: none} : {entries: none, fault: 'unreadable'}
  }
}

/** What stands behind the name of the cache in the name of what was put beside it. */
const PART = /^\.[\da-f]{16}\.part$/

async function partsOf(file: string): Promise<string[]> {
  const names = await fs.readdir(path.dirname(file)).catch(() => [])
  return names.map((name) => path.join(path.dirname(file), name)).filter((name) => isPart(name, file))
}

const isPart = (file: string, cache: string) => file.startsWith(cache) && PART.test(file.slice(cache.length))

function explain(fault: Fault, file: string, mayWrite: boolean): string {
  const what = {
    foreign: 'is broken, or no cache of doccheck',
    newer: 'was written by a newer doccheck',
    large: 'is too large for a cache',
    unreadable: 'is no file that can be read',
    linked: 'lies behind a symlink of the tree',
  }[fault]
  const then = mayWrite
    ? 'it is written anew'
    : 'nothing is remembered; `--cache-location` names another file'
  return `The cache ${file} ${what}: ${then}`
}

/** How long to wait until what was put beside the cache can be put into it; it is not lost otherwise. */
const PATIENCE_MS = 2000
/** Who pressed Ctrl-C wants the end within a second. */
const HURRY_MS = 300

interface Writing {
  noted: CachedVerdicts
  isUserChosen: boolean
  now: number
  signal: AbortSignal | undefined
}

/**
 * Put what was noted into the cache; while another process does that, beside it, where every process reads it and the
 * next one that writes takes it from. So nothing depends on how long the other takes.
 */
async function write(file: string, {noted, isUserChosen, now, signal}: Writing): Promise<void> {
  await makeFolder(path.dirname(file), 0o700)
  const lock = `${file}.lock`
  const kept = {mode: 0o600}
  const join = (more: CachedVerdicts) => async () => {
    const {entries, fault, parts} = await readAll(file, now)
    if (fault === 'newer' || (fault !== undefined && isUserChosen)) throw new Error('it is another file now')
    await putFile(file, serializeCache(mergeVerdicts(entries, more), now), kept)
    for (const part of parts) await fs.rm(part, {force: true}).catch(() => {})
  }
  if (await withLock(lock, join(noted), () => true)) return
  await putFile(`${file}.${randomBytes(8).toString('hex')}.part`, serializeCache(noted, now), kept)
  const start = performance.now()
  await withLock(lock, join(new Map()), () => {
    return performance.now() - start > (signal?.aborted ? HURRY_MS : PATIENCE_MS)
  })
}

/** Is it the cache's file, its lock, or a file that is to be put into it? Both paths are absolute. */
export const belongsToCache = (file: string, cache: string): boolean =>
  file === cache || file === `${cache}.lock` || isPart(file, cache)

/** The usual place: where the system keeps a user's caches. */
export function defaultCacheFile(
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
