import {setMaxListeners} from 'node:events'
import {allowList, portOf} from './addresses.ts'
import {cacheKey} from './cache-format.ts'
import {classify} from './classify.ts'
import {download, type Image} from './download.ts'
import {formatDate, formatDuration, LONGEST_TIMER_MS, parseDuration} from './duration.ts'
import {CANCELLED} from './failures.ts'
import {makePolicy, type RemotePolicy} from './policy.ts'
import {type ProbeProgress, type ProbeResult, type ProbeSettings, probe} from './probe.ts'
import type {RequestOutcome} from './request-outcome.ts'
import type {RemoteConfig} from './schema.ts'
import {REMOTE_DEFAULTS} from './settings.ts'
import {expiryOf} from './signed-url.ts'
import type {RemoteFact, RemoteFacts, RemoteUrls, RemoteUse, Verdict} from './types.ts'
import {defaultCacheFile, openVerdictCache, type VerdictCache} from './verdict-cache.ts'

/** How to find it out. */
export interface RemoteSettings {
  config: RemoteConfig
  /** Of it, only the names of proxies are looked for. */
  env: Readonly<Record<string, string | undefined>>
  /** The variables that headers may hold; left out, none. */
  variables?: Readonly<Record<string, string | undefined>>
  /** For the `User-Agent`. */
  version: string
  /** The contact URL of the `User-Agent`, unless the configuration names another. */
  homepage: string
  /** What earlier runs found out. */
  verdictCache?: VerdictCache
  /** Ends the run. */
  signal?: AbortSignal
  onProgress?: (progress: ProbeProgress) => void
}

/** What was found out, and what the user should know of how. */
export interface RemoteResult extends RemoteFacts {
  warnings: readonly string[]
}

/** A URL on its way: as a page has it, as it is asked, and under what its verdict is remembered. */
interface Item {
  kind: RemoteUse
  url: string
  href: string
  key: string
  /** From an earlier run. */
  known: Verdict | undefined
}

/**
 * Find out about remote URLs: what is remembered is not asked again, and what is asked is asked once, however many
 * pages and spellings there are.
 */
export async function checkRemoteUrls(asks: RemoteUrls, settings: RemoteSettings): Promise<RemoteResult> {
  const {config, variables = {}, verdictCache, signal} = settings
  const policy = makePolicy(config, variables)
  const verdicts: Record<RemoteUse, Map<string, Verdict>> = {image: new Map(), link: new Map()}
  const items: Item[] = []
  const asked = new Map<string, Set<RemoteUse>>()
  for (const kind of ['image', 'link'] as const)
    for (const url of asks[kind]) {
      if (policy.skips(url)) continue
      const {refused, href} = prepare(url, kind, policy, config)
      if (refused) verdicts[kind].set(url, refused)
      if (href === undefined) continue
      const key = cacheKey(kind, href, policy.mark(new URL(href)))
      const known = verdictCache?.get(key)
      items.push({kind, url, href, key, known})
      if (known) continue
      if (!asked.has(href)) asked.set(href, new Set())
      asked.get(href)!.add(kind)
    }
  const result = asked.size > 0 ? await probeWithin(asked, policy, settings) : undefined
  const stopped = result?.stopped
  const fresh = new Map<string, Verdict>()
  for (const {kind, url, href, key, known} of items) {
    if (!known && !fresh.has(key)) {
      fresh.set(key, finalVerdict(result!, kind, href, policy, config))
      verdictCache?.set(key, fresh.get(key)!)
    }
    const verdict = known ?? fresh.get(key)!
    // Where another address was asked instead, it does not matter to the page that this one has moved.
    const isOther = verdict.state === 'redirected' && policy.remap(url) !== url
    verdicts[kind].set(url, isOther ? {state: 'alive'} : verdict)
  }
  await verdictCache?.save(signal)
  const found = new Map(items.map((item) => [`${item.kind} ${item.url}`, item]))
  const failForMs = parseDuration(config.failFor ?? 0)
  const warnings = [...(verdictCache?.warnings ?? [])]
  if (failForMs > 0 && !verdictCache)
    warnings.push('`failFor` has no effect without the cache, which alone knows since when an address fails')
  return {
    fact: (kind, url) => {
      const verdict = verdicts[kind].get(url)
      if (!verdict) return
      const item = found.get(`${kind} ${url}`)
      const fact: RemoteFact = {verdict}
      const since = verdict.state === 'dead' && item ? verdictCache?.failingSince(item.key) : undefined
      if (since !== undefined && Date.now() < since + failForMs)
        fact.tolerated = `until ${formatDate(since + failForMs)}`
      return fact
    },
    ...(stopped === undefined ? (signal?.aborted ? {stopped: CANCELLED} : {}) : {stopped}),
    warnings,
  }
}

