import {namesFile} from '../page/used-links.ts'
import {decodePercent, withoutQuery} from '../text/urls.ts'
import {inOtherLetterCase} from './caseless-hosts.ts'
import {declaredAnswer} from './declared-answer.ts'
import {doubt} from './doubts.ts'
import {followRedirects} from './follow-redirects.ts'
import {isOnlyForReaders} from './host-variants.ts'
import {whyBuilt} from './ignored-targets.ts'
import {resolveInclude} from './includes.ts'
import {resolveModule} from './modules.ts'
import {readOtherwise} from './other-readings.ts'
import {ownUrlResolver} from './own-urls.ts'
import {isPublishedPath} from './published-paths.ts'
import {resolveDestination} from './redirect-destinations.ts'
import type {ResolverContext} from './resolver-context.ts'
import {resolveAbove} from './site-above.ts'
import type {MissingTarget, Resolution, Site, SiteLink} from './types.ts'

const HTML_PAGE = /\.html?(?:[?#]|$)/

/**
 * Create the function that resolves the links of a page: the page's site answers; from a missing target, a redirect may
 * lead on; and an absolute URL below the home of one of the tree's sites is resolved in that site.
 */
export function resolverOf(context: ResolverContext): (from: string) => (link: SiteLink) => Resolution {
  const resolveOwnUrl = ownUrlResolver(context)
  return (from) => {
    const site = context.of(from)
    const resolve = (link: SiteLink): Resolution => {
      const answer = resolveAbove(answerOf(link, from, site, context), link, from, site, context)
      const found = site.hasUnknownReader ? readOtherwise(answer, link, from, context) : answer
      if (found.to === 'missing') return resolveMissing(found, link, from, site, context)
      return found.to === 'unknown' && found.otherwise
        ? resolveDoubted(found, found.otherwise, link, from, context)
        : found
    }
    return (link) => {
      const found = link.kind === 'redirect' ? resolveDestination(link, from, site, context) : resolve(link)
      return found.to === 'remote' ? resolveOwnUrl(found, from) : found
    }
  }
}

/** The answer of a site to a link, with what its description in the configuration says. */
function answerOf(link: SiteLink, from: string, site: Site, context: ResolverContext): Resolution {
  if (link.kind === 'include') return resolveInclude(link, from, site, context)
  const answer = link.kind === 'module' ? resolveModule(link, from, site, context) : site.resolve(link, from)
  return declaredAnswer(answer, link, from, site)
}

/** A redirect that is known may lead on from a target that is missing unless a doubt is right. */
function resolveDoubted(
  doubted: Resolution & {to: 'unknown'},
  missing: MissingTarget,
  link: SiteLink,
  from: string,
  context: ResolverContext,
): Resolution {
  const found = resolveMissing(missing, link, from, context.of(from), context)
  return found.to === 'missing' ? {...doubted, otherwise: found} : found
}

function resolveMissing(
  missing: MissingTarget,
  link: SiteLink,
  from: string,
  site: Site,
  context: ResolverContext,
): Resolution {
  const {sites, rules} = context
  if (namesFile(link)) return missing
  const elsewhere = site.host && sites.length > 0 ? resolveElsewhere(missing, link, from, context) : missing
  if (elsewhere.to !== 'missing') return elsewhere
  // If there are generators, one of them may publish the page, though none is known to.
  if (
    site.host &&
    !site.declared?.complete &&
    sites.length > 0 &&
    !missing.evidence &&
    HTML_PAGE.test(link.url)
  )
    return {to: 'unknown', doubt: doubt('code-pages', 'another program'), otherwise: missing}
  const whyIgnored = (target: MissingTarget) => (site.host ? undefined : whyBuilt(target, site, context))
  const ignored = whyIgnored(missing)
  if (ignored) return {to: 'unknown', doubt: ignored, otherwise: missing}
  const found = followRedirects(missing, link, from, site, site.host ? undefined : rules?.redirects)
  if (found.to !== 'missing') return found
  const whyTarget = whyIgnored(found)
  if (whyTarget) return {to: 'unknown', doubt: whyTarget, otherwise: found}
  if (site.assumed) return withoutGuess(found, link)
  return site.host ? found : inOtherLetterCase(found, link, from, site, context)
}

/**
 * A link that is missing on the host may be written for the pages of a site that include the text, or for a site that a
 * program copies it to.
 */
function resolveElsewhere(
  missing: MissingTarget,
  link: SiteLink,
  from: string,
  context: ResolverContext,
): Resolution {
  const {includersOf, of} = context
  if (/^\/(?!\/)/.test(link.url) && !isOnlyForReaders(from) && isPublishedPath(link.url, context))
    return {to: 'unknown', doubt: doubt('unknown-reader')}
  for (const includer of includersOf(from)) {
    const found = of(includer).resolve(link, includer)
    if (found.to === 'missing') continue
    return found.to === 'unknown' && found.otherwise
      ? {...found, otherwise: missing}
      : {to: 'unknown', doubt: doubt('included-elsewhere')}
  }
  return missing
}

/** On an assumed platform, only a misspelled file name beside the page is evidence for what was meant. */
function withoutGuess(found: MissingTarget, {url}: SiteLink): MissingTarget {
  if (!found.evidence) return found
  const path = decodePercent(withoutQuery(url))
  const extension = path.startsWith('/') ? undefined : /\.\w+(?=\/?$)/.exec(path)?.[0].toLowerCase()
  const isNamed = extension !== undefined && found.suggestion!.toLowerCase().endsWith(extension)
  if (found.evidence === 'spelling' && isNamed) return found
  const {evidence: _, ...missing} = found
  return missing
}
