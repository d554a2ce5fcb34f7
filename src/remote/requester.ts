import {type HttpResponse, LinkChecker} from 'linkinator'
import {sleep} from './duration.ts'
import type {HostLimiter} from './host-limiter.ts'
import {
  failureOf,
  isBotWall,
  lastError,
  parseRetryAfter,
  type RequestFailure,
  type RequestOutcome,
} from './request-outcome.ts'

/** How the engine asks. */
export interface RequestSettings {
  /** Ask with GET at once, and look at the body. */
  readBody: boolean
  headers: Readonly<Record<string, string>>
  limiter: HostLimiter
  /** For each request. */
  timeoutMs: number
  signal: AbortSignal
  /** When a URL may be asked, ms by the clock of `performance`; at once where nothing is said. */
  notBefore: ReadonlyMap<string, number>
  /** Told when a URL is about to be asked. */
  onRequest(url: URL): void
  /** Told each URL that was not asked after all. */
  onRefused(href: string): void
  /** Told each answer, once, when nothing more of it will come. */
  onOutcome(href: string, answer: RequestOutcome): void
}

/** Enough to tell an image by its first bytes, and a page that asks for a captcha by its head. */
const LOOK_BYTES = 4096
/** HEAD, GET, and GET once more is what linkinator asks at most; what is still not over then never will be. */
const REQUESTS_PER_URL = 3
const GRACE_MS = 1000

type Crawl = Parameters<LinkChecker['crawl']>[0]

/**
 * Ask for URLs, each once: HEAD, and GET where that is not answered with 2xx.
 *
 * Never throws for what servers do.
 */
export async function requestUrls(hrefs: readonly string[], settings: RequestSettings): Promise<void> {
  if (hrefs.length === 0 || settings.signal.aborted) return
  const engine = new Requester(settings)
  const options = {
    path: [...hrefs],
    recurse: false,
    concurrency: hrefs.length,
    timeout: settings.timeoutMs,
    headers: {...settings.headers},
  }
  // Should linkinator itself give up, the URLs that it has not answered for are told so one by one.
  await engine.check(options).catch(() => {})
  if (engine.faults.length > 0) throw engine.faults[0]
}

/**
 * linkinator, told to ask and not to crawl. It has no hook for what an answer was, but shows every response to
 * `shouldRetryAfter`; its own retries have no bounds and stay off.
 */
class Requester extends LinkChecker {
  /** What our own code threw: linkinator would swallow it. */
  readonly faults: unknown[] = []
  readonly #settings: RequestSettings
  readonly #answers = new Map<string, RequestOutcome>()
  readonly #bodies = new Map<string, Promise<void>>()

  constructor(settings: RequestSettings) {
    super()
    this.#settings = settings
    this.on('link', (link) => {
      const answer = this.#answers.get(link.url)
      const failure = lastError(link)
      // A refused HEAD says little, and less than that GET then failed.
      const onlyHead = answer?.bodyStart === undefined && !(link.status! >= 200 && link.status! < 300)
      if (onlyHead && failure) this.#answers.set(link.url, {status: 0, ...this.#codeOf(failure)})
    })
  }

  override async crawl(options: Crawl): Promise<void> {
    const {readBody, limiter, signal, notBefore} = this.#settings
    const {url} = options
    // With `crawl` linkinator sends GET at once; the hook below then keeps it from reading the body as a page.
    options.crawl = readBody
    const wait = (notBefore.get(url.href) ?? 0) - performance.now()
    if (wait > 0) await sleep(wait, signal)
    const isAsked = await limiter.run(url, () => this.#askOne(options))
    if (!isAsked && !signal.aborted) this.#settings.onRefused(url.href)
  }

  async #askOne(options: Crawl): Promise<void> {
    const {timeoutMs, onRequest, onOutcome} = this.#settings
    const {url} = options
    let timer: NodeJS.Timeout | undefined
    // An `AbortSignal` for each URL would take a tenth of a run's time.
    const tooLong = new Promise<'too long'>((done) => {
      timer = setTimeout(done, REQUESTS_PER_URL * timeoutMs + GRACE_MS, 'too long')
    })
    try {
      onRequest(url)
      const end = await Promise.race([super.crawl(options).then(() => this.#bodies.get(url.href)), tooLong])
      if (end === 'too long') this.#answers.set(url.href, {status: 0, code: 'TimeoutError'})
    } catch (error) {
      this.#answers.set(url.href, {status: 0, ...this.#codeOf(error as Error)})
    } finally {
      clearTimeout(timer)
    }
    const answer = this.#answers.get(url.href)
    this.#answers.delete(url.href)
    this.#bodies.delete(url.href)
    try {
      if (answer) onOutcome(url.href, answer)
    } catch (error) {
      this.faults.push(error)
    }
  }

  override shouldRetryAfter(response: HttpResponse, options: Crawl): boolean {
    const {href} = options.url
    const {status, headers, body, url} = response
    const {readBody} = this.#settings
    const answer: RequestOutcome = {
      status,
      contentType: headers['content-type'],
      redirectedTo: url === href ? undefined : url,
      hasBotWallHeaders: isBotWall(status, headers),
      retryAfterMs: parseRetryAfter(headers['retry-after']),
    }
    this.#answers.set(href, answer)
    if (readBody || body) this.#bodies.set(href, this.#peek(body, answer))
    // “Yes” ends linkinator's work on this URL. Else it would go on to the links of a page that it got with GET.
    return readBody
  }

  /** undici 8 says “aborted” of a connection that the server cut, too. */
  #codeOf(error: Error): RequestFailure {
    const failure = failureOf(error)
    return failure.code === 'UND_ERR_ABORTED' && !this.#settings.signal.aborted
      ? {code: 'UND_ERR_SOCKET'}
      : failure
  }

  /** Read the beginning of a body, and let go of the rest. */
  async #peek(body: HttpResponse['body'], answer: RequestOutcome): Promise<void> {
    answer.bodyStart = new Uint8Array()
    const reader = body?.getReader()
    try {
      while (reader && answer.bodyStart.length < LOOK_BYTES) {
        const {done, value} = await reader.read()
        if (done) break
        answer.bodyStart = Buffer.concat([answer.bodyStart, value]).subarray(0, LOOK_BYTES)
      }
      await reader?.cancel()
    } catch (error) {
      // What came before the body broke off is judged.
      answer.bodyErrorCode = this.#codeOf(error as Error).code
    }
  }
}
