import {type CacheLocation, openCache} from './cache/open.ts'
import {checkRemoteUrls, type RemoteResult} from './check-urls.ts'
import type {ProbeProgress} from './probe.ts'
import type {RemoteSettings} from './probe-settings.ts'
import type {RemoteConfig} from './schema.ts'
import type {RemoteUrls} from './types.ts'

/** All that checking remote URLs takes, as plain data that may be sent to another thread. */
export interface RemoteJob {
  asks: RemoteUrls
  settings: Pick<RemoteSettings, 'config' | 'env' | 'variables' | 'version' | 'homepage'>
  /** The verdict cache; absent for none. */
  cache?: {config: RemoteConfig; location: CacheLocation}
}

/** Check remote URLs with the cache, in this thread. */
export async function runJob(
  {asks, settings, cache}: RemoteJob,
  signal: AbortSignal,
  onProgress?: (progress: ProbeProgress) => void,
): Promise<RemoteResult> {
  const verdictCache = cache && (await openCache(cache.config, cache.location))
  return checkRemoteUrls(asks, {
    ...settings,
    signal,
    ...(onProgress && {onProgress}),
    ...(verdictCache && {verdictCache}),
  })
}
