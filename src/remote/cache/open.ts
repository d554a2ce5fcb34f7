import {parseDuration} from '../duration.ts'
import type {RemoteConfig} from '../schema.ts'
import {REMOTE_DEFAULTS} from '../settings.ts'
import {defaultCacheFile, openVerdictCache, type VerdictCache} from './verdict-cache.ts'

/** The location of a cache, unless the configuration sets it. */
export interface CacheLocation {
  env: Readonly<Record<string, string | undefined>>
  /** The user's home folder. */
  home: string
  /** A file that the user chose. */
  chosen?: string
  /** Folders whose symlinks may be a stranger's. */
  trees?: readonly string[]
}

/** Open the cache of a configuration; undefined if it is disabled. */
export async function openCache(
  {cache}: RemoteConfig,
  {env, home, chosen, trees = []}: CacheLocation,
): Promise<VerdictCache | undefined> {
  if (cache === false) return
  const durations = {...REMOTE_DEFAULTS.cache, ...cache}
  const lifetimes = Object.fromEntries(
    Object.keys(REMOTE_DEFAULTS.cache).map((state) => [
      state,
      parseDuration(durations[state as keyof typeof REMOTE_DEFAULTS.cache]),
    ]),
  )
  const file = chosen ?? defaultCacheFile(env, process.platform, home)
  return openVerdictCache({file, isUserChosen: chosen !== undefined, trees, lifetimes})
}
