import {cacheKey} from './cache/format.ts'
import {classify} from './classify.ts'
import {formatAge, formatDate, parseDuration} from './duration.ts'
import {CANCELLED} from './failures.ts'
import {makePolicy, type RemotePolicy} from './policy.ts'
import {prepareUrl} from './prepare-url.ts'
import {type ProbeResult, probe} from './probe.ts'
import {type RemoteSettings, timeoutOf, withProbeSettings} from './probe-settings.ts'
import {expiryOf} from './signed-url.ts'
import type {RemoteFact, RemoteFacts, RemoteUrls, RemoteUse, Verdict} from './types.ts'

/** The results for all URLs, and warnings about the cache for the user. */
export interface RemoteResult extends RemoteFacts {
  warnings: readonly string[]
}

/** A URL to check. */
interface Item {
  use: RemoteUse
  /** As written on a page. */
  url: string
  /** As requested: remapped and normalized. */
  href: string
  cacheKey: string
  cached: Verdict | undefined
  /** The age of the cached verdict: `40 minutes ago`. */
  seen?: string
}

type Verdicts = Record<RemoteUse, Map<string, Verdict>>

/**
 * Check remote URLs. Cached verdicts are reused, and every other URL is requested once, however many pages and spellings
 * it has.
 */
export async function checkRemoteUrls(urls: RemoteUrls, settings: RemoteSettings): Promise<RemoteResult> {
  const {config, variables = {}, verdictCache, signal} = settings
  const policy = makePolicy(config, variables)
  const verdicts: Verdicts = {image: new Map(), link: new Map()}
  const items = collectItems(urls, settings, policy, verdicts)
  const usesByHref = new Map<string, Set<RemoteUse>>()
  for (const {href, use, cached} of items)
    if (!cached) usesByHref.set(href, (usesByHref.get(href) ?? new Set()).add(use))
  const result = usesByHref.size > 0 ? await probeWithinTimeLimit(usesByHref, policy, settings) : undefined
  addVerdicts(verdicts, items, {result, policy, settings})
  await verdictCache?.save(signal)
  const stopped = result?.stopped ?? (signal?.aborted ? CANCELLED : undefined)
  return {
    fact: factsOf(verdicts, items, settings),
    ...(stopped !== undefined && {stopped}),
    warnings: warningsOf(settings),
  }
}

/** The URLs to look up or request; verdicts about URLs that must not be requested are added to `verdicts`. */
function collectItems(
  urls: RemoteUrls,
  {config, verdictCache}: RemoteSettings,
  policy: RemotePolicy,
  verdicts: Verdicts,
): Item[] {
  const items: Item[] = []
  for (const use of ['image', 'link'] as const)
    for (const url of urls[use]) {
      if (policy.skips(url)) continue
      const {refused, href} = prepareUrl(url, use, policy, config)
      if (refused) verdicts[use].set(url, refused)
      if (href === undefined) continue
      const key = cacheKey(use, href, policy.fingerprint(new URL(href)))
      const cached = verdictCache?.get(key)
      const seen = cached && formatAge(verdictCache?.age(key) ?? 0)
      items.push({use, url, href, cacheKey: key, cached, ...(seen !== undefined && {seen})})
    }
  return items
}

type StoppableResult = ProbeResult & {stopped?: string}

/** Send the requests until the time limit of the run. */
async function probeWithinTimeLimit(
  usesByHref: ReadonlyMap<string, ReadonlySet<RemoteUse>>,
  policy: RemotePolicy,
  settings: RemoteSettings,
): Promise<StoppableResult> {
  return withProbeSettings(settings, policy, async (probeSettings) => {
    const result = await probe(usesByHref, probeSettings)
    if (probeSettings.signal.aborted) return {...result, stopped: probeSettings.signal.reason}
    return result.networkDown ? {...result, stopped: 'the network is unreachable'} : result
  })
}

interface VerdictContext {
  /** Undefined if every verdict was cached. */
  result: StoppableResult | undefined
  policy: RemotePolicy
  settings: RemoteSettings
}

/** Add the verdicts of all items, and cache the new ones. */
function addVerdicts(verdicts: Verdicts, items: readonly Item[], context: VerdictContext): void {
  const {policy, settings} = context
  const fresh = new Map<string, Verdict>()
  for (const {use, url, href, cacheKey, cached} of items) {
    let verdict = cached ?? fresh.get(cacheKey)
    if (!verdict) {
      verdict = finalVerdict(use, href, context)
      fresh.set(cacheKey, verdict)
      settings.verdictCache?.set(cacheKey, verdict)
    }
    // That a remapped URL has moved does not concern the page.
    const isRemapped = verdict.state === 'redirected' && policy.remap(url) !== url
    verdicts[use].set(url, isRemapped ? {state: 'alive'} : verdict)
  }
}

/** The verdict about a requested URL. */
function finalVerdict(use: RemoteUse, href: string, {result, policy, settings}: VerdictContext): Verdict {
  const {outcomes, refused, networkDown, stopped} = result!
  const outcome = outcomes.get(href)
  const unfinished = refused.get(href) ?? stopped
  if (!outcome) return {state: 'unchecked', reason: unfinished ?? 'could not be requested'}
  const {treat} = policy.forHost(new URL(href))
  const timeoutMs = timeoutOf(settings.config)
  const {verdict, needsBody, retry} = classify(outcome, {use, treat, timeoutMs})
  if (verdict.state === 'unchecked' && verdict.reason !== CANCELLED) return verdict
  // More requests might have changed the verdict.
  const isStopped = stopped !== undefined && (networkDown || retry || verdict.state === 'unchecked')
  if (needsBody || isStopped) return {state: 'unchecked', reason: unfinished ?? CANCELLED}
  return withExpiry(verdict, href)
}

/** A dead URL whose signature has expired is explained by that. */
function withExpiry(verdict: Verdict, href: string): Verdict {
  const end = expiryOf(href)?.at
  return verdict.state === 'dead' && end && end.getTime() < Date.now()
    ? {state: 'dead', reason: `${verdict.reason}; the URL expired on ${formatDate(end)}`}
    : verdict
}

function factsOf(
  verdicts: Verdicts,
  items: readonly Item[],
  {config, verdictCache}: RemoteSettings,
): RemoteFacts['fact'] {
  const itemOf = new Map(items.map((item) => [`${item.use} ${item.url}`, item]))
  const failForMs = parseDuration(config.failFor ?? 0)
  return (use, url) => {
    const verdict = verdicts[use].get(url)
    if (!verdict) return
    const fact: RemoteFact = {verdict}
    const item = itemOf.get(`${use} ${url}`)
    if (!item || !verdictCache) return fact
    if (item.seen !== undefined) fact.seen = item.seen
    const failingSince = verdict.state === 'dead' ? verdictCache.failingSince(item.cacheKey) : undefined
    if (failingSince !== undefined && Date.now() < failingSince + failForMs)
      fact.tolerated = `until ${formatDate(failingSince + failForMs)}`
    return fact
  }
}

function warningsOf({config, verdictCache}: RemoteSettings): string[] {
  if (verdictCache) return [...verdictCache.warnings]
  return parseDuration(config.failFor ?? 0) > 0
    ? ['`failFor` has no effect without the cache, which records when a URL began to fail']
    : []
}
