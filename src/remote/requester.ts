import {type HttpResponse, LinkChecker} from 'linkinator'
import {sleep} from './duration.ts'
import type {HostLimiter} from './network/host-limiter.ts'
import {
  failureOf,
  isBotWall,
  lastError,
  parseRetryAfter,
  type RequestFailure,
  type RequestOutcome,
} from './request-outcome.ts'

/** The settings of a round of requests. */
export interface RequestSettings {
  /** Send GET instead of HEAD, and read the start of the body. */
  readBody: boolean
  headers: Readonly<Record<string, string>>
  limiter: HostLimiter
  /** The timeout of each request. */
  timeoutMs: number
  signal: AbortSignal
  /** The earliest time of the request for a URL, by the clock of `performance`; immediate if absent. */
  notBefore: ReadonlyMap<string, number>
  /** Called before each request. */
  onRequest(url: URL): void
  /** Called for each URL that the limiter refuses. */
  onRefused(href: string): void
  /** Called once for each requested URL, when its outcome is final. */
  onOutcome(href: string, outcome: RequestOutcome): void
}

/** Enough to recognize an image by its first bytes, and the page of a bot wall by its head. */
const BODY_BYTES = 4096
/** linkinator sends HEAD, GET and a second GET at most; a URL that takes longer than their timeouts never ends. */
const REQUESTS_PER_URL = 3
const GRACE_MS = 1000

type Crawl = Parameters<LinkChecker['crawl']>[0]

/**
 * Request URLs, each once: HEAD, then GET if the response is not 2xx.
 *
 * Never throws for errors of servers.
 */
export async function requestUrls(hrefs: readonly string[], settings: RequestSettings): Promise<void> {
  if (hrefs.length === 0 || settings.signal.aborted) return
  const requester = new Requester(settings)
  const options = {
    path: [...hrefs],
    recurse: false,
    concurrency: hrefs.length,
    timeout: settings.timeoutMs,
    headers: {...settings.headers},
  }
  // If linkinator itself fails, the remaining URLs have no outcome.
  await requester.check(options).catch(() => {})
  if (requester.callbackErrors.length > 0) throw requester.callbackErrors[0]
}

/**
 * linkinator, restricted to requests without crawling. It has no hook for responses, but passes each one to
 * `shouldRetryAfter`; its own retries are unbounded and stay off.
 */
class Requester extends LinkChecker {
  /** Errors of our own callbacks, which linkinator would swallow. */
  readonly callbackErrors: unknown[] = []
  readonly #settings: RequestSettings
  readonly #outcomes = new Map<string, RequestOutcome>()
  readonly #bodies = new Map<string, Promise<void>>()

  constructor(settings: RequestSettings) {
    super()
    this.#settings = settings
    this.on('link', (link) => {
      const outcome = this.#outcomes.get(link.url)
      const error = lastError(link)
      // An error of GET is more conclusive than a HEAD response other than 2xx.
      const isHeadOnly = outcome?.bodyStart === undefined && !(link.status! >= 200 && link.status! < 300)
      if (isHeadOnly && error) this.#outcomes.set(link.url, {status: 0, ...this.#failureOf(error)})
    })
  }

  override async crawl(options: Crawl): Promise<void> {
    const {readBody, limiter, signal, notBefore} = this.#settings
    const {url} = options
    // With `crawl` linkinator sends GET; the hook below then keeps it from reading the body as a page.
    options.crawl = readBody
    const wait = (notBefore.get(url.href) ?? 0) - performance.now()
    if (wait > 0) await sleep(wait, signal)
    const isRequested = await limiter.run(url, () => this.#request(options))
    if (!isRequested && !signal.aborted) this.#settings.onRefused(url.href)
  }

  async #request(options: Crawl): Promise<void> {
    const {timeoutMs, onRequest, onOutcome} = this.#settings
    const {url} = options
    let timer: NodeJS.Timeout | undefined
    // An `AbortSignal` for each URL would take a tenth of a run's time.
    const timeout = new Promise<'timeout'>((resolve) => {
      timer = setTimeout(resolve, REQUESTS_PER_URL * timeoutMs + GRACE_MS, 'timeout')
    })
    try {
      onRequest(url)
      const end = await Promise.race([super.crawl(options).then(() => this.#bodies.get(url.href)), timeout])
      if (end === 'timeout') this.#outcomes.set(url.href, {status: 0, code: 'TimeoutError'})
    } catch (error) {
      this.#outcomes.set(url.href, {status: 0, ...this.#failureOf(error as Error)})
    } finally {
      clearTimeout(timer)
    }
    const outcome = this.#outcomes.get(url.href)
    this.#outcomes.delete(url.href)
    this.#bodies.delete(url.href)
    try {
      if (outcome) onOutcome(url.href, outcome)
    } catch (error) {
      this.callbackErrors.push(error)
    }
  }

  override shouldRetryAfter(response: HttpResponse, options: Crawl): boolean {
    const {href} = options.url
    const {status, headers, body, url} = response
    const {readBody} = this.#settings
    const outcome: RequestOutcome = {
      status,
      contentType: headers['content-type'],
      redirectedTo: url === href ? undefined : url,
      hasBotWallHeaders: isBotWall(status, headers),
      retryAfterMs: parseRetryAfter(headers['retry-after']),
    }
    this.#outcomes.set(href, outcome)
    if (readBody || body) this.#bodies.set(href, this.#readBodyStart(body, outcome))
    // `true` ends linkinator's work on this URL, which otherwise goes on to the links of a page.
    return readBody
  }

  /** undici 8 uses the code of an abort for connections closed by the server, too. */
  #failureOf(error: Error): RequestFailure {
    const failure = failureOf(error)
    return failure.code === 'UND_ERR_ABORTED' && !this.#settings.signal.aborted
      ? {code: 'UND_ERR_SOCKET'}
      : failure
  }

  /** Read the start of a body and cancel the rest. */
  async #readBodyStart(body: HttpResponse['body'], outcome: RequestOutcome): Promise<void> {
    outcome.bodyStart = new Uint8Array()
    const reader = body?.getReader()
    try {
      while (reader && outcome.bodyStart.length < BODY_BYTES) {
        const {done, value} = await reader.read()
        if (done) break
        outcome.bodyStart = Buffer.concat([outcome.bodyStart, value]).subarray(0, BODY_BYTES)
      }
      await reader?.cancel()
    } catch (error) {
      // The part before the error still counts.
      outcome.bodyErrorCode = this.#failureOf(error as Error).code
    }
  }
}
