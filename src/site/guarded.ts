import {type Doubt, doubt} from './doubts.ts'
import type {SiteDescription, TreeContext} from './platform.ts'
import type {Anchors, Resolution, SiteAnswers} from './types.ts'

const BUG = doubt('bug')
const UNKNOWN: Resolution = {to: 'unknown', doubt: BUG}

/** The anchors of a page about which nothing is known: every fragment may exist. */
export const unknownAnchors = (why: Doubt): Anchors => ({
  has: () => true,
  ids: new Set(),
  ofHeadings: [],
  idOf: () => undefined,
  doubts: [why],
})

/** The answers of a site about which nothing is known. */
const NO_ANSWERS: SiteAnswers = {
  urlsOf: () => [],
  resolve: () => UNKNOWN,
  anchorsOf: () => unknownAnchors(BUG),
}

/**
 * Isolate the errors of a site: if it throws, the error is reported for the page in question, and the answer is
 * unknown.
 *
 * @param fail Called with each error; without it, errors are thrown.
 */
export function guarded(description: SiteDescription, fail: TreeContext['fail']): SiteDescription {
  if (!fail) return description
  const name = `${description.platform} site ${description.root || '.'}`
  const guard = <T>(path: string, what: string, answer: () => T, otherwise: T): T => {
    try {
      return answer()
    } catch (error) {
      fail(path, `${what} on ${path || '.'} (${name})`, error)
      return otherwise
    }
  }
  return {
    ...description,
    ...(description.owns && {
      owns: (path) => guard(path, 'publishing', () => description.owns!(path), false),
    }),
    publish: (pages) => {
      const publish = () => description.publish(pages)
      const answers = guard(description.root, 'publishing', publish, NO_ANSWERS)
      return {
        urlsOf: (path) => guard(path, 'URLs', () => answers.urlsOf(path), []),
        resolve: (link, from) => guard(from, 'links', () => answers.resolve(link, from), UNKNOWN),
        anchorsOf: (page) => guard(page.path, 'anchors', () => answers.anchorsOf(page), unknownAnchors(BUG)),
        ...(answers.include && {
          include: (link, from) => guard(from, 'includes', () => answers.include!(link, from), UNKNOWN),
        }),
        ...(answers.writeLink && {
          writeLink: (to, like, from) =>
            guard(from, 'links', () => answers.writeLink!(to, like, from), undefined),
        }),
        ...(answers.writeWhole && {
          writeWhole: (to, like, kind) =>
            guard(to, 'links', () => answers.writeWhole!(to, like, kind), undefined),
        }),
        ...(answers.references && {
          references: (page) => guard(page.path, 'references', () => answers.references!(page), BUG),
        }),
        ...(answers.definitions && {
          definitions: (page) => guard(page.path, 'definitions', () => answers.definitions!(page), BUG),
        }),
      }
    },
  }
}
