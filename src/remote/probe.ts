import {classify} from './classify.ts'
import type {Classification} from './failures.ts'
import {namesResolve, networkIsDown, withoutNameServer} from './network/connectivity.ts'
import {HostLimiter} from './network/host-limiter.ts'
import type {PublicAddressDispatcher} from './network/public-address-dispatcher.ts'
import {permanentTarget, redirectChain} from './network/redirect-chain.ts'
import {type NetworkSettings, withPublicAddressesOnly} from './network/restricted-network.ts'
import {Robots} from './network/robots.ts'
import type {RequestOutcome} from './request-outcome.ts'
import {requestUrls} from './requester.ts'
import type {RemoteUse} from './types.ts'

/** The settings of a probe. */
export interface ProbeSettings extends NetworkSettings {
  /** Concurrent requests in all. */
  concurrency: number
  /** The number of retries after a transient failure. */
  retries: number
  /** The longest wait before a retry, even if the server asks for more. */
  maxWaitMs: number
  userAgent: string
  /** Obey robots.txt. */
  robots: boolean
  /** A host whose crawl delay is longer than the run may take is not requested. */
  timeLimitMs: number
  onProgress?: (progress: ProbeProgress) => void
}

/** The progress of a probe. */
export interface ProbeProgress {
  done: number
  total: number
  /** The host of the latest request. */
  host: string
}

/** The results of a probe. */
export interface ProbeResult {
  /** By URL; without those that were not requested. */
  outcomes: Map<string, RequestOutcome>
  /** By URL, the reason why its host could not be requested, or not completely. */
  refused: Map<string, string>
  networkDown: boolean
}

const HEADERS: Record<RemoteUse, Record<string, string>> = {
  image: {
    Accept: 'image/avif,image/webp,image/*,*/*;q=0.5',
    'Sec-Fetch-Dest': 'image',
    'Sec-Fetch-Mode': 'no-cors',
  },
  link: {},
}
const FIRST_BACKOFF_MS = 500

const RATE_LIMITED = 'the host limits the rate of requests'

let lastRun: Promise<unknown> = Promise.resolve()

/**
 * Request URLs, each once, and again after transient failures.
 *
 * Never throws for errors of servers; nothing is ever sent to private addresses.
 *
 * @param usesByHref The uses of each URL, which is normalized and has neither fragment nor credentials.
 */
export function probe(
  usesByHref: ReadonlyMap<string, ReadonlySet<RemoteUse>>,
  settings: ProbeSettings,
): Promise<ProbeResult> {
  // Runs take turns, since the end of one would lift the restrictions of another.
  const run = lastRun.then(() =>
    withPublicAddressesOnly(settings, (dispatcher) => new ProbeRun(usesByHref, settings, dispatcher).run()),
  )
  lastRun = run.catch(() => {})
  return run
}

/** Requests in rounds: HEAD for all URLs, GET for those whose body is needed; after a backoff, transient failures again. */
class ProbeRun {
  readonly #usesByHref: ReadonlyMap<string, ReadonlySet<RemoteUse>>
  readonly #settings: ProbeSettings
  readonly #dispatcher: PublicAddressDispatcher
  readonly #limiter: HostLimiter
  readonly #robots: Robots | undefined
  readonly #outcomes = new Map<string, RequestOutcome>()
  readonly #refused = new Map<string, string>()
  /** The earliest time of the next request for a URL, by the clock of `performance`. */
  readonly #notBefore = new Map<string, number>()
  #done = 0

