import type {Doubt} from './doubts.ts'
import type {SiteDescription} from './platform.ts'
import {doubted} from './shared/doubted.ts'
import type {Anchors, SiteAnswers} from './types.ts'

/** A site of which nothing is certain, for one reason: its own links have to bear out what is missing. */
export function asDoubted(site: SiteDescription, doubt: Doubt): SiteDescription {
  const change = ({resolve, anchorsOf}: SiteAnswers): Partial<SiteAnswers> => ({
    resolve: (link, from) => doubted(resolve(link, from), doubt),
    anchorsOf: (page) => withDoubt(anchorsOf(page), doubt),
  })
  return {
    ...site,
    publish: (pages) => {
      const answers = site.publish(pages)
      return {...answers, ...change(answers)}
    },
  }
}

/** Anchors with a doubt about all fragments, once. */
export const withDoubt = (anchors: Anchors, doubt: Doubt): Anchors =>
  anchors.doubts.some(({reason, about}) => reason === doubt.reason && about === doubt.about)
    ? anchors
    : {...anchors, doubts: [doubt, ...anchors.doubts]}
