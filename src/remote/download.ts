import {setMaxListeners} from 'node:events'
import pLimit from 'p-limit'
import {imageFormat} from './classify.ts'
import {type ProbeSettings, withPublicAddressesOnly} from './probe.ts'
import {failureOf} from './request-outcome.ts'

/** One image. */
export interface Image {
  bytes: Uint8Array
  /** By what its first bytes are, without a dot. */
  extension: string
}

/** No image of a docs page is larger. */
const LARGEST_BYTES = 50_000_000

/**
 * Download images, through the same guards as everything that is asked.
 *
 * @returns by URL the image, or why there is none.
 */
export function download(
  urls: readonly string[],
  settings: ProbeSettings,
): Promise<Map<string, Image | string>> {
  const {concurrency, userAgent, timeoutMs, signal} = settings
  setMaxListeners(0, signal)
  return withPublicAddressesOnly(settings, async () => {
    const limit = pLimit(concurrency)
    const found = new Map<string, Image | string>()
    await Promise.all(
      urls.map((url) =>
        limit(async () => {
          found.set(url, signal.aborted ? 'cancelled' : await one(url, userAgent, timeoutMs, signal))
        }),
      ),
    )
    return found
  })
}

async function one(
  url: string,
  userAgent: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Image | string> {
  // A large image may take its time, but not for ever.
  const over = AbortSignal.any([signal, AbortSignal.timeout(6 * timeoutMs)])
  try {
    const headers = {Accept: 'image/*,*/*;q=0.5', 'User-Agent': userAgent}
    const response = await fetch(url, {headers, signal: over})
    if (!response.ok) {
      await response.body?.cancel()
      return `answers ${response.status}`
    }
    const parts: Uint8Array[] = []
    let size = 0
    for await (const part of response.body ?? []) {
      parts.push(part)
      if ((size += part.length) > LARGEST_BYTES) return `is larger than ${LARGEST_BYTES / 1_000_000} MB`
    }
    const bytes = Buffer.concat(parts)
    const extension = imageFormat(bytes)
    return extension === undefined ? 'is no image that browsers show' : {bytes, extension}
  } catch (error) {
    return `cannot be downloaded (${failureOf(error as Error).code})`
  }
}
