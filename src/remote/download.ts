import {setMaxListeners} from 'node:events'
import pLimit from 'p-limit'
import {imageFormat} from './image-format.ts'
import {withPublicAddressesOnly} from './network/restricted-network.ts'
import {makePolicy} from './policy.ts'
import {prepareUrl} from './prepare-url.ts'
import type {ProbeSettings} from './probe.ts'
import {type RemoteSettings, withProbeSettings} from './probe-settings.ts'
import {failureOf} from './request-outcome.ts'

/** A downloaded image. */
export interface Image {
  bytes: Uint8Array
  /** The extension of its format, by its first bytes, without a dot. */
  extension: string
}

/** No image in documentation is larger. */
const MAX_BYTES = 50_000_000

/**
 * Download images, with the same restrictions as for checks.
 *
 * @param urls As written on pages.
 * @returns by URL, the image, or the reason why there is none: `responds with 404`
 */
export async function downloadImages(
  urls: readonly string[],
  settings: RemoteSettings,
): Promise<Map<string, Image | string>> {
  const {config, variables = {}} = settings
  const policy = makePolicy(config, variables)
  const hrefs = new Map(urls.map((url) => [url, prepareUrl(url, 'image', policy, config).href]))
  const distinct = [...new Set([...hrefs.values()].filter((href) => href !== undefined))]
  const found = await withProbeSettings(settings, policy, (probeSettings) =>
    downloadAll(distinct, probeSettings),
  )
  return new Map(urls.map((url) => [url, found.get(hrefs.get(url) ?? '') ?? 'must not be requested']))
}

function downloadAll(
  hrefs: readonly string[],
  settings: ProbeSettings,
): Promise<Map<string, Image | string>> {
  const {concurrency, signal} = settings
  setMaxListeners(0, signal)
  return withPublicAddressesOnly(settings, async () => {
    const limit = pLimit(concurrency)
    const found = new Map<string, Image | string>()
    await Promise.all(
      hrefs.map((href) =>
        limit(async () => {
          found.set(href, signal.aborted ? 'cancelled' : await downloadOne(href, settings))
        }),
      ),
    )
    return found
  })
}

async function downloadOne(
  href: string,
  {userAgent, timeoutMs, signal}: ProbeSettings,
): Promise<Image | string> {
  // A large image takes longer than the headers, which the timeout is meant for.
  const abort = AbortSignal.any([signal, AbortSignal.timeout(6 * timeoutMs)])
  try {
    const headers = {Accept: 'image/*,*/*;q=0.5', 'User-Agent': userAgent}
    const response = await fetch(href, {headers, signal: abort})
    if (!response.ok) {
      await response.body?.cancel()
      return `responds with ${response.status}`
    }
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      if ((size += chunk.length) > MAX_BYTES) return `is larger than ${MAX_BYTES / 1_000_000} MB`
    }
    const bytes = Buffer.concat(chunks)
    const extension = imageFormat(bytes)
    return extension === undefined ? 'is not an image that browsers can show' : {bytes, extension}
  } catch (error) {
    return `cannot be downloaded (${failureOf(error as Error).code})`
  }
}
