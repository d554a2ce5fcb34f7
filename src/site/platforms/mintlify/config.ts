import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {isHttpUrl} from '../../../text/urls.ts'
import type {SiteContext} from '../../platform.ts'
import {readValue, record, strings} from '../../shared/data.ts'
import {ListedPages} from '../../shared/listed-pages.ts'

/** A file, or URL, that describes an API, and the folder of the pages that Mintlify generates from it. */
export interface ApiSource {
  kind: 'openapi' | 'asyncapi' | 'graphql' | 'sdk'
  source: string
  directory: string
}

/** The parts of a configuration that links depend on. */
export interface MintlifyConfig {
  /** The URL of the site without a trailing slash. */
  home: string | undefined
  sources: readonly ApiSource[]
  listed: ListedPages
}

/** The folders of generated pages, unless the configuration names others. */
const DIRECTORIES = {
  openapi: 'api-reference',
  asyncapi: 'api-reference',
  graphql: 'graphql-reference',
  sdk: 'sdk-reference',
} as const satisfies Record<ApiSource['kind'], string>

const KINDS = Object.keys(DIRECTORIES) as ApiSource['kind'][]

/** Parts of a configuration are not nested deeper. */
const DEEPEST = 30

/** More references than the parts of a configuration need. */
const MOST_REFERENCES = 500

/** Read a configuration with the files that it refers to. */
export async function readMintlify(ctx: SiteContext): Promise<MintlifyConfig> {
  const {root} = ctx.marker
  const files = ['docs.json', 'mint.json'].map((name) => joinPath(root, name))
  const file = ctx.marker.file ?? files.find((each) => ctx.lookup.isFile(each)) ?? files[0]!
  const config = record(
    await withReferences(ctx, await readValue(ctx, file), [file], {left: MOST_REFERENCES}),
  )
  const metatags = record(record(config.seo).metatags ?? config.metadata)
  const sources: ApiSource[] = []
  const listed = new Set<string>()
  for (const key of ['navigation', 'tabs', 'anchors', 'api', 'openapi', 'asyncapi'])
    walk(key === 'navigation' || key === 'api' ? config[key] : {[key]: config[key]}, sources, listed)
  return {home: homeOf(metatags.canonical), sources, listed: new ListedPages(listed)}
}

const homeOf = (url: unknown): string | undefined =>
  typeof url === 'string' && isHttpUrl(url) ? trimEnd(url, '/') : undefined

/**
 * Replace each `{"$ref": "./tabs.json"}` by the content of that file, with the other keys beside it.
 *
 * @param above The file that the value is in, after those that refer to it.
 * @param references How many of these are yet followed.
 */
async function withReferences(
  ctx: SiteContext,
  value: unknown,
  above: readonly string[],
  references: {left: number},
): Promise<unknown> {
  if (above.length > DEEPEST || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value))
    return Promise.all(value.map((item) => withReferences(ctx, item, above, references)))
  const {$ref: reference, ...others} = value as Record<string, unknown>
  const entries = Object.entries(others).map(async ([key, item]) => [
    key,
    await withReferences(ctx, item, above, references),
  ])
  const own = Object.fromEntries(await Promise.all(entries))
  if (typeof reference !== 'string') return own
  const named = joinPath(folderOf(above.at(-1)!), reference)
  if (isAbove(named) || above.includes(named) || !ctx.lookup.isFile(named) || references.left-- <= 0)
    return own
  const found = await withReferences(ctx, await readValue(ctx, named), [...above, named], references)
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? {...found, ...own} : found
}

/** The name of an operation in a list of pages: `GET /users`, `openapi.json GET /users`. */
const OPERATION = /^(?:\S+\s+)?(?:get|put|post|delete|options|head|patch|trace|webhook)\s+\S+$/i

/** Collect the API sources and pages in a part of the navigation. */
function walk(value: unknown, sources: ApiSource[], listed: Set<string>, depth = 0): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === 'string') addPage(item, listed)
      else walk(item, sources, listed, depth + 1)
    return
  }
  const data = value as Record<string, unknown>
  for (const kind of KINDS) sources.push(...sourcesOf(kind, data[kind], data.url))
  for (const [key, item] of Object.entries(data))
    if (!Object.hasOwn(DIRECTORIES, key)) walk(item, sources, listed, depth + 1)
}

function addPage(item: string, listed: Set<string>): void {
  if (!OPERATION.test(item.trim())) listed.add(joinPath('', item.replace(/^\/+|\.mdx?$/g, '')))
}

/**
 * The sources that a value names.
 *
 * @param url That of the tab or anchor in a `mint.json`, below which its pages are.
 */
function sourcesOf(kind: ApiSource['kind'], value: unknown, url: unknown): ApiSource[] {
  const ofTab = typeof url === 'string' && !/^\w+:/.test(url) ? url : undefined
  const byDefault = [DIRECTORIES[kind], ...(ofTab === undefined ? [] : [ofTab])]
  return (Array.isArray(value) ? value : [value]).flatMap((item): ApiSource[] => {
    const {source, schema, directory} = record(item)
    const directories = typeof directory === 'string' ? [directory] : byDefault
    return strings([typeof item === 'string' ? item : (source ?? schema)]).flatMap((each) =>
      directories.map((folder) => ({
        kind,
        source: each,
        directory: joinPath('', folder.replace(/^\/+/, '')),
      })),
    )
  })
}
