import type {Doubt} from './doubts.ts'
import type {SiteDescription} from './platform.ts'
import {doubted} from './shared/doubted.ts'
import type {SiteAnswers} from './types.ts'

/** A site of which nothing is certain, for one reason: its own links have to bear out what is missing. */
export function asDoubted(site: SiteDescription, doubt: Doubt): SiteDescription {
  const change = ({resolve, anchorsOf}: SiteAnswers): Partial<SiteAnswers> => ({
    resolve: (link, from) => doubted(resolve(link, from), doubt),
    anchorsOf: (page) => {
      const anchors = anchorsOf(page)
      return {...anchors, doubts: [doubt, ...anchors.doubts]}
    },
  })
  return {
    ...site,
    publish: (pages) => {
      const answers = site.publish(pages)
      return {...answers, ...change(answers)}
    },
  }
}
