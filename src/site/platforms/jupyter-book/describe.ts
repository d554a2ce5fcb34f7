import {patternOf} from '../../../page/pattern.ts'
import type {Page} from '../../../page/types.ts'
import {isBelow} from '../../../text/paths.ts'
import {decodePercent} from '../../../text/urls.ts'
import {declaredSite} from '../../declared-site.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Anchors, Resolution, SiteAnswers} from '../../types.ts'

/** Targets, `(label)=`, and the labels of directives, code cells, math and blocks. */
const LABEL =
  /^[ \t>]*(?:[-*+][ \t]+)?(?:\([^()\n]+\)=[ \t]*$|(?:#\|[ \t]*)?:?(?:label|name):[ \t]+[^\s:][^\n]*$)|\$\$[ \t]*\([^()\n]+\)[ \t]*$|^\+\+\+[ \t]*\{.*"label".*\}[ \t]*$/gm
const NAME =
  /^(?:[ \t>]*(?:[-*+][ \t]+)?(?:\(([^()\n]+)\)=|(?:#\|[ \t]*)?:?(?:label|name):([^\n]+))|\$\$[ \t]*\(([^()\n]+)\)|\+\+\+[ \t]*\{.*"label"[ \t]*:[ \t]*("[^"\n]*"))/

/** Describe a project of mystmd: links lead to files, and `#label` to a label anywhere in the project. */
export async function describeJupyterBook(ctx: SiteContext): Promise<SiteDescription> {
  const {root} = ctx.marker
  const site = declaredSite(ctx, {
    root,
    ...ctx.marker.declared,
    platform: ctx.marker.platform,
    content: {'': '/'},
    assets: {'': '/'},
    routes: {ending: 'any', index: ['index']},
  })
  return {
    ...site,
    syntax: {opaque: [patternOf(LABEL)]},
    publish: (pages) => withLabels(site.publish(pages), ctx, pages),
  }
}

const normalized = (label: string) => label.trim().replace(/\s+/g, ' ').toLowerCase()

/** The labels that a page defines, without letter case. */
const labelsOf = ({opaqueContent}: Page): string[] =>
  opaqueContent.flatMap((code) => {
    const [, ...forms] = NAME.exec(code) ?? []
    const label = forms.find((form) => form !== undefined)
    return label === undefined ? [] : normalized(label.trim().replace(/^["']|["']$/g, ''))
  })

/** A relative path to a page: mystmd looks for the file itself, which nothing else makes. */
const PAGE_FILE = /^(?![a-z][a-z\d+.-]*:|\/)[^?#]*\.md(?:[?#]|$)/i

/** A page file that is missing is so for certain, whatever else the site publishes. */
const certainOf = (url: string, found: Resolution): Resolution =>
  found.to === 'unknown' &&
  found.doubt.reason === 'incomplete-description' &&
  found.otherwise?.to === 'missing' &&
  PAGE_FILE.test(url)
    ? found.otherwise
    : found

function withLabels(answers: SiteAnswers, ctx: SiteContext, {page}: PageSource): SiteAnswers {
  let labels: Map<string, string> | undefined
  const collect = () => {
    const files = [...ctx.tree.files].filter((file) => isBelow(file, ctx.marker.root) && ctx.isPage(file))
    return new Map(
      files.flatMap((file) => (page(file) ? labelsOf(page(file)!) : []).map((each) => [each, file])),
    )
  }
  const anchorsOf = (each: Page): Anchors => {
    const anchors = answers.anchorsOf(each)
    const own = new Set(labelsOf(each))
    return {
      ...anchors,
      ids: new Set([...anchors.ids, ...own]),
      has: (fragment) => anchors.has(fragment) || own.has(normalized(fragment)),
      // A label adds no other ids.
      doubts: anchors.doubts.filter(({about = ''}) => !NAME.test(about)),
    }
  }
  return {
    ...answers,
    resolve: (link, from) => {
      const name = link.url.startsWith('#') ? decodePercent(link.url.slice(1)) : ''
      if (name === '') return certainOf(link.url, answers.resolve(link, from))
      labels ??= collect()
      const file = labels.get(normalized(name))
      return file === undefined || file === from ? answers.resolve(link, from) : fileAt(ctx, file, name)
    },
    anchorsOf,
  }
}