/** Where a memory is, or may be. */
export interface CacheLocation {
  env: RemoteSettings['env']
  home: string
  /** A file that the user named. */
  chosen?: string
  /** Folders whose symlinks may be a stranger's. */
  trees?: readonly string[]
}

/** Open what earlier runs found out; nothing when the configuration wants none. */
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

/** Names that are reserved for examples and for the reader's own machine (RFC 2606, RFC 6761). */
const FOR_EXAMPLES = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$/

/**
 * One form for the spellings of a URL; what must not or cannot be asked is judged at once.
 *
 * @returns neither for a host that the configuration leaves out.
 */
function prepare(
  url: string,
  kind: RemoteUse,
  policy: RemotePolicy,
  config: RemoteConfig,
): {href?: string; refused?: Verdict} {
  const refuse = (state: 'dead' | 'unchecked', reason: string) => ({refused: {state, reason}})
  const target = policy.remap(url)
  if (!URL.canParse(target)) return refuse('dead', 'no browser can read this address')
  const parsed = new URL(target)
  parsed.hash = ''
  // linkinator takes anything else for a file.
  if (!/^https?:$/.test(parsed.protocol)) return refuse('unchecked', 'not a web address')
  if (parsed.username || parsed.password)
    return refuse('unchecked', 'its address holds a user name or password, which are never sent')
  const host = policy.ofHost(parsed)
  if (host.skip) return {}
  // Asked without its token, the host would say that nothing is there.
  if (host.missingVariable !== undefined)
    return refuse('unchecked', `the environment has no ${host.missingVariable} for its host`)
  const allowed = allowList(config.allowPrivate ?? [])
  if (kind === 'link' && FOR_EXAMPLES.test(parsed.hostname) && !allowed(parsed.hostname, portOf(parsed)))
    return refuse('unchecked', 'its host is one for examples')
  return {href: parsed.href}
}

/** Probe, but no longer than the run may take. */
async function probeWithin(
  asked: ReadonlyMap<string, ReadonlySet<RemoteUse>>,
  policy: RemotePolicy,
  settings: RemoteSettings,
): Promise<ProbeResult & {stopped?: string}> {
  return withinTime(settings, policy, async (own) => {
    const result = await probe(asked, own)
    if (own.signal.aborted) return {...result, stopped: own.signal.reason}
    return result.networkDown ? {...result, stopped: NETWORK_DOWN} : result
  })
}

/** Download images by their addresses, as they are on pages. @returns by address the image, or why there is none */
export async function downloadImages(
  urls: readonly string[],
  settings: RemoteSettings,
): Promise<Map<string, Image | string>> {
  const {config, variables = {}} = settings
  const policy = makePolicy(config, variables)
  const hrefs = new Map(urls.map((url) => [url, prepare(url, 'image', policy, config).href]))
  const wanted = [...new Set([...hrefs.values()].filter((href) => href !== undefined))]
  const found = await withinTime(settings, policy, (own) => download(wanted, own))
  return new Map(urls.map((url) => [url, found.get(hrefs.get(url) ?? '') ?? 'may not be asked']))
}

