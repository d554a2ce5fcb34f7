import {setTimeout as sleep} from 'node:timers/promises'
import {type HttpResponse, LinkChecker, type LinkResult} from 'linkinator'
import pLimit, {type LimitFunction} from 'p-limit'
import {getGlobalDispatcher, setGlobalDispatcher} from 'undici'
import type {Verdict} from '../rule.ts'
import {guardedDispatcher} from './guard.ts'
import {type Answer, type Failure, judge, networkIsDown} from './verdicts.ts'

/** How to ask. */
export interface ProbeSettings {
  /** Until an address that does not answer is given up, for each request. */
  timeoutMs: number
  /** Requests under way at once, in all. */
  concurrency: number
  /** Requests under way at once to one host. */
  perHost: number
  /** How often a passing failure is asked again. */
  retries: number
  /** The longest wait before that, whatever the server wishes. */
  maxWaitMs: number
  /** Hosts or addresses, with or without a port, that may be asked although they are private. */
  allowPrivate: readonly string[]
  signal?: AbortSignal
}

/** What was found out: a verdict for every URL that was given. */
export interface ProbeResult {
  verdicts: Map<string, Verdict>
  /** Why nothing could be asked at all. */
  networkDown?: string
}

export const DEFAULTS: ProbeSettings = {
  timeoutMs: 10_000,
  concurrency: 32,
  perHost: 4,
  retries: 2,
  maxWaitMs: 10_000,
  allowPrivate: [],
}

const HEADERS = {
  Accept: 'image/avif,image/webp,image/*,*/*;q=0.5',
  'Sec-Fetch-Dest': 'image',
  'Sec-Fetch-Mode': 'no-cors',
  'User-Agent': 'doccheck (checks that the images of a docs site can be shown)',
}
/** Enough to tell an image by its first bytes. */
const LOOK_BYTES = 64
const FIRST_WAIT_MS = 500

type Crawl = Parameters<LinkChecker['crawl']>[0]

/**
 * linkinator, told to ask and not to crawl: HEAD, and GET where that is not answered with 2xx. It has no hook for
 * what an answer was, but shows every response to `shouldRetryAfter`; its own retries have no bounds and stay off.
 */
class Probe extends LinkChecker {
  readonly answers = new Map<string, Answer>()
  readonly #slot: (host: string) => LimitFunction
  readonly #all: LimitFunction
  readonly #look: boolean
  readonly #bodies = new Map<string, Promise<void>>()
  readonly #signal: AbortSignal | undefined

  constructor(
    slot: (host: string) => LimitFunction,
    all: LimitFunction,
    look: boolean,
    signal?: AbortSignal,
  ) {
    super()
    this.#slot = slot
    this.#all = all
    this.#look = look
    this.#signal = signal
  }

  override crawl(options: Crawl): Promise<void> {
    // With `crawl` linkinator sends GET at once; the hook below then keeps it from reading the body as a page.
    options.crawl = this.#look
    return this.#slot(options.url.host)(() =>
      this.#all(async () => {
        if (this.#signal?.aborted) return
        await super.crawl(options)
        await this.#bodies.get(options.url.href)
      }),
    )
  }

  override shouldRetryAfter(response: HttpResponse, options: Crawl): boolean {
    const {href} = options.url
    const answer: Answer = {
      status: response.status,
      type: response.headers['content-type'],
      finalUrl: response.url,
      wall: 'cf-mitigated' in response.headers,
      waitMs: retryAfterMs(response.headers['retry-after']),
    }
    this.answers.set(href, answer)
    if (!this.#look || response.status < 200 || response.status > 299) return false
    this.#bodies.set(href, this.#peek(response, answer))
    return true
  }

  async #peek({body}: HttpResponse, answer: Answer): Promise<void> {
    answer.head = new Uint8Array()
    const reader = body?.getReader()
    try {
      while (reader && answer.head.length < LOOK_BYTES) {
        const {done, value} = await reader.read()
        if (done) break
        answer.head = Buffer.concat([answer.head, value]).subarray(0, LOOK_BYTES)
      }
      await reader?.cancel()
    } catch {
      // What came before the connection broke is judged.
    }
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(value: string | undefined): number {
  if (!value) return 0
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) && ms > 0 ? ms : 0
}

/** Proxies would reach addresses for us that the guard refuses; linkinator would take them from here. */
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']

/**
 * Ask for remote images, each distinct URL once, and judge what comes back.
 *
 * Never throws for what servers do; private addresses and credentials are never sent anything.
 */
