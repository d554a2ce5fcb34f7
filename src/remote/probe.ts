import {getGlobalDispatcher, setGlobalDispatcher} from 'undici'
import {withoutHash} from '../text/urls.ts'
import {allowList} from './addresses.ts'
import {classify} from './classify.ts'
import {HostLimiter} from './host-limiter.ts'
import {namesResolve, networkIsDown, withoutNameServer} from './network.ts'
import type {RemotePolicy} from './policy.ts'
import {makePublicAddressDispatcher, type PublicAddressDispatcher} from './public-address-dispatcher.ts'
import type {Redirect} from './redirect-observer.ts'
import type {RequestOutcome} from './request-outcome.ts'
import {requestUrls} from './requester.ts'
import {Robots} from './robots.ts'
import type {RemoteUse} from './types.ts'

/** How to ask. */
export interface ProbeSettings {
  /** Until an address that does not answer is given up, for each request. */
  timeoutMs: number
  /** Requests under way at once, in all. */
  concurrency: number
  /** How often a passing failure is asked again. */
  retries: number
  /** The longest wait before that, whatever the server wishes. */
  maxWaitMs: number
  /** Names or addresses, with or without a port, that may be asked although they are private. */
  allowPrivate: readonly string[]
  proxy?: {http?: string; https?: string; except?: string}
  policy: RemotePolicy
  userAgent: string
  /** Obey robots.txt. */
  robots: boolean
  /** No host is waited for between two requests for longer than the whole run may take. */
  timeLimitMs: number
  /** Ends the run; its reason says why. */
  signal: AbortSignal
  onProgress?: (progress: ProbeProgress) => void
}

/** How far a probe is. */
export interface ProbeProgress {
  done: number
  total: number
  /** The host that was asked last. */
  host: string
}

/** What a probe brings back. */
export interface ProbeResult {
  /** By URL; those that got no answer are not in it. */
  answers: Map<string, RequestOutcome>
  /** Why a URL was not asked, or not to the end, where that is its host's doing. */
  refused: Map<string, string>
  networkDown: boolean
}

const ACCEPT: Record<RemoteUse, Record<string, string>> = {
  image: {
    Accept: 'image/avif,image/webp,image/*,*/*;q=0.5',
    'Sec-Fetch-Dest': 'image',
    'Sec-Fetch-Mode': 'no-cors',
  },
  link: {},
}
const FIRST_WAIT_MS = 500

/** Why a host that wants to be left alone is not asked. */
const FEWER = 'its host asks for fewer requests'

let lastRun: Promise<unknown> = Promise.resolve()

/**
 * Ask for URLs, each once, and again where a failure may pass.
 *
 * Never throws for what servers do; private addresses are never sent anything.
 *
 * @param asked By normalised URL, without fragment or credentials: what it is used as.
 */
export function probe(
  asked: ReadonlyMap<string, ReadonlySet<RemoteUse>>,
  settings: ProbeSettings,
): Promise<ProbeResult> {
  // The guard holds for the whole process while it runs: a second run beside the first would lift it.
  const run = lastRun.then(() =>
    withPublicAddressesOnly(settings, (guard) => new ProbeRun(asked, settings, guard).run()),
  )
  lastRun = run.catch(() => {})
  return run
}

/** Proxies would reach addresses for us that the guard refuses; linkinator would take them from here. */
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']

