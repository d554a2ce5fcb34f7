import {UserError} from '../errors/errors.ts'
import {RunErrors} from '../errors/run-errors.ts'
import type {Link, Page} from '../page/types.ts'
import {doubtWords} from '../site/doubts.ts'
import type {Resolution} from '../site/types.ts'
import {pointAt} from '../text/lines.ts'
import {withoutCredentials} from '../text/safe.ts'
import {readPages} from './read-pages.ts'
import type {CheckInput, IncludedParts, ReadPages} from './types.ts'

/** A copy in which strings contain no user names and passwords. */
const redacted = (facts: object): object =>
  JSON.parse(
    JSON.stringify(facts, (_key, value) => (typeof value === 'string' ? withoutCredentials(value) : value)),
  )

/**
 * The facts of one page as plain JSON, with positions as `line:column`, both from 1.
 *
 * @throws {@link UserError} for a page that cannot be read
 */
export async function inspect(input: CheckInput, path: string): Promise<object> {
  const errors = new RunErrors()
  const {results, included, sites, view} = await readPages({...input, files: [path]}, errors)
  const {page, unreadable} = results[0]!
  if (!page) throw new UserError(`${path}: ${unreadable ?? errors.on(path).join('; ')}`)
  const site = sites.of(path)
  const at = (offset: number) => {
    const {line, column} = pointAt(page.lines, offset)
    return `${line}:${column}`
  }
  const inOthers = included.get(results[0]!)
  const resolve = resolverOf(page, inOthers, view)
  const anchors = site.anchorsOf(page)
  const facts = redacted({
    path,
    site: {platform: site.platform, root: site.root || '.', why: site.why},
    urls: site.urlsOf(path),
    ...(inOthers && {includedIn: inOthers.parts.map((part) => part.path)}),
    frontMatter: page.frontMatter && {
      kind: page.frontMatter.kind,
      data: page.frontMatter.data,
      problems: page.frontMatter.problems.map(({message, start}) => ({at: at(start), message})),
    },
    anchors: {
      ids: [...anchors.ids],
      ...(anchors.doubts.length > 0 && {doubts: anchors.doubts.map(doubtWords)}),
    },
    headings: page.headings.map(({depth, text, start, id}) => ({
      at: at(start),
      depth,
      text,
      ...(id === undefined ? {} : {id}),
    })),
    ids: page.ids.map(({id, from, start}) => ({at: at(start), id, from})),
    definitions: page.definitions.map(({label, url, start}) => ({
      at: at(start),
      label,
      url,
    })),
    references: page.references.map(({kind, image, label, defined, start}) => ({
      at: at(start),
      kind,
      image,
      label,
      defined,
    })),
    links: page.links.map((link) => ({
      at: at(link.target.start),
      kind: link.kind,
      ...(link.tag === undefined ? {} : {tag: link.tag}),
      url: link.url,
      leads: resolve(link),
    })),
  })
  const [error] = errors.unexpected
  if (error) throw error
  return facts
}

/** Resolve links as the page has them; or, if only others show its text, as the first of these has them. */
function resolverOf(
  page: Page,
  inOthers: IncludedParts | undefined,
  view: ReadPages['view'],
): (link: Link) => Resolution {
  const own = view(page)
  const [first] = inOthers?.parts ?? []
  if (!first?.page || inOthers?.rest === page) return (link) => own.resolve(link)
  const other = view(first.page)
  return (link) => (link.kind === 'include' ? own.resolve(link) : other.resolve({...link}))
}
