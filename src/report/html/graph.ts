import {folderOf, isAbove} from '../../text/paths.ts'
import {withoutCredentials} from '../../text/safe.ts'
import type {Report} from '../report.ts'

/** One dot of the picture of links. */
export interface Dot {
  path: string
  /** `unchecked`: a page that the run did not report on, or the baseline; `missing`: what broken links were meant to lead to. */
  kind: 'page' | 'orphan' | 'unchecked' | 'missing'
  /** How many other pages link to it, and to how many other dots it links. */
  in: number
  out: number
  errors: number
  warnings: number
  infos: number
}

/** Pages and the links between them; dots of the report's pages come first, in their order. */
export interface Graph {
  dots: Dot[]
  /** Each pair of dots once; `broken` where a finding stands on one of its links. */
  links: {from: number; to: number; broken: boolean}[]
}

/** Pages that menus and servers lead to, so that no link has to. */
const ENTRY = /(?:^|\/)(?:_?index|readme|home|summary|_sidebar|_navbar|_?toc|404)\.\w+$/i

/** Make the graph of a report's pages out of where their links lead. */
export function graphOf({pages, files, view}: Report): Graph {
  const dots: Dot[] = pages.map(({path, isBaseline}, index) => ({
    ...newDot(path, isBaseline ? 'unchecked' : 'page'),
    ...weigh(files[index]!.messages),
  }))
  const byPath = new Map(dots.map(({path}, index) => [path, index]))
  const missing = new Map<string, number>()
  const dotFor = (known: Map<string, number>, path: string, kind: Dot['kind']) => {
    let index = known.get(path)
    if (index === undefined) {
      index = dots.push(newDot(path, kind)) - 1
      known.set(path, index)
    }
    return index
  }
  const links: Graph['links'] = []
  for (const [from, {page}] of pages.entries()) {
    if (!page) continue
    const {resolve} = view(page)
    // What no rule reports is not broken: the user said so.
    const reported = new Set(
      files[from]!.messages.filter(({target}) => target?.file !== undefined).map(({place}) =>
        offsetOf(place),
      ),
    )
    const own = new Map<number, Graph['links'][number]>()
    for (const link of page.links) {
      const found = resolve(link)
      const broken = reported.has(link.target.start)
      let to: number
      if (found.to === 'page') to = dotFor(byPath, found.path, 'unchecked')
      else if (found.to === 'missing' && broken)
        to = dotFor(missing, withoutCredentials(found.path), 'missing')
      else continue
      if (to === from) continue
      const known = own.get(to)
      if (known) known.broken ||= broken
      else own.set(to, {from, to, broken})
    }
    for (const link of own.values()) {
      links.push(link)
      dots[from]!.out++
      dots[link.to]!.in++
    }
  }
  for (const dot of dots)
    if (dot.kind === 'page' && dot.in === 0 && !ENTRY.test(dot.path)) dot.kind = 'orphan'
  return {dots, links}
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

function weigh(messages: Report['files'][number]['messages']): Pick<Dot, 'errors' | 'warnings' | 'infos'> {
  const found = {errors: 0, warnings: 0, infos: 0}
  for (const {fatal} of messages) found[fatal ? 'errors' : fatal === false ? 'warnings' : 'infos']++
  return found
}

type Place = Report['files'][number]['messages'][number]['place']

/** Where a message's place begins. */
const offsetOf = (place: Place) => (place && ('start' in place ? place.start : place).offset) ?? -1

/** The folder that a dot is drawn in. */
export const folderOfDot = ({path, kind}: Dot): string => {
  const folder = folderOf(path)
  return kind === 'missing' && isAbove(folder) ? '' : folder
}