/** Let all of this process's requests go through a guard while `work` runs; nothing stays open afterwards. */
export async function withPublicAddressesOnly<T>(
  settings: ProbeSettings,
  work: (guard: PublicAddressDispatcher) => Promise<T>,
): Promise<T> {
  const {allowPrivate, timeoutMs, signal, policy, proxy} = settings
  const guard = makePublicAddressDispatcher({
    allowed: allowList(allowPrivate),
    connectTimeoutMs: timeoutMs,
    ...(proxy && {proxy}),
    headersFor: (url) => policy.ofHost(url).headers,
    perHost: (url) => policy.ofHost(url).perHost,
  })
  const before = getGlobalDispatcher()
  const proxies = PROXIES.map((name) => [name, process.env[name]] as const)
  for (const [name] of proxies) delete process.env[name]
  // linkinator takes no dispatcher: the process's own is the only way in.
  setGlobalDispatcher(guard.dispatcher)
  const cancel = () => void guard.close()
  signal.addEventListener('abort', cancel, {once: true})
  try {
    return await work(guard)
  } finally {
    signal.removeEventListener('abort', cancel)
    await guard.close()
    setGlobalDispatcher(before)
    for (const [name, value] of proxies) if (value !== undefined) process.env[name] = value
  }
}

/** Asks in passes: all by HEAD; those that need a look by GET; those whose failure may pass again, after a wait. */
class ProbeRun {
  readonly #asked: ReadonlyMap<string, ReadonlySet<RemoteUse>>
  readonly #settings: ProbeSettings
  readonly #guard: PublicAddressDispatcher
  readonly #slots: HostLimiter
  readonly #robots: Robots | undefined
  readonly #answers = new Map<string, RequestOutcome>()
  readonly #refused = new Map<string, string>()
  /** When a URL may be asked again. */
  readonly #due = new Map<string, number>()
  #done = 0

