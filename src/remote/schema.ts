import * as v from 'valibot'
import {closed, flag, integerFrom, oneOf, record, text, texts} from '../data/schema.ts'
import {expressionFault, writtenExpression} from '../pattern/wildcard.ts'

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

const header = v.pipe(v.string(), v.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header'))

const isProxy = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
const PROXY = 'must be the URL of a proxy (http: or https:), or false'

const isInTree = (folder: string) => !/^[/\\]|^[a-z]:|(?:^|[/\\])(?:\.\.|\.git)(?:[/\\]|$)/i.test(folder)

/** Settings for the hosts of one pattern. */
export const hostSchema = closed({
  /** Sent to these hosts only, over HTTPS only; `${NAME}` is a variable of the environment that `--allow-env` allows. */
  headers: v.exactOptional(record(text, header)),
  /** The pause between two addresses. */
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
  /** How long each request may take. */
  timeout: v.exactOptional(duration),
  /** How long all requests of a run may take; addresses that are left then are not checked. */
  timeLimit: v.exactOptional(duration),
  /** How often a temporary failure is retried. */
  retries: v.exactOptional(integerFrom(0)),
  /** The longest wait before a retry, even if a server asks for more. */
  maxWait: v.exactOptional(duration),
  /** The pause between two addresses of one host; redirects, and GET after HEAD, follow at once. */
  delay: v.exactOptional(duration),
  /** Where people can complain, for the `User-Agent`. */
  contact: v.exactOptional(v.pipe(text, v.regex(/^[!-~]+$/, 'must be a URL or a mail address'))),
  /** Obey robots.txt, like a crawler. */
  robots: v.exactOptional(flag),
  /** Settings for hosts: `docs.example.com`, `*.example.com` or `example.com:8080`; later ones win. */
  hosts: v.exactOptional(record(hostSchema)),
  /** Addresses that are never requested: as written, with `*` for any characters, or a `/regular expression/`. */
  skip: v.exactOptional(v.array(pattern, 'must be a list of strings')),
  /** Request another address instead: prefixes of addresses, or `/regular expressions/`, and their replacements. */
  remap: v.exactOptional(record(text, pattern)),
  /** Verdicts by HTTP status (`403`, `5xx`). */
  treat: v.exactOptional(treat),
  /** Hosts or addresses that may be requested although they are private. */
  allowPrivate: v.exactOptional(texts),
  /** A proxy's address; `false` uses none, not even that of the environment. */
  proxy: v.exactOptional(v.union([v.literal(false), v.pipe(v.string(), v.check(isProxy, PROXY))], PROXY)),
  /** Where verdicts are cached and for how long; `false` caches none. */
  cache: v.exactOptional(v.union([v.literal(false), cacheSchema], 'must be false or an object')),
  /** The folder for `--localize-images`, from the root of the tree. */
  assets: v.exactOptional(v.pipe(text, v.check(isInTree, 'must be a folder within the tree'))),
  /** How long a failure is only a warning, counted from when it was first seen. */
  failFor: v.exactOptional(duration),
})

/** Settings for requesting remote images and links, as written in a configuration. */
export type RemoteConfig = v.InferInput<typeof remoteSchema>
