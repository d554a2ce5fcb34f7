import {randomBytes} from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import {putFile} from '../../tree/atomic.ts'
import {makeFolder} from '../../tree/make-folder.ts'
import {placeOf} from '../../tree/place.ts'
import type {Verdict} from '../types.ts'
import {
  type CachedVerdict,
  type CachedVerdicts,
  FAILING_STATES,
  mergeVerdicts,
  serializeCache,
  verdictOf,
} from './format.ts'
import {withLock} from './lock.ts'
import {type CacheFault, isPart, type ReadCache, readCache} from './read.ts'

/** The lifetimes of verdicts, in milliseconds, by state; verdicts of other states are never reused. */
export type Lifetimes = Partial<Record<Verdict['state'], number>>

/** The settings of a cache of verdicts. */
export interface VerdictCacheSettings {
  file: string
  /** The user chose the file, so it may be any file: one that is not a cache is left alone. */
  isUserChosen: boolean
  /** Folders whose symlinks may be a stranger's: the cache is not written through them. */
  trees?: readonly string[]
  lifetimes: Lifetimes
  /** The current time in milliseconds since the epoch. */
  now?: () => number
}

/** Verdicts of earlier runs about remote URLs. */
export interface VerdictCache {
  /** The verdict for a key, if it is still valid. */
  get(key: string): Verdict | undefined
  /** The time since the request for a verdict in the cache, in milliseconds. */
  age(key: string): number | undefined
  /** The time at which a key that fails now began to fail, in milliseconds since the epoch. */
  failingSince(key: string): number | undefined
  /** Add a new verdict; `unchecked` is ignored. */
  set(key: string, verdict: Verdict): void
  /** Add the verdicts of another cache. */
  add(entries: CachedVerdicts): void
  /**
   * Write the new verdicts, merged with those that other processes have written meanwhile. Never throws: errors become
   * `warnings`.
   *
   * @param signal When aborted, the wait for other processes is short.
   */
  save(signal?: AbortSignal): Promise<void>
  /** Warnings for the user, one line each. */
  warnings: string[]
}

/** Open a cache file. A damaged or foreign file never changes a result: the cache is empty then. */
export async function openVerdictCache({
  file,
  isUserChosen,
  trees = [],
  lifetimes,
  now = Date.now,
}: VerdictCacheSettings): Promise<VerdictCache> {
  const warnings: string[] = []
  const target = isUserChosen ? resolveSymlinks(file, trees) : file
  const read: ReadCache = target
    ? await readCache(target, now())
    : {entries: new Map(), fault: 'symlink', parts: []}
  const changes: CachedVerdicts = new Map()
  // A foreign file that the user chose must not be overwritten, nor one of a newer version.
  const mayWrite = read.fault === undefined || (read.fault === 'foreign' && !isUserChosen)
  if (read.fault !== undefined) warnings.push(describeFault(read.fault, file, mayWrite))

  const entryOf = (key: string) => changes.get(key) ?? read.entries.get(key)
  return {
    warnings,
    get: (key) => {
      const entry = entryOf(key)
      if (!entry) return
      return now() - entry.checkedAt < (lifetimes[entry.state] ?? 0) ? verdictOf(entry) : undefined
    },
    age: (key) => {
      const entry = entryOf(key)
      return entry && now() - entry.checkedAt
    },
    failingSince: (key) => {
      const entry = entryOf(key)
      return entry && FAILING_STATES.has(entry.state) ? entry.failingSince : undefined
    },
    set: (key, verdict) => {
      const {state} = verdict
      if (state !== 'unchecked')
        changes.set(key, newEntry(verdict, state, {checkedAt: now(), previous: entryOf(key)}))
    },
    add: (entries) => {
      for (const [key, entry] of entries) changes.set(key, entry)
    },
    save: async (signal) => {
      if (changes.size === 0 || !mayWrite || !target) return
      try {
        await write(target, {changes, isUserChosen, now: now(), signal})
      } catch (error) {
        const {code, message} = error as NodeJS.ErrnoException
        warnings.push(
          `Cannot write the cache ${file} (${code ?? message}); use \`--cache-location\` to choose another file, or \`--no-cache\``,
        )
      }
    },
  }
}

