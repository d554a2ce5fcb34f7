import type {Link} from '../page/types.ts'
import {wildcard} from '../pattern/wildcard.ts'
import type {RemoteFact, RemoteUse} from '../remote/types.ts'
import {withoutCredentials} from '../text/safe.ts'
import {decodePercent, hashOf, spellUrl} from '../text/urls.ts'
import {defineRule, type RulePlugin} from './define-rule.ts'
import type {Finding, OptionSchema, Severity} from './types.ts'

/** What a verdict other than `dead` weighs. */
export type Weight = 'off' | 'info' | 'warn' | 'error'

/** The options of every rule about remote addresses. */
export interface RemoteOptions {
  except: string[]
  redirected: Weight
  blocked: Weight
  unreachable: Weight
  unchecked: Weight
  expiring: Weight
}

const WEIGHTS: readonly Weight[] = ['off', 'info', 'warn', 'error']

const weightFor = (what: string): OptionSchema => ({description: `The severity of ${what}.`, enum: WEIGHTS})

const SCHEMA = {
  except: {
    description: 'URLs that are not requested: as written, `*` for any run of characters.',
    items: {type: 'string'},
  },
  redirected: weightFor('a URL with a permanent redirect'),
  blocked: weightFor('a URL whose server refuses automated requests, or asks for a login'),
  unreachable: weightFor('a URL whose server does not answer, or answers with an error of its own'),
  unchecked: weightFor('a URL that was not requested, as of a private address or after the time limit'),
  expiring: weightFor('a URL that works for a limited time only, such as a signed one'),
} satisfies Record<keyof RemoteOptions, OptionSchema>

/**
 * Make a rule that reports what was found out about the addresses of some links: `dead` ones with the rule's severity,
 * the others with that of its options.
 *
 * @param asks Whether a link is one of those.
 */
export function defineRemoteRule(
  meta: {name: string; severity: Severity; kind: RemoteUse; options: RemoteOptions},
  asks: (link: Link) => boolean,
): RulePlugin<RemoteOptions> {
  const {kind} = meta
  const isAsked = (link: Link, {except}: RemoteOptions) =>
    asks(link) && !except.some((pattern) => wildcard(pattern).test(link.url))
  return defineRule(
    {
      ...meta,
      needs: 'remote',
      schema: SCHEMA,
      asks: isAsked,
    },
    (page, {options, report, site, remote}) => {
      for (const link of page.links) {
        if (!isAsked(link, options)) continue
        const found = site.resolve(link)
        if (found.to !== 'remote') continue
        const local = kind === 'image' ? site.fileNamed(nameIn(found.url)) : undefined
        const instead = local === undefined ? undefined : spellUrl('', page.path, local)
        for (const {weight, ...finding} of findings(
          {link, url: found.url, kind, instead},
          remote(found.url),
          options,
        ))
          if (weight !== 'off')
            report({
              ...link.target,
              target: {name: withoutCredentials(found.url)},
              ...finding,
              ...(weight && {severity: weight}),
            })
      }
    },
  )
}

type Told = Omit<Finding, 'start' | 'end'> & {weight?: Weight}

/** What findings are about. */
interface Subject {
  link: Link
  url: string
  kind: RemoteUse
  /** The URL of a file of the tree with the same name. */
  instead: string | undefined
}

/** The file name that a URL ends in; empty where there is none. */
const nameIn = (url: string) =>
  URL.canParse(url) ? decodePercent(new URL(url).pathname.replace(/^.*\//s, '')) : ''

function findings({link, url, kind, instead}: Subject, fact: RemoteFact, options: RemoteOptions): Told[] {
  const {verdict, expires, tolerated} = fact
  const told: Told[] = []
  const Noun = `${kind[0]!.toUpperCase()}${kind.slice(1)}`
  switch (verdict?.state) {
    case 'dead': {
      const message = `Unexpected dead ${kind}: ${verdict.reason}`
      const isOffered = instead !== undefined && isPlain(link, instead)
      told.push({
        message: tolerated ? `${message} (tolerated ${tolerated})` : message,
        ...(tolerated && {weight: 'warn' as const}),
        ...(isOffered && {fix: {edits: [{...link.target, text: instead}], safe: false}}),
      })
      break
    }
    case 'redirected': {
      const to = withFragment(verdict.to, link.url)
      told.push({
        message: `Unexpected ${kind} to an address that has moved for good, expected \`${to}\``,
        expected: [to],
        ...(isPlain(link, to) && {
          fix: {edits: [{...link.target, text: to}], safe: isSamePage(url, to)},
        }),
        weight: options.redirected,
      })
      break
    }
    case 'blocked':
      told.push({message: `${Noun} not verified: ${verdict.reason}`, weight: options.blocked})
      break
    case 'unreachable':
      told.push({message: `${Noun} not reached: ${verdict.reason}`, weight: options.unreachable})
      break
    case 'unchecked':
      told.push({message: `${Noun} not checked: ${verdict.reason}`, weight: options.unchecked})
  }
  if (expires && verdict?.state !== 'dead')
    told.push({
      message: `Unexpected ${kind} address ${expires}, expected a lasting one`,
      weight: options.expiring,
    })
  return told
}

/** Where the new address has no fragment of its own, the old one's still counts, as in browsers. */
const withFragment = (to: string, url: string) => (to.includes('#') ? to : to + hashOf(url))

/** Nothing in the new address needs another spelling where the old one stands, and the old one is written as such. */
const isPlain = ({kind, url}: Link, to: string) =>
  (kind !== 'autolink' || /^https?:/i.test(url)) && !/[\s<>()"'\\`&]/.test(to) && !/\{[{%]/.test(url)

/** The same site, be it over HTTP or HTTPS; but not its home page, where many send who asks for what is gone. */
function isSamePage(url: string, to: string): boolean {
  const [before, after] = [new URL(url), new URL(to)]
  return before.host === after.host && (after.pathname !== '/' || before.pathname === '/')
}
