import {setTimeout as sleep} from 'node:timers/promises'
import {type HttpResponse, LinkChecker} from 'linkinator'
import pLimit, {type LimitFunction} from 'p-limit'
import {getGlobalDispatcher, setGlobalDispatcher} from 'undici'
import type {Verdict} from '../rule.ts'
import {type Guard, makeGuard, namesResolve} from './guard.ts'
import {
  type Answer,
  believe,
  codeOf,
  failureOf,
  hasWallMarks,
  judge,
  networkIsDown,
  retryAfterMs,
} from './verdicts.ts'

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
  /** Names or addresses, with or without a port, that may be asked although they are private. */
  allowPrivate: readonly string[]
  /** Ends the run; what has no verdict by then is `unchecked`. */
  signal?: AbortSignal
  /** Told each verdict once, as soon as it cannot change any more. */
  onVerdict?: (url: string, verdict: Verdict) => void
}

/** What was found out: a verdict for every URL that was given. */
export interface ProbeResult {
  /** By the URL as it was given. */
  verdicts: Map<string, Verdict>
  /** Why nothing could be asked at all. */
  networkDown?: string
}

const DEFAULTS: ProbeSettings = {
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
/** Enough to tell an image by its first bytes, and a page that asks for a captcha by its head. */
const LOOK_BYTES = 4096
const FIRST_WAIT_MS = 500
/** HEAD, GET, and GET once more is what linkinator asks at most; what is still not over then never will be. */
const REQUESTS_PER_URL = 3
const GRACE_MS = 1000

let lastRun: Promise<unknown> = Promise.resolve()

/**
 * Ask for remote images, each distinct URL once, and judge what comes back.
 *
 * Never throws for what servers do; private addresses and credentials are never sent anything.
 */
export function probeImages(
  urls: Iterable<string>,
  given: Partial<ProbeSettings> = {},
): Promise<ProbeResult> {
  const settings = {...DEFAULTS, ...given}
  // Zero would mean no limit, or none at all.
  for (const name of ['timeoutMs', 'concurrency', 'perHost'] as const)
    settings[name] = Math.max(1, Math.floor(settings[name]))
  const all = new Set(urls)
  // The guard holds for the whole process while it runs: a second run beside the first would lift it.
  const run = lastRun.then(() => probe(all, settings))
  lastRun = run.catch(() => {})
  return run
}

async function probe(urls: ReadonlySet<string>, settings: ProbeSettings): Promise<ProbeResult> {
  const {timeoutMs, signal, onVerdict} = settings
  const verdicts = new Map<string, Verdict>()
  const tell = (url: string, verdict: Verdict) => {
    if (verdicts.has(url)) return
    verdicts.set(url, verdict)
    onVerdict?.(url, verdict)
  }
  const givenAs = new Map<string, string[]>()
  for (const url of urls) {
    const {refused, href} = normalize(url)
    if (refused) tell(url, refused)
    else givenAs.set(href, [...(givenAs.get(href) ?? []), url])
  }
  if (givenAs.size === 0) return {verdicts}

  const tellAll = (href: string, verdict: Verdict) => {
    for (const url of givenAs.get(href)!) tell(url, verdict)
  }
  const onAnswer = (href: string, answer: Answer) => {
    const {verdict, retry, look} = judge(answer, timeoutMs)
    // What failed may yet turn out to be the network's fault.
    if (answer.status > 0 && !retry && !look) tellAll(href, verdict)
  }
  const {answers, isDown} = await behindGuard(settings, (guard) =>
    askAll([...givenAs.keys()], settings, guard, onAnswer),
  )
  const networkDown = isDown ? 'the network cannot be reached' : undefined
  for (const href of givenAs.keys()) {
    const answer = answers.get(href)
    const verdict: Verdict = answer
      ? judge(answer, timeoutMs).verdict
      : {state: 'unchecked', reason: signal?.aborted ? 'cancelled' : 'could not be asked'}
    const isFault = networkDown !== undefined && verdict.state !== 'unchecked'
    tellAll(href, isFault ? {state: 'unchecked', reason: networkDown} : verdict)
  }
  return networkDown === undefined ? {verdicts} : {verdicts, networkDown}
}

/** One form for the spellings of a URL; what must not or cannot be asked is judged at once. */
function normalize(url: string): {href: string; refused?: Verdict} {
  const refuse = (state: 'dead' | 'unchecked', reason: string) => ({href: '', refused: {state, reason}})
  if (!URL.canParse(url)) return refuse('dead', 'no browser can read this address')
  const parsed = new URL(url)
  parsed.hash = ''
  // linkinator takes anything else for a file.
  if (!/^https?:$/.test(parsed.protocol)) return refuse('unchecked', 'not a web address')
  if (parsed.username || parsed.password) return refuse('unchecked', 'holds a user name or password')
  return {href: parsed.href}
}

/** Proxies would reach addresses for us that the guard refuses; linkinator would take them from here. */
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']

/** Let all of this process's requests go through a guard while `work` runs; nothing stays open afterwards. */
async function behindGuard<T>(settings: ProbeSettings, work: (guard: Guard) => Promise<T>): Promise<T> {
  const {allowPrivate, timeoutMs, signal} = settings
  const guard = makeGuard(allowPrivate, timeoutMs)
  const before = getGlobalDispatcher()
  const proxies = PROXIES.map((name) => [name, process.env[name]] as const)
  for (const [name] of proxies) delete process.env[name]
  // linkinator takes no dispatcher: the process's own is the only way in.
  setGlobalDispatcher(guard.dispatcher)
  const cancel = () => void guard.dispatcher.destroy()
  signal?.addEventListener('abort', cancel, {once: true})
  try {
    return await work(guard)
  } finally {
    signal?.removeEventListener('abort', cancel)
    await guard.dispatcher.destroy()
    setGlobalDispatcher(before)
    for (const [name, value] of proxies) if (value !== undefined) process.env[name] = value
  }
}

type OnAnswer = (href: string, answer: Answer) => void

/** Ask in passes: all by HEAD; those that need a look by GET; those whose failure may pass again, after a wait. */
async function askAll(urls: string[], settings: ProbeSettings, guard: Guard, onAnswer: OnAnswer) {
  const {retries, timeoutMs, maxWaitMs, signal} = settings
  const slot = makeSlots(settings)
  const answers = new Map<string, Answer>()
  const judgedOf = (url: string) => {
    const answer = answers.get(url)
    return answer && judge(answer, timeoutMs)
  }
  const ask = async (todo: string[], look: boolean) => {
    if (todo.length === 0 || signal?.aborted) return
    const probe = new Probe({look, slot, timeoutMs, signal, onAnswer})
    const options = {
      path: [...todo],
      recurse: false,
      concurrency: todo.length,
      timeout: timeoutMs,
      headers: HEADERS,
    }
    // Should the engine itself give up, the URLs that it has not answered for are told so one by one.
    await probe.check(options).catch(() => {})
    for (const [url, answer] of probe.answers) answers.set(url, answer)
    if (probe.faults.length > 0) throw probe.faults[0]
  }
  let todo = urls
  let isDown = false
  for (let pass = 0; todo.length > 0 && pass <= retries && !signal?.aborted; pass++) {
    if (pass > 0) {
      const wished = todo.map((url) => answers.get(url)?.waitMs ?? 0).reduce((a, b) => Math.max(a, b), 0)
      const wait = Math.min(maxWaitMs, Math.max(FIRST_WAIT_MS * 2 ** (pass - 1), wished))
      await sleep(wait, undefined, signal && {signal}).catch(() => {})
    }
    // Where nothing at all answers, one stands for all: asking each again would only take time.
    await ask(isDown ? todo.slice(0, 1) : todo, false)
    await ask(
      todo.filter((url) => judgedOf(url)?.look),
      true,
    )
    if ([...answers.values()].some(({code}) => code === 'ENOTFOUND')) {
      const known = await namesResolve(timeoutMs)
      for (const answer of answers.values()) if (answer.code) answer.code = believe(answer.code, known)
    }
    isDown = networkIsDown(
      [...answers].map(([href, {status, code = ''}]) => {
        const url = new URL(href)
        return {host: url.host, reached: guard.reached(url), ...(status === 0 && {code})}
      }),
    )
    todo = todo.filter((url) => judgedOf(url)?.retry)
  }
  return {answers, isDown}
}

type Slot = <T>(host: string, work: () => Promise<T>) => Promise<T>

/** At most so many at once in all, and so many to each host. */
function makeSlots({concurrency, perHost}: ProbeSettings): Slot {
  const all = pLimit(concurrency)
  const hosts = new Map<string, LimitFunction>()
  return (host, work) => {
    if (!hosts.has(host)) hosts.set(host, pLimit(perHost))
    return hosts.get(host)!(() => all(work))
  }
}

type Crawl = Parameters<LinkChecker['crawl']>[0]

interface ProbeOptions {
  /** Ask with GET at once. */
  look: boolean
  slot: Slot
  timeoutMs: number
  signal: AbortSignal | undefined
  onAnswer: OnAnswer
}

/**
 * linkinator, told to ask and not to crawl: HEAD, and GET where that is not answered with 2xx. It has no hook for
 * what an answer was, but shows every response to `shouldRetryAfter`; its own retries have no bounds and stay off.
 */
class Probe extends LinkChecker {
  readonly answers = new Map<string, Answer>()
  /** What our own code threw: linkinator would swallow it. */
  readonly faults: unknown[] = []
  readonly #options: ProbeOptions
  readonly #bodies = new Map<string, Promise<void>>()

  constructor(options: ProbeOptions) {
    super()
    this.#options = options
    this.on('link', (link) => {
      const answer = this.answers.get(link.url)
      const code = failureOf(link)
      // A refused HEAD says little, and less than that GET then failed.
      const onlyHead = answer?.head === undefined && !(link.status! >= 200 && link.status! < 300)
      if (onlyHead && code !== undefined) this.answers.set(link.url, {status: 0, code})
    })
  }

  override crawl(options: Crawl): Promise<void> {
    const {look, slot, timeoutMs, signal, onAnswer} = this.#options
    const {href, host} = options.url
    // With `crawl` linkinator sends GET at once; the hook below then keeps it from reading the body as a page.
    options.crawl = look
    return slot(host, async () => {
      if (signal?.aborted) return
      const over = new AbortController()
      const tooLong = sleep(REQUESTS_PER_URL * timeoutMs + GRACE_MS, 'too long', {signal: over.signal})
      try {
        const end = await Promise.race([super.crawl(options).then(() => this.#bodies.get(href)), tooLong])
        if (end === 'too long') this.answers.set(href, {status: 0, code: 'TimeoutError'})
      } catch (error) {
        this.answers.set(href, {status: 0, code: codeOf(error as Error)})
      } finally {
        over.abort()
      }
      const answer = this.answers.get(href)
      try {
        if (answer) onAnswer(href, answer)
      } catch (error) {
        this.faults.push(error)
      }
    })
  }

  override shouldRetryAfter(response: HttpResponse, options: Crawl): boolean {
    const {href} = options.url
    const {status, headers, body, url} = response
    const {look} = this.#options
    const answer: Answer = {
      status,
      type: headers['content-type'],
      redirectedTo: url === href ? undefined : url,
      wall: hasWallMarks(status, headers),
      waitMs: retryAfterMs(headers['retry-after']),
    }
    this.answers.set(href, answer)
    if (look || body) this.#bodies.set(href, this.#peek(body, answer))
    // “Yes” ends linkinator's work on this URL. Else it would go on to the links of a page that it got with GET.
    return look
  }

  /** Read the beginning of a body, and let go of the rest. */
  async #peek(body: HttpResponse['body'], answer: Answer): Promise<void> {
    answer.head = new Uint8Array()
    const reader = body?.getReader()
    try {
      while (reader && answer.head.length < LOOK_BYTES) {
        const {done, value} = await reader.read()
        if (done) break
        answer.head = Buffer.concat([answer.head, value]).subarray(0, LOOK_BYTES)
      }
      await reader?.cancel()
    } catch (error) {
      // What came before the body broke off is judged.
      answer.cut = error instanceof Error ? codeOf(error) : 'UND_ERR_SOCKET'
    }
  }
}