/** The entry for a new verdict, which continues the failure of the previous one. */
function newEntry(
  verdict: Verdict,
  state: CachedVerdict['state'],
  {checkedAt, previous}: {checkedAt: number; previous: CachedVerdict | undefined},
): CachedVerdict {
  const text = 'to' in verdict ? verdict.to : 'reason' in verdict ? verdict.reason : ''
  const entry: CachedVerdict = {checkedAt, state, text}
  // A server that rejects automated requests proves neither success nor failure.
  if (FAILING_STATES.has(state)) entry.failingSince = previous?.failingSince ?? checkedAt
  else if (state === 'blocked' && previous?.failingSince !== undefined)
    entry.failingSince = previous.failingSince
  return entry
}

/** The target of the user's symlinks; undefined if a symlink of a tree is in the way. */
function resolveSymlinks(file: string, trees: readonly string[]): string | undefined {
  try {
    return placeOf(file, trees).file
  } catch {
    return undefined
  }
}

const FAULTS: Record<CacheFault, string> = {
  foreign: 'is corrupt, or not a cache of doccheck',
  newer: 'was written by a newer version of doccheck',
  large: 'is too large',
  unreadable: 'is not a readable file',
  symlink: 'is behind a symlink of the tree',
}

const describeFault = (fault: CacheFault, file: string, mayWrite: boolean) =>
  `The cache ${file} ${FAULTS[fault]}: ${
    mayWrite ? 'it will be overwritten' : 'nothing is cached; use `--cache-location` to choose another file'
  }`

/** The wait until new verdicts can be merged into the cache; they are not lost otherwise. */
const MERGE_WAIT_MS = 2000
/** After Ctrl-C, the process should end within a second. */
const CANCELLED_WAIT_MS = 300

interface Writing {
  changes: CachedVerdicts
  isUserChosen: boolean
  now: number
  signal: AbortSignal | undefined
}

/**
 * Merge new verdicts into the cache. While another process does that, they go into a part file beside it, which every
 * process reads and the next writer merges: nothing depends on how long the other process takes.
 */
async function write(file: string, {changes, isUserChosen, now, signal}: Writing): Promise<void> {
  await makeFolder(path.dirname(file), 0o700)
  const lock = `${file}.lock`
  const options = {mode: 0o600}
  const merge = (added: CachedVerdicts) => async () => {
    const {entries, fault, parts} = await readCache(file, now)
    if (fault === 'newer' || (fault !== undefined && isUserChosen))
      throw new Error('the file was replaced meanwhile')
    await putFile(file, serializeCache(mergeVerdicts(entries, added), now), options)
    for (const part of parts) await fs.rm(part, {force: true}).catch(() => {})
  }
  if (await withLock(lock, merge(changes), () => true)) return
  await putFile(`${file}.${randomBytes(8).toString('hex')}.part`, serializeCache(changes, now), options)
  const start = performance.now()
  await withLock(lock, merge(new Map()), () => {
    return performance.now() - start > (signal?.aborted ? CANCELLED_WAIT_MS : MERGE_WAIT_MS)
  })
}

/** Is a file the cache, its lock, or a part file of it? Both paths are absolute. */
export const belongsToCache = (file: string, cache: string): boolean =>
  file === cache || file === `${cache}.lock` || isPart(file, cache)

/** The default cache file, in the system's folder for a user's caches. */
export function defaultCacheFile(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  const within = (folder: string) => path.join(folder, 'doccheck', 'verdicts-v1.json')
  // The XDG specification requires relative paths to be ignored.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return within(env.XDG_CACHE_HOME)
  if (platform === 'win32') return within(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'))
  return within(platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache'))
}
