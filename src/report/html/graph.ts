import type {Page} from '../../page/types.ts'
import {folderOf, isAbove} from '../../text/paths.ts'
import {withoutCredentials} from '../../text/safe.ts'
import {severityOf} from '../finding-message.ts'
import type {Report} from '../report.ts'

/** A node of the link graph, shown as a dot. */
export interface Dot {
  path: string
  /** `unchecked`: a page that is not part of the report, or the baseline; `missing`: the target of broken links. */
  kind: 'page' | 'orphan' | 'unchecked' | 'missing'
  /** The number of other pages that link to it, and of other dots that it links to. */
  in: number
  out: number
  errors: number
  warnings: number
  infos: number
}

/** The link from one dot to another; `broken` if a finding is about one of the links between them. */
export interface GraphLink {
  from: number
  to: number
  broken: boolean
}

/** Pages and the links between them; the dots of the report's pages come first, in their order. */
export interface Graph {
  dots: Dot[]
  /** At most one from each dot to each other. */
  links: GraphLink[]
}

/** Pages that are reached through menus and servers, so that no link has to lead to them. */
const ENTRY = /(?:^|\/)(?:_?index|readme|home|summary|_sidebar|_navbar|_?toc|404)\.\w+$/i

/** The link graph of a report's pages. */
export function graphOf({pages, files, view}: Report): Graph {
  const dots = new DotIndex(
    pages.map(({path, isBaseline}, index) => ({
      ...newDot(path, isBaseline ? 'unchecked' : 'page'),
      ...countSeverities(files[index]!.messages),
    })),
  )
  const links = pages.flatMap(({page}, from) =>
    page ? linksOf(page, from, {resolve: view(page).resolve, messages: files[from]!.messages, dots}) : [],
  )
  for (const {from, to} of links) {
    dots.all[from]!.out++
    dots.all[to]!.in++
  }
  for (const dot of dots.all)
    if (dot.kind === 'page' && dot.in === 0 && !ENTRY.test(dot.path)) dot.kind = 'orphan'
  return {dots: dots.all, links}
}

/** Dots by path; a missing target is a dot of its own beside a page of the same path. */
class DotIndex {
  readonly all: Dot[]
  readonly #pages: Map<string, number>
  readonly #missing = new Map<string, number>()

  constructor(dots: Dot[]) {
    this.all = dots
    this.#pages = new Map(dots.map(({path}, index) => [path, index]))
  }

  /** The index of a page; one that the report does not contain is added. */
  page(path: string): number {
    return this.#find(this.#pages, path, 'unchecked')
  }

  missing(path: string): number {
    return this.#find(this.#missing, path, 'missing')
  }

  #find(known: Map<string, number>, path: string, kind: Dot['kind']): number {
    let index = known.get(path)
    if (index === undefined) {
      index = this.all.push(newDot(path, kind)) - 1
      known.set(path, index)
    }
    return index
  }
}

type Messages = Report['files'][number]['messages']

/** The links of a page to other dots. */
function linksOf(
  page: Page,
  from: number,
  {
    resolve,
    messages,
    dots,
  }: {
    resolve: ReturnType<Report['view']>['resolve']
    messages: Messages
    dots: DotIndex
  },
): GraphLink[] {
  // A broken link without a finding was accepted by the user.
  const reported = new Set(
    messages.filter(({target}) => target?.file !== undefined).map(({place}) => offsetOf(place)),
  )
  const links = new Map<number, GraphLink>()
  for (const link of page.links) {
    const resolution = resolve(link)
    const broken = reported.has(link.target.start)
    let to = from
    if (resolution.to === 'page') to = dots.page(resolution.path)
    else if (resolution.to === 'missing' && broken) to = dots.missing(withoutCredentials(resolution.path))
    if (to === from) continue
    const known = links.get(to)
    if (known) known.broken ||= broken
    else links.set(to, {from, to, broken})
  }
  return [...links.values()]
}

const newDot = (path: string, kind: Dot['kind']): Dot => ({
  path,
  kind,
  in: 0,
  out: 0,
  errors: 0,
  warnings: 0,
  infos: 0,
})

function countSeverities(messages: Messages): Pick<Dot, 'errors' | 'warnings' | 'infos'> {
  const counts = {errors: 0, warnings: 0, infos: 0}
  for (const message of messages) counts[`${severityOf(message)}s`]++
  return counts
}

/** The offset at which a message starts; -1 for one without a position. */
const offsetOf = (place: Messages[number]['place']) =>
  (place && ('start' in place ? place.start : place).offset) ?? -1

/** The folder whose circle contains a dot. */
export const folderOfDot = ({path, kind}: Dot): string => {
  const folder = folderOf(path)
  return kind === 'missing' && isAbove(folder) ? '' : folder
}
