import type {Page} from '../../../page/types.ts'
import {aboutSlugs, makeAnchors} from '../../shared/anchors.ts'
import {record} from '../../shared/data.ts'
import {shownPage} from '../../shared/shown-page.ts'
import {idsOfComponents} from '../../shared/vue/component-ids.ts'
import {oddHeadings} from '../../shared/vue/odd-headings.ts'
import type {Anchors, SiteLink} from '../../types.ts'
import type {VuepressContext} from './context.ts'
import {SLUGS, vuepressIds} from './heading-ids.ts'
import {resolveVuepressInclude} from './includes.ts'
import {resolveLink} from './links.ts'

/** Ids of the themes, of comments and of footnotes; and the places in slides, `#/2/1`. */
const THEME_IDS =
  /^(?:app|main-title|main-content|navbar|sidebar|comments?|docsearch.*|fn(?:ref)?\d.*|footnote-?(?:ref-?)?\d.*|(?:vp|markdown|hope)-.*|\/.*)$/

/** Pages that redirect to another one are followed this far. */
const MOST_REDIRECTS = 5

/** The anchors of a page, and of the page that its front matter redirects to, since that redirect keeps the fragment. */
export function vuepressAnchors(context: VuepressContext, page: Page): Anchors {
  const own = anchorsOfPage(context, page)
  const next = redirectsOf(context, page)
  if (next.length === 0) return own
  const all = [own, ...next.map((each) => anchorsOfPage(context, each))]
  return {
    ...own,
    ids: new Set(all.flatMap(({ids}) => [...ids])),
    has: (fragment) => all.some((each) => each.has(fragment)),
    doubts: all.flatMap(({doubts}) => doubts),
  }
}

/** The pages that a page leads to by `redirectTo`, one after the other (`handleRedirectTo` of `@vuepress/plugin-redirect`). */
function redirectsOf(context: VuepressContext, page: Page): Page[] {
  const found: Page[] = []
  let last = page
  while (found.length < MOST_REDIRECTS) {
    const {redirectTo: url} = record(last.frontMatter?.data)
    const to =
      typeof url === 'string' ? resolveLink(context, {url, kind: 'front-matter'}, last.path) : undefined
    const next = to?.to === 'page' ? context.page(to.path) : undefined
    if (!next || next === page || found.includes(next)) break
    found.push(next)
    last = next
  }
  return found
}

function anchorsOfPage(context: VuepressContext, page: Page): Anchors {
  const {config, otherIds} = context
  const include = (link: SiteLink, from: string) => resolveVuepressInclude(context, link, from)
  const {pages, headings, ids: written, doubts, isPartial, ofOwn} = shownPage(page, {...context, include})
  const {hasId, versions, attributes} = config
  const forms = attributes === undefined ? [true, false] : [attributes]
  const ofHeadings = versions.flatMap((version) =>
    forms.flatMap((each) =>
      [true, false].map((withoutEmoji) =>
        vuepressIds(headings, {version, attributes: each, withoutEmoji, hasId}),
      ),
    ),
  )
  const components = pages.flatMap((each) => idsOfComponents(context.components, each))
  const ofAuthor = written.filter(({from}) => from === 'html' || attributes !== false)
  const ids = new Set([
    ...ofHeadings.flat(),
    ...ofAuthor.map(({id}) => id),
    ...components.flatMap((each) => each.ids),
  ])
  const [first = []] = ofHeadings
  return makeAnchors({
    ofHeadings: ofOwn(first),
    ids,
    idOf: SLUGS[versions[0]!],
    alsoHas: (fragment) => THEME_IDS.test(fragment) || (isPartial && ids.has(fragment.replace(/-\d+$/, ''))),
    doubts: [
      ...(config.otherSlugs ? aboutSlugs(headings, config.otherSlugs) : []),
      ...otherIds,
      ...doubts,
      ...components.flatMap(({doubt}) => doubt ?? []),
      ...oddHeadings(headings),
    ],
  })
}
