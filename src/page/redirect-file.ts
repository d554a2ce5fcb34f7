import {NotPlainError, refuseDeepText} from '../data/plain.ts'
import {redirectEntries} from '../redirects/data.ts'
import {isRedirectModule} from '../redirects/file-names.ts'
import {redirectLines} from '../redirects/lines.ts'
import type {RedirectLimits} from '../redirects/types.ts'
import {nameOf} from '../text/paths.ts'
import type {Span} from '../text/span.ts'
import {emptyPage} from './empty-page.ts'
import {readJson} from './front-matter/json.ts'
import {literalAt} from './front-matter/links.ts'
import type {FrontMatterReader} from './front-matter/reader.ts'
import {pointerTo} from './front-matter/reader.ts'
import {readToml} from './front-matter/toml.ts'
import type {FrontMatter} from './front-matter/types.ts'
import {readYaml} from './front-matter/yaml.ts'
import {destinationsInCode, destinationsInModule} from './redirect-code.ts'
import type {Link, Page} from './types.ts'

/** Larger files are not read, unless they are JSON. */
const LARGEST = 1_000_000

/** Placeholders for parts of the requested path: `:name`, `:1`, `a:splat`, `$1`, `*`, `[slug]`. */
const PLACEHOLDER = /(?:^|[/.-]):\w|:splat\b|\$\w|\*|[[\]{}<>]/

/** The destination of a redirect, and where it is written. */
interface Destination {
  url: string
  span: Span
}

/**
 * Read a file with redirects as a page whose only content are their destinations. Those that stand for the destinations
 * of several paths are left out, as are rewrites, which functions of the host may answer.
 */
export function readRedirectFile(path: string, source: string): Page {
  const links = [...destinationsIn(nameOf(path), source)].map(
    ({url, span}): Link => ({...span, url, target: span, kind: 'redirect'}),
  )
  return {...emptyPage(path, source), links: links.filter(({url}) => url !== '' && !PLACEHOLDER.test(url))}
}

function* destinationsIn(name: string, source: string): Generator<Destination> {
  if (name === '_redirects')
    for (const {to, limits, span} of redirectLines(source)) yield* destinationOf(to, limits, span)
  else if (/\.[cm]?[jt]s$/.test(name)) yield* destinationsOfCode(name, source)
  else if (source.includes('redirect')) yield* destinationsInData(name, source)
}

function* destinationsOfCode(name: string, source: string): Generator<Destination> {
  if (source.length > LARGEST) return
  const strings = isRedirectModule(name) ? destinationsInModule(source) : destinationsInCode(source)
  for (const {value, span} of strings) yield {url: value, span}
}

function* destinationOf(to: string, {isRewrite}: RedirectLimits, span: Span): Generator<Destination> {
  if (!isRewrite) yield {url: to, span}
}

const READERS: readonly [extension: RegExp, kind: FrontMatter['kind'], read: FrontMatterReader][] = [
  [/\.json$/, 'json', readJson],
  [/\.toml$/, 'toml', readToml],
  [/\.ya?ml$/, 'yaml', readYaml],
]

function* destinationsInData(name: string, source: string): Generator<Destination> {
  const reader = READERS.find(([extension]) => extension.test(name))
  if (!reader || (source.length > LARGEST && reader[1] !== 'json')) return
  const [, kind, read] = reader
  const found: FrontMatter = {kind, start: 0, end: source.length, places: {}, problems: []}
  try {
    if (kind !== 'yaml') refuseDeepText(source)
    read(source, 0, found, true)
  } catch (error) {
    // Its site tells about it.
    if (error instanceof NotPlainError || error instanceof RangeError) return
    throw error
  }
  for (const {to, limits, at} of redirectEntries(name, found.data)) {
    const span = to === undefined ? undefined : literalAt(source, found, pointerTo(at), to)
    if (span) yield* destinationOf(to!, limits, span)
  }
}