  constructor(
    asked: ReadonlyMap<string, ReadonlySet<RemoteUse>>,
    settings: ProbeSettings,
    guard: PublicAddressDispatcher,
  ) {
    const {policy, userAgent} = settings
    this.#asked = asked
    this.#settings = settings
    this.#guard = guard
    if (settings.robots) this.#robots = new Robots(userAgent, settings.timeoutMs)
    this.#slots = new HostLimiter({
      concurrency: settings.concurrency,
      perHost: (url) => policy.ofHost(url).perHost,
      delayMs: (url) => Math.max(policy.ofHost(url).delayMs, this.#robots?.delayMs(url) ?? 0),
      signal: settings.signal,
    })
  }

  async run(): Promise<ProbeResult> {
    const {retries, timeoutMs, signal} = this.#settings
    let todo = [...this.#asked.keys()]
    if (this.#robots) todo = await this.#allowedByRobots(todo, this.#robots)
    let networkDown = false
    for (let pass = 0; todo.length > 0 && pass <= retries && !signal.aborted; pass++) {
      // Where nothing at all answers, one stands for all: asking each again would only take time.
      await this.#ask(networkDown ? todo.slice(0, 1) : todo, false)
      await this.#ask(
        todo.filter((href) => this.#open(href)?.look),
        true,
      )
      if ([...this.#answers.values()].some(({code}) => code === 'ENOTFOUND')) {
        const known = await namesResolve(timeoutMs, signal)
        for (const answer of this.#answers.values())
          if (answer.code) answer.code = withoutNameServer(answer.code, known)
      }
      networkDown = this.#isDown()
      todo = todo.filter(
        (href) =>
          (this.#refused.has(href) || this.#open(href)?.retry) && !this.#slots.isClosed(new URL(href)),
      )
      for (const href of todo) this.#wait(href, pass)
    }
    return {answers: this.#answers, refused: this.#refused, networkDown}
  }

  async #allowedByRobots(hrefs: string[], robots: Robots): Promise<string[]> {
    await robots.read(hrefs, (url, work) => this.#slots.run(url, work))
    return hrefs.filter((href) => {
      const isTooRare = robots.delayMs(new URL(href)) > this.#settings.timeLimitMs
      if (!isTooRare && robots.allows(href)) return true
      this.#refused.set(href, isTooRare ? FEWER : 'robots.txt of its host forbids it')
      return false
    })
  }

  /** What is still open about a URL, whatever it is used as; nothing for one without an answer. */
  #open(href: string): {look: boolean; retry: boolean} | undefined {
    const answer = this.#answers.get(href)
    return answer && this.#openOf(href, answer)
  }

  #openOf(href: string, answer: RequestOutcome): {look: boolean; retry: boolean} {
    const {treat} = this.#settings.policy.ofHost(new URL(href))
    const judged = [...this.#asked.get(href)!].map((kind) =>
      classify(answer, {kind, treat, timeoutMs: this.#settings.timeoutMs}),
    )
    return {look: judged.some(({needsBody}) => needsBody), retry: judged.some(({retry}) => retry)}
  }

  /** Images and links have headers of their own; a URL that is both is asked as an image. */
  async #ask(hrefs: string[], readBody: boolean): Promise<void> {
    const {timeoutMs, signal, userAgent} = this.#settings
    const isImage = (href: string) => this.#asked.get(href)!.has('image')
    await Promise.all(
      (['image', 'link'] as const).map((kind) =>
        requestUrls(
          hrefs.filter((href) => isImage(href) === (kind === 'image')),
          {
            readBody,
            headers: {...ACCEPT[kind], 'User-Agent': userAgent},
            limiter: this.#slots,
            timeoutMs,
            signal,
            notBefore: this.#due,
            onRequest: ({host}) => this.#tell(host),
            onRefused: (href) => this.#refused.set(href, FEWER),
            onOutcome: (href, answer) => this.#take(href, answer),
          },
        ),
      ),
    )
  }

  #take(href: string, answer: RequestOutcome): void {
    const url = new URL(href)
    if (answer.redirectedTo !== undefined) answer.movedTo = this.#movedTo(href)
    if (answer.code === 'REDIRECTS' && [...this.#hops(href)].some(({setsCookie}) => setsCookie))
      answer.code = 'REDIRECTS_WITH_COOKIE'
    this.#answers.set(href, answer)
    this.#refused.delete(href)
    if (answer.status === 429) this.#slots.pause(url, this.#patience(answer, 0))
    else if (answer.status > 0) this.#slots.resume(url)
    const {look, retry} = this.#openOf(href, answer)
    if (!look && !retry) this.#done++
    this.#tell(url.host)
  }

  /** The redirects from an address on, each with where it is and where it leads. */
  *#hops(href: string): Generator<Redirect & {at: string; to: string | undefined}> {
    let at: string | undefined = href
    for (let hops = 0; at !== undefined && hops < 20; hops++) {
      const hop = this.#guard.redirectOf(withoutHash(at))
      if (!hop) return
      const to: string | undefined = URL.canParse(hop.location, at)
        ? new URL(hop.location, at).href
        : undefined
      yield {...hop, at, to}
      at = to
    }
  }

  /** Where an address has moved for good: every redirect on the way is a permanent one (RFC 9110, 15.4). */
  #movedTo(href: string): string | undefined {
    let end: string | undefined
    for (const {status, at, to} of this.#hops(href)) {
      // Nobody goes back from HTTPS, whatever the server calls it.
      const isUpgrade = to === at.replace(/^http:/, 'https:')
      if (to === undefined || (status !== 301 && status !== 308 && !isUpgrade)) return
      end = to
    }
    return end === href ? undefined : end
  }

  /** How long to wait before a URL is asked again. */
  #patience({retryAfterMs = 0}: Pick<RequestOutcome, 'retryAfterMs'>, pass: number): number {
    return Math.min(this.#settings.maxWaitMs, Math.max(FIRST_WAIT_MS * 2 ** pass, retryAfterMs))
  }

  #wait(href: string, pass: number): void {
    this.#due.set(href, performance.now() + this.#patience(this.#answers.get(href) ?? {}, pass))
  }

  #isDown(): boolean {
    return networkIsDown(
      [...this.#answers].map(([href, {status, code = ''}]) => {
        const url = new URL(href)
        return {host: url.host, connected: this.#guard.hasConnected(url), ...(status === 0 && {code})}
      }),
    )
  }

  #tell(host: string): void {
    this.#settings.onProgress?.({done: this.#done, total: this.#asked.size, host})
  }
}
