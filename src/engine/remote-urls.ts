import type {Page} from '../page/types.ts'
import type {RemoteUrls} from '../remote/types.ts'
import type {ActiveRules} from './run-rules.ts'
import type {ActiveRule, CheckInput, PageResult, ReadPages} from './types.ts'

/**
 * Collect the remote URLs that active rules want a verdict on, each once.
 *
 * @param asksOn The pages whose URLs are checked; if absent, all pages.
 * @returns the URLs, and the pages that contain them
 */
export function remoteUrlsOf(
  active: ActiveRules,
  view: ReadPages['view'],
  asksOn: CheckInput['asksOn'],
): {asks: RemoteUrls; asking: ReadonlySet<PageResult>} {
  const asks = {image: new Set<string>(), link: new Set<string>()}
  const asking = new Set<PageResult>()
  for (const [result, rules] of active) {
    const {page} = result
    if (!page) continue
    for (const {rule, options} of rules)
      for (const url of urlsFor({rule, options}, page, view)) {
        if (!asksOn || asksOn(page.path)) asks[rule.kind ?? 'link'].add(url)
        asking.add(result)
      }
  }
  return {asks, asking}
}

/** The remote URLs on a page that a rule wants a verdict on. */
function urlsFor(
  {rule, options}: Pick<ActiveRule, 'rule' | 'options'>,
  page: Page,
  view: ReadPages['view'],
): string[] {
  if (!rule.asks) return []
  const {resolve} = view(page)
  const urls: string[] = []
  for (const link of page.links) {
    // A cheap test first: most links are local.
    if (!link.url.includes('//') || !rule.asks(link, options)) continue
    const found = resolve(link)
    if (found.to === 'remote') urls.push(found.url)
  }
  return urls
}
