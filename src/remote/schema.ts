import {domainToASCII} from 'node:url'
import * as v from 'valibot'
import {closed, flag, integerFrom, oneOf, record, text} from '../data/schema.ts'
import {expressionFault, writtenExpression} from '../pattern/wildcard.ts'
import {isHttpUrl} from '../text/urls.ts'

const DURATION = 'must be a number of seconds, or a number with a unit, such as "10s"'

/** A duration, in the forms that `parseDuration` accepts. */
const duration = v.union(
  [
    v.pipe(v.number(), v.minValue(0, DURATION)),
    v.pipe(v.string(), v.regex(/^\d+(\.\d+)? ?(ms|s|m|h|d)$/, DURATION)),
  ],
  DURATION,
)

/** A duration: seconds, or a number with `ms`, `s`, `m`, `h` or `d`, as in `10s`. */
export type Duration = v.InferInput<typeof duration>

const treatment = oneOf(['alive', 'dead', 'blocked', 'unreachable'])

/** The verdict that a status is treated as. */
export type TreatAs = v.InferInput<typeof treatment>

const treat = record(
  treatment,
  v.pipe(v.string(), v.regex(/^[1-9](\d\d|xx)$/, 'is not a status, such as "403" or "5xx"')),
)

/** The reason why a `/regular expression/` is invalid; undefined for a valid one, or any other pattern. */
function patternFault(pattern: string): string | undefined {
  const written = writtenExpression(pattern)
  return written && expressionFault(written)
}

const pattern = v.pipe(
  text,
  v.check(
    (written) => patternFault(written) === undefined,
    ({input}) => `is "${input}", which ${patternFault(input)}`,
  ),
)

/** A pattern that an entire URL can match. */
const urlPattern = v.pipe(
  pattern,
  v.check(
    (written) => writtenExpression(written) !== undefined || /^\*|^h[tps]*\*|^https?:\/\//i.test(written),
    ({input}) => `is "${input}", which matches no URL. Did you mean "*://${input.replace(/^\/\//, '')}"?`,
  ),
)

/** The host that is meant by a URL: `https://*.a.org/x` → `*.a.org`; undefined if it is not clear. */
function hostOf(written: string): string | undefined {
  const [, rest = ''] = /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/)?(.*)$/i.exec(written) ?? []
  const name = /^(?:[^/?#]*@)?([^/?#]*)/.exec(rest)![1]!
  // Names with other letters are requested in ASCII: `bücher.example` → `xn--bcher-kva.example`.
  const ascii = name.includes('*')
    ? name
    : domainToASCII(name.replace(/:\d+$/, '')) + (/:\d+$/.exec(name)?.[0] ?? '')
  return HOST.test(ascii) ? ascii : undefined
}

/** A host with a port, an address, or a pattern of them. */
const HOST = /^[a-z\d*._:[\]-]+$/i

const host = v.pipe(
  text,
  v.check(
    (name) => HOST.test(name),
    ({input}) => {
      const meant = hostOf(input)
      return `is not a host${meant === undefined ? ', such as "docs.example.com"' : `. Did you mean "${meant}"?`}`
    },
  ),
)

const header = v.pipe(v.string(), v.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header'))

const PROXY = 'must be the URL of a proxy (http: or https:), or false'

const isInTree = (folder: string) => !/^[/\\]|^[a-z]:|(?:^|[/\\])(?:\.\.|\.git)(?:[/\\]|$)/i.test(folder)

/** Settings for the hosts of one pattern. */
export const hostSchema = closed({
  /** Sent to these hosts only, over HTTPS; `${NAME}` is an environment variable that `--allow-env` allows. */
  headers: v.exactOptional(record(text, header)),
  /** The pause between two URLs. */
  delay: v.exactOptional(duration),
  /** Concurrent requests. */
  perHost: v.exactOptional(integerFrom(1)),
  /** Never request anything from these hosts. */
  skip: v.exactOptional(flag),
  /** Verdicts by HTTP status (`403`, `5xx`). */
  treat: v.exactOptional(treat),
})

/** Settings for the hosts of one pattern. */
export type HostConfig = v.InferInput<typeof hostSchema>

/** The location of the verdict cache, and the lifetimes of verdicts by state. */
export const cacheSchema = closed({
  /** A file; by default one in the user's cache folder. */
  location: v.exactOptional(text),
  alive: v.exactOptional(duration),
  redirected: v.exactOptional(duration),
  dead: v.exactOptional(duration),
  blocked: v.exactOptional(duration),
  unreachable: v.exactOptional(duration),
})

/** The location of the verdict cache, and the lifetimes of verdicts by state. */
export type CacheConfig = v.InferInput<typeof cacheSchema>

/** The `remote` part of a configuration: settings for requesting remote images and links. */
export const remoteSchema = closed({
  /** Concurrent requests in all. */
  concurrency: v.exactOptional(integerFrom(1)),
  /** Concurrent requests to one host. */
  perHost: v.exactOptional(integerFrom(1)),
  /** The time-out of a request. */
  timeout: v.exactOptional(duration),
  /** The time limit of all requests of a run; URLs that are left then are `unchecked`. */
  timeLimit: v.exactOptional(duration),
  /** The number of retries after a temporary failure. */
  retries: v.exactOptional(integerFrom(0)),
  /** The longest wait before a retry, even if a server asks for more. */
  maxWait: v.exactOptional(duration),
  /** The pause between two URLs of one host; redirects, and GET after HEAD, follow at once. */
  delay: v.exactOptional(duration),
  /** The URL or mail address in the `User-Agent` for the operators of servers. */
  contact: v.exactOptional(v.pipe(text, v.regex(/^[!-~]+$/, 'must be a URL or a mail address'))),
  /** Obey robots.txt. */
  robots: v.exactOptional(flag),
  /** Settings for hosts: `docs.example.com`, `*.example.com` or `example.com:8080`; later ones win. */
  hosts: v.exactOptional(record(hostSchema, host)),
  /** URLs that are never requested: exact, with `*` for any characters, or a `/regular expression/`. */
  skip: v.exactOptional(v.array(urlPattern, 'must be a list of strings')),
  /** URLs to request instead: prefixes of URLs or `/regular expressions/`, and their replacements. */
  remap: v.exactOptional(record(text, pattern)),
  /** Verdicts by HTTP status (`403`, `5xx`). */
  treat: v.exactOptional(treat),
  /** Hosts and IP addresses that are requested although they are private. */
  allowPrivate: v.exactOptional(v.array(host, 'must be a list of hosts')),
  /** The URL of a proxy; `false` uses none, not even the environment's. */
  proxy: v.exactOptional(v.union([v.literal(false), v.pipe(v.string(), v.check(isHttpUrl, PROXY))], PROXY)),
  /** The location and the lifetimes of cached verdicts; `false` disables the cache. */
  cache: v.exactOptional(v.union([v.literal(false), cacheSchema], 'must be false or an object')),
  /** The folder for `--localize-images`, from the root of the tree. */
  assets: v.exactOptional(v.pipe(text, v.check(isInTree, 'must be a folder within the tree'))),
  /** The time, from its first occurrence, for which a failure is only a warning. */
  failFor: v.exactOptional(duration),
})

/** Settings for requesting remote images and links, as written in a configuration. */
export type RemoteConfig = v.InferInput<typeof remoteSchema>
