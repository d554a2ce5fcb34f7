import {joinPath} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record, records, strings} from '../../shared/data.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** Read a description of an API; undefined if it is none, or cannot be read. */
export async function readSpecification(
  ctx: Pick<SiteContext, 'tree'>,
  file: string,
): Promise<Record<string, unknown> | undefined> {
  const found = await readData({tree: ctx.tree}, file)
  return Object.keys(found).length === 0 ? undefined : found
}

/** The routes of the pages for the operations and webhooks of an OpenAPI file. */
export function operationRoutes(specification: Record<string, unknown>, directory: string): string[] {
  const routes = new Routes(specification, directory)
  for (const [path, item] of Object.entries(record(specification.paths)))
    routes.add(item, (method) => `${method}-${fileNameOf(path)}`)
  for (const [name, item] of Object.entries(record(specification.webhooks)))
    routes.add(item, () => fileNameOf(name))
  return routes.found
}

class Routes {
  readonly found: string[] = []
  readonly #directory: string
  readonly #groupOfTag: ReadonlyMap<string, string>
  /** The routes in each group of the navigation, in which those that are equal get numbers. */
  readonly #groups = new Map<string, Set<string>>()

  constructor(specification: Record<string, unknown>, directory: string) {
    this.#directory = directory
    this.#groupOfTag = new Map(
      records(specification.tags).flatMap((tag) =>
        typeof tag.name === 'string' && typeof tag['x-group'] === 'string'
          ? [[tag.name, tag['x-group']] as const]
          : [],
      ),
    )
  }

  /** @param nameOf The name of the page of an operation without a summary, by its method. */
  add(item: unknown, nameOf: (method: string) => string): void {
    const operations = record(item)
    for (const method of METHODS)
      if (method in operations) this.#addOperation(record(operations[method]), nameOf(method))
  }

  #addOperation(operation: Record<string, unknown>, otherwise: string): void {
    if (operation['x-excluded']) return
    const [tag] = strings(operation.tags)
    const {href} = record(operation['x-mint'])
    const summary = typeof operation.summary === 'string' ? fileNameOf(operation.summary) : undefined
    const base =
      typeof href === 'string' && href !== ''
        ? joinPath('', href.replace(/^\/+/, ''))
        : joinPath(this.#directory, joinPath(tag === undefined ? '' : fileNameOf(tag), summary || otherwise))
    const group = tag === undefined ? '' : (this.#groupOfTag.get(tag) ?? tag)
    const routes = this.#groups.get(group) ?? new Set<string>()
    this.#groups.set(group, routes)
    let route = base
    for (let number = 1; routes.has(route); number++) route = `${base}-${number}`
    if (!operation['x-hidden']) routes.add(route.toLowerCase())
    this.found.push(route.toLowerCase())
  }
}

/** `prepareStringToBeValidFilename` of `@mintlify/common`: `Get user (v2)` → `get-user-v2`. */
const fileNameOf = (text: string): string =>
  text
    .replaceAll(' ', '-')
    .replace(/\{[^{}\n]*\}/g, '-')
    .replace(/^-/, '')
    .replace(/-$/, '')
    .replace(/[{}(),.'\n/]/g, '')
    .replaceAll('--', '-')
    .toLowerCase()