export async function probeImages(
  urls: Iterable<string>,
  given: Partial<ProbeSettings> = {},
): Promise<ProbeResult> {
  const settings = {...DEFAULTS, ...given}
  const verdicts = new Map<string, Verdict>()
  const sameAs = new Map<string, string[]>()
  for (const url of urls) {
    const {refused, href} = normalize(url)
    if (refused) verdicts.set(url, refused)
    else sameAs.set(href, [...(sameAs.get(href) ?? []), url])
  }
  const before = getGlobalDispatcher()
  const guard = guardedDispatcher(settings.allowPrivate, settings.timeoutMs)
  const proxies = PROXIES.map((name) => [name, process.env[name]] as const)
  for (const [name] of proxies) delete process.env[name]
  // linkinator takes no dispatcher: the process's own is the only way in.
  setGlobalDispatcher(guard)
  const cancel = () => void guard.destroy()
  settings.signal?.addEventListener('abort', cancel, {once: true})
  let answers: Map<string, Answer>
  try {
    answers = await askAll([...sameAs.keys()], settings)
  } finally {
    setGlobalDispatcher(before)
    for (const [name, value] of proxies) if (value !== undefined) process.env[name] = value
    settings.signal?.removeEventListener('abort', cancel)
    await guard.destroy()
  }
  const networkDown = networkIsDown(failures(answers)) ? 'the network cannot be reached' : undefined
  for (const [href, same] of sameAs) {
    const answer = answers.get(href)
    const verdict: Verdict =
      networkDown !== undefined
        ? {state: 'unchecked', reason: networkDown}
        : answer
          ? judge(answer).verdict
          : {state: 'unchecked', reason: 'cancelled'}
    for (const url of same) verdicts.set(url, verdict)
  }
  return networkDown === undefined ? {verdicts} : {verdicts, networkDown}
}

/** One form for the spellings of a URL; what must not or cannot be asked is judged at once. */
function normalize(url: string): {href: string; refused?: Verdict} {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return {href: '', refused: {state: 'dead', reason: 'no browser can read this address'}}
  }
  parsed.hash = ''
  if (parsed.username || parsed.password)
    return {href: '', refused: {state: 'unchecked', reason: 'the address holds a user name or password'}}
  return {href: parsed.href}
}

/** Ask in passes: all by HEAD; those that need a look by GET; those whose failure may pass again, after a wait. */
async function askAll(urls: string[], settings: ProbeSettings): Promise<Map<string, Answer>> {
  const all = pLimit(settings.concurrency)
  const hosts = new Map<string, LimitFunction>()
  const slot = (host: string) => {
    if (!hosts.has(host)) hosts.set(host, pLimit(settings.perHost))
    return hosts.get(host)!
  }
  const answers = new Map<string, Answer>()
  const ask = async (todo: string[], look: boolean) => {
    if (todo.length === 0 || settings.signal?.aborted) return
    const probe = new Probe(slot, all, look, settings.signal)
    probe.on('link', (link: LinkResult) => {
      const answer = probe.answers.get(link.url)
      if (!link.status || !answer) probe.answers.set(link.url, {status: 0, code: codeOf(link)})
    })
    await probe.check({
      path: todo,
      recurse: false,
      concurrency: todo.length,
      timeout: settings.timeoutMs,
      headers: HEADERS,
    })
    for (const url of todo) {
      const answer = probe.answers.get(url)
      if (answer) answers.set(url, answer)
    }
  }
  let todo = urls
  for (let pass = 0; todo.length > 0 && pass <= settings.retries && !settings.signal?.aborted; pass++) {
    if (pass > 0) {
      const wished = Math.max(
        FIRST_WAIT_MS * 2 ** (pass - 1),
        ...todo.map((url) => answers.get(url)?.waitMs ?? 0),
      )
      await sleep(
        Math.min(settings.maxWaitMs, wished),
        undefined,
        settings.signal && {signal: settings.signal},
      ).catch(() => {})
    }
    await ask(todo, false)
    await ask(
      todo.filter((url) => judgedOf(answers, url)?.look),
      true,
    )
    todo = todo.filter((url) => judgedOf(answers, url)?.retry)
    // Where nothing at all answers, asking again only takes time.
    if (networkIsDown(failures(answers))) break
  }
  return answers
}

const failures = (answers: Map<string, Answer>): Failure[] =>
  [...answers].map(([href, {status, code = ''}]) => ({
    host: new URL(href).host,
    ...(status === 0 ? {code} : {}),
  }))

const judgedOf = (answers: Map<string, Answer>, url: string) => {
  const answer = answers.get(url)
  return answer && judge(answer)
}

/** The code of a failure, out of the errors that linkinator hands on. */
function codeOf({failureDetails}: LinkResult): string {
  const error = failureDetails?.findLast((detail) => detail instanceof Error)
  const cause = error?.cause as {code?: string; message?: string} | undefined
  const words = `${error?.message} ${cause?.message}`
  if (/redirect count exceeded/.test(words)) return 'REDIRECTS'
  if (/scheme must be|cross origin not allowed/i.test(words)) return 'SCHEME'
  if (/bad port/.test(words)) return 'BAD_PORT'
  return cause?.code ?? error?.name ?? ''
}
