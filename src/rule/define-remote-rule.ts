import type {Link} from '../page/types.ts'
import {wildcard} from '../pattern/wildcard.ts'
import type {RemoteFact, RemoteUse} from '../remote/types.ts'
import {withoutCredentials} from '../text/safe.ts'
import {decodePercent, hashOf} from '../text/urls.ts'
import {defineRule, type RulePlugin} from './define-rule.ts'
import type {Finding, OptionSchema, Severity} from './types.ts'

/** The severity of a verdict other than `dead`. */
export type VerdictSeverity = 'off' | 'info' | 'warn' | 'error'

/** The options common to all rules about remote URLs. */
export interface RemoteOptions {
  except: string[]
  redirected: VerdictSeverity
  blocked: VerdictSeverity
  unreachable: VerdictSeverity
  unchecked: VerdictSeverity
  expiring: VerdictSeverity
}

const SEVERITIES: readonly VerdictSeverity[] = ['off', 'info', 'warn', 'error']

const severityOf = (what: string): OptionSchema => ({
  description: `The severity of ${what}.`,
  enum: SEVERITIES,
})

const SCHEMA = {
  except: {
    description: 'URLs that are not requested, as written; `*` matches any characters.',
    items: {type: 'string'},
  },
  redirected: severityOf('a URL with a permanent redirect'),
  blocked: severityOf('a URL whose server rejects automated requests, or asks for a login'),
  unreachable: severityOf('a URL whose server does not answer, or answers with a server error'),
  unchecked: severityOf(
    'a URL that was not requested, such as one of a private address, or any after the time limit',
  ),
  expiring: severityOf('a URL that works for a limited time only, such as a signed one'),
} satisfies Record<keyof RemoteOptions, OptionSchema>

/**
 * Create a rule that reports the verdicts on the URLs of some links: `dead` with the rule's severity, the others with
 * that of its options.
 *
 * @param concerns Does the rule apply to a link?
 */
export function defineRemoteRule(
  meta: {name: string; severity: Severity; kind: RemoteUse; options: RemoteOptions},
  concerns: (link: Link) => boolean,
): RulePlugin<RemoteOptions> {
  const {kind} = meta
  const asks = (link: Link, {except}: RemoteOptions) =>
    concerns(link) && !except.some((pattern) => wildcard(pattern).test(link.url))
  return defineRule(
    {...meta, needs: 'remote', fixable: true, schema: SCHEMA, asks},
    ({links}, {options, report, site, remote}) => {
      for (const link of links) {
        const found = asks(link, options) ? site.resolve(link) : undefined
        if (found?.to !== 'remote') continue
        const {url} = found
        const local = kind === 'image' ? site.fileNamed(fileNameOf(url)) : undefined
        const subject = {link, url, kind, ...(local !== undefined && {instead: site.writeLink(local).url})}
        for (const finding of findings(subject, remote(url), options)) report(finding)
      }
    },
  )
}

/** A finding at a link's URL; without a severity it has that of the rule. */
interface RemoteFinding extends Pick<Finding, 'message' | 'expected' | 'fix' | 'seen'> {
  severity?: VerdictSeverity
}

/** The link that findings are about. */
interface Subject {
  link: Link
  url: string
  kind: RemoteUse
  /** The URL of a file of the tree with the same name. */
  instead?: string
}

/** The file name at the end of a URL; empty if there is none. */
const fileNameOf = (url: string) =>
  URL.canParse(url) ? decodePercent(new URL(url).pathname.replace(/^.*\//s, '')) : ''

function findings(subject: Subject, fact: RemoteFact, options: RemoteOptions): Finding[] {
  const {link, url, kind} = subject
  const {seen} = fact
  const found = verdictFinding(subject, fact, options)
  const all: RemoteFinding[] = found ? [{...found, ...(seen !== undefined && {seen})}] : []
  if (fact.expires && fact.verdict?.state !== 'dead')
    all.push({
      message: `Unexpected ${kind} URL ${fact.expires}, expected a permanent one`,
      severity: options.expiring,
    })
  return all.flatMap((found) => {
    if (found.severity === 'off') return []
    const {severity, ...finding} = found
    return [
      {...link.target, target: {name: withoutCredentials(url)}, ...finding, ...(severity && {severity})},
    ]
  })
}

function verdictFinding(
  subject: Subject,
  {verdict, tolerated}: RemoteFact,
  options: RemoteOptions,
): RemoteFinding | undefined {
  const {kind} = subject
  switch (verdict?.state) {
    case 'dead':
      return deadFinding(subject, verdict.reason, tolerated)
    case 'redirected':
      return {...redirectFinding(subject, verdict.to), severity: options.redirected}
    case 'blocked':
      return {message: `Unexpected unverified ${kind}: ${verdict.reason}`, severity: options.blocked}
    case 'unreachable':
      return {message: `Unexpected unreachable ${kind}: ${verdict.reason}`, severity: options.unreachable}
    case 'unchecked':
      return {message: `Unexpected unchecked ${kind}: ${verdict.reason}`, severity: options.unchecked}
  }
}

function deadFinding(
  {link, kind, instead}: Subject,
  reason: string,
  tolerated: RemoteFact['tolerated'],
): RemoteFinding {
  const message = `Unexpected dead ${kind}: ${reason}${tolerated ? ` (tolerated ${tolerated})` : ''}`
  const isOffered = instead !== undefined && isPlain(link, instead)
  return {
    message,
    ...(tolerated && {severity: 'warn'}),
    ...(isOffered && {fix: {edits: [{...link.target, text: instead}], safe: false}}),
  }
}

function redirectFinding({link, url, kind}: Subject, redirectsTo: string): RemoteFinding {
  const to = withFragment(redirectsTo, link.url)
  return {
    message: `Unexpected permanently redirected ${kind}, expected \`${to}\``,
    expected: [to],
    ...(isPlain(link, to) && {fix: {edits: [{...link.target, text: to}], safe: isSamePage(url, to)}}),
  }
}

/** If the new URL has no fragment, that of the old one still applies, as in browsers. */
const withFragment = (to: string, url: string) => (to.includes('#') ? to : to + hashOf(url))

/**
 * Can the new URL replace the old one unchanged, since the old one is written without escapes and the new one needs
 * none?
 */
const isPlain = ({kind, url}: Link, to: string) =>
  (kind !== 'autolink' || /^https?:/i.test(url)) && !/[\s<>()"'\\`&]/.test(to) && !/\{[{%]/.test(url)

/** The same host, over HTTP or HTTPS; except its home page, to which many hosts redirect deleted pages. */
function isSamePage(url: string, to: string): boolean {
  const [before, after] = [new URL(url), new URL(to)]
  return before.host === after.host && (after.pathname !== '/' || before.pathname === '/')
}