/** Make settings out of a configuration, with an end to the time that may be taken. */
async function withinTime<T>(
  {config, env, version, homepage, signal, onProgress}: RemoteSettings,
  policy: RemotePolicy,
  work: (settings: ProbeSettings) => Promise<T>,
): Promise<T> {
  const limitMs = parseDuration(config.timeLimit ?? REMOTE_DEFAULTS.timeLimit)
  const over = new AbortController()
  // Every URL that waits for its turn listens.
  setMaxListeners(0, over.signal)
  const stop = () => over.abort(CANCELLED)
  const timer = setTimeout(
    () => over.abort(`the time limit of ${formatDuration(limitMs)} was reached`),
    Math.min(limitMs, LONGEST_TIMER_MS),
  )
  signal?.addEventListener('abort', stop, {once: true})
  if (signal?.aborted) stop()
  const proxy = proxyOf(config, env)
  try {
    return await work({
      timeoutMs: timeoutOf(config),
      concurrency: config.concurrency ?? REMOTE_DEFAULTS.concurrency,
      retries: config.retries ?? REMOTE_DEFAULTS.retries,
      maxWaitMs: parseDuration(config.maxWait ?? REMOTE_DEFAULTS.maxWait),
      allowPrivate: config.allowPrivate ?? [],
      ...(proxy && {proxy}),
      policy,
      userAgent: `doccheck/${version} (+${config.contact ?? homepage})`,
      robots: config.robots ?? false,
      timeLimitMs: limitMs,
      signal: over.signal,
      ...(onProgress && {onProgress}),
    })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

const NETWORK_DOWN = 'the network cannot be reached'

/** Nobody waits longer for one answer. */
const LONGEST_TIMEOUT_MS = 3_600_000

// A limit of nothing would be none.
const timeoutOf = ({timeout}: RemoteConfig) =>
  Math.min(LONGEST_TIMEOUT_MS, Math.max(1, parseDuration(timeout ?? REMOTE_DEFAULTS.timeout)))

/** The proxy of the configuration, or those of the environment, by the names that curl and others know. */
function proxyOf({proxy}: RemoteConfig, env: RemoteSettings['env']) {
  if (proxy === false) return
  const of = (name: string) => env[name] || env[name.toUpperCase()]
  const [http, https] = proxy ? [proxy, proxy] : [of('http_proxy'), of('https_proxy')]
  if (!http && !https) return
  const except = of('no_proxy')
  return {...(http && {http}), ...(https && {https}), ...(except && {except})}
}

function finalVerdict(
  {answers, refused, networkDown, stopped}: ProbeResult & {stopped?: string},
  kind: RemoteUse,
  href: string,
  policy: RemotePolicy,
  config: RemoteConfig,
): Verdict {
  const answer: RequestOutcome | undefined = answers.get(href)
  if (!answer) return {state: 'unchecked', reason: refused.get(href) ?? stopped ?? 'could not be asked'}
  const {treat} = policy.ofHost(new URL(href))
  const {verdict, needsBody, retry} = classify(answer, {kind, treat, timeoutMs: timeoutOf(config)})
  // What was not asked to the end might have come out otherwise; a private address stays one.
  const isOpen =
    needsBody || (stopped !== undefined && (networkDown || retry || verdict.state === 'unchecked'))
  if (isOpen && !(verdict.state === 'unchecked' && verdict.reason !== CANCELLED))
    return {state: 'unchecked', reason: refused.get(href) ?? stopped ?? CANCELLED}
  const end = expiryOf(href)?.at
  if (verdict.state === 'dead' && end && end.getTime() < Date.now())
    return {
      state: 'dead',
      reason: `${verdict.reason}; its address expired on ${formatDate(end)}`,
    }
  return verdict
}