  constructor(
    usesByHref: ReadonlyMap<string, ReadonlySet<RemoteUse>>,
    settings: ProbeSettings,
    dispatcher: PublicAddressDispatcher,
  ) {
    const {policy, userAgent, robots, timeoutMs, concurrency, signal} = settings
    this.#usesByHref = usesByHref
    this.#settings = settings
    this.#dispatcher = dispatcher
    if (robots) this.#robots = new Robots(userAgent, timeoutMs)
    this.#limiter = new HostLimiter({
      concurrency,
      perHost: (url) => policy.forHost(url).perHost,
      delayMs: (url) => Math.max(policy.forHost(url).delayMs, this.#robots?.delayMs(url) ?? 0),
      signal,
    })
  }

  async run(): Promise<ProbeResult> {
    const {retries, signal} = this.#settings
    let pending = [...this.#usesByHref.keys()]
    if (this.#robots) pending = await this.#allowedByRobots(pending, this.#robots)
    let networkDown = false
    for (let round = 0; pending.length > 0 && round <= retries && !signal.aborted; round++) {
      // While the network is down, a single request is enough to find out whether it is back.
      await this.#request(networkDown ? pending.slice(0, 1) : pending, false)
      const needBody = pending.filter((href) => this.#unsettled(href)?.needsBody)
      await this.#request(needBody, true)
      await this.#correctDnsErrors()
      networkDown = this.#isNetworkDown()
      pending = pending.filter((href) => this.#mayRetry(href))
      for (const href of pending) this.#backOff(href, round)
    }
    return {outcomes: this.#outcomes, refused: this.#refused, networkDown}
  }

  async #allowedByRobots(hrefs: string[], robots: Robots): Promise<string[]> {
    await robots.read(hrefs, (url, work) => this.#limiter.run(url, work))
    return hrefs.filter((href) => {
      const isTooSlow = robots.delayMs(new URL(href)) > this.#settings.timeLimitMs
      if (!isTooSlow && robots.allows(href)) return true
      this.#refused.set(href, isTooSlow ? RATE_LIMITED : 'disallowed by robots.txt')
      return false
    })
  }

  async #correctDnsErrors(): Promise<void> {
    const {timeoutMs, signal} = this.#settings
    const outcomes = [...this.#outcomes.values()]
    if (!outcomes.some(({code}) => code === 'ENOTFOUND')) return
    const doNamesResolve = await namesResolve(timeoutMs, signal)
    for (const outcome of outcomes)
      if (outcome.code) outcome.code = withoutNameServer(outcome.code, doNamesResolve)
  }

  #mayRetry(href: string): boolean {
    const isUnsettled = this.#refused.has(href) || this.#unsettled(href)?.retry === true
    return isUnsettled && !this.#limiter.isClosed(new URL(href))
  }

  /** The requests that could still change the verdict on a URL, for any of its uses; undefined before the first one. */
  #unsettled(href: string): Required<Pick<Classification, 'needsBody' | 'retry'>> | undefined {
    const outcome = this.#outcomes.get(href)
    if (!outcome) return
    const {policy, timeoutMs} = this.#settings
    const {treat} = policy.forHost(new URL(href))
    const classifications = [...this.#usesByHref.get(href)!].map((use) =>
      classify(outcome, {use, treat, timeoutMs}),
    )
    return {
      needsBody: classifications.some(({needsBody}) => needsBody),
      retry: classifications.some(({retry}) => retry),
    }
  }

  /** Images and links have different headers; a URL that is both is requested as an image. */
  async #request(hrefs: string[], readBody: boolean): Promise<void> {
    const {timeoutMs, signal, userAgent} = this.#settings
    const isImage = (href: string) => this.#usesByHref.get(href)!.has('image')
    await Promise.all(
      (['image', 'link'] as const).map((use) =>
        requestUrls(
          hrefs.filter((href) => isImage(href) === (use === 'image')),
          {
            readBody,
            headers: {...HEADERS[use], 'User-Agent': userAgent},
            limiter: this.#limiter,
            timeoutMs,
            signal,
            notBefore: this.#notBefore,
            onRequest: ({host}) => this.#reportProgress(host),
            onRefused: (href) => this.#refused.set(href, RATE_LIMITED),
            onOutcome: (href, outcome) => this.#record(href, outcome),
          },
        ),
      ),
    )
  }

  #record(href: string, outcome: RequestOutcome): void {
    const url = new URL(href)
    const redirects = () => redirectChain(href, this.#dispatcher.redirectOf)
    if (outcome.redirectedTo !== undefined) outcome.movedTo = permanentTarget(href, redirects())
    if (outcome.code === 'REDIRECTS' && [...redirects()].some(({setsCookie}) => setsCookie))
      outcome.code = 'REDIRECTS_WITH_COOKIE'
    this.#outcomes.set(href, outcome)
    this.#refused.delete(href)
    if (outcome.status === 429) this.#limiter.pause(url, this.#backoffMs(outcome, 0))
    else if (outcome.status > 0) this.#limiter.resume(url)
    const {needsBody, retry} = this.#unsettled(href)!
    if (!needsBody && !retry) this.#done++
    this.#reportProgress(url.host)
  }

  /** The wait before a URL is requested again: doubled each round, or as the server requests. */
  #backoffMs({retryAfterMs = 0}: Pick<RequestOutcome, 'retryAfterMs'>, round: number): number {
    return Math.min(this.#settings.maxWaitMs, Math.max(FIRST_BACKOFF_MS * 2 ** round, retryAfterMs))
  }

  #backOff(href: string, round: number): void {
    const waitMs = this.#backoffMs(this.#outcomes.get(href) ?? {}, round)
    this.#notBefore.set(href, performance.now() + waitMs)
  }

  #isNetworkDown(): boolean {
    return networkIsDown(
      [...this.#outcomes].map(([href, {status, code = ''}]) => {
        const url = new URL(href)
        return {
          host: url.host,
          connected: this.#dispatcher.hasConnected(url),
          ...(status === 0 && {code}),
        }
      }),
    )
  }

  #reportProgress(host: string): void {
    this.#settings.onProgress?.({done: this.#done, total: this.#usesByHref.size, host})
  }
}
