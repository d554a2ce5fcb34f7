/**
 * Reports text that was meant as a link but is shown with its brackets, misspelled schemes, and links without a
 * URL.
 *
 * Brackets and parentheses are common in prose: they count as a link only if what is between them is a URL or leads to
 * a file or page that exists.
 *
 * @example ok
 * [Install](<set up.md>), [a] (b), [site](https://example.org)
 *
 * @example not ok `page.md` with a file `set up.md` beside it
 * [Install](set up.md)
 * ^ 1:1-1:21 Unexpected space in the destination `set up.md`, expected `<set up.md>`
 *
 * @example not ok
 * [Site] (https://example.org), (site)[https://example.org]
 * ^ 1:1-1:29 Unexpected space between the text and the destination of a link, expected `[Site](https://example.org)`
 * ^ 1:31-1:58 Unexpected reversed link, expected `[site](https://example.org)`
 *
 * @example not ok
 * [Site](htps://example.org), [guide]()
 * ^ 1:8-1:26 Unexpected scheme in `htps://example.org`, expected `https://example.org`
 * ^ 1:29-1:38 Unexpected link or image without a URL
 */
import type {MisspelledLink} from '../src/page/misspelled-link.ts'
import type {Link} from '../src/page/types.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import type {Finding, SiteView} from '../src/rule/types.ts'
import {isOnlyForReaders} from '../src/site/host-variants.ts'
import {correctUrl} from '../src/text/misspelled-url.ts'
import type {Span} from '../src/text/span.ts'
import {encodePath, isAsRead, queryAndHashOf, withoutQuery} from '../src/text/urls.ts'

export default defineRule(
  {name: 'no-malformed-link', needs: 'site', severity: 'error', fixable: true, options: {}},
  (page, {report, site}) => {
    for (const link of page.links) {
      const finding = isEmptyElement(link) ? withoutUrl(link) : misspelledScheme(link, site)
      if (finding) report(finding)
    }
    for (const link of page.misspelled ?? [])
      if (isMeant(link, site) && !(link.form === 'empty' && isSummary(page.path)))
        report(malformed(link, hasKnownReader(page.path, site)))
  },
)

/** A table of contents of mdBook, in which links without a URL are drafts of chapters. */
const isSummary = (path: string) => /(?:^|\/)SUMMARY\.md$/.test(path)

/** Is it known which program shows a page? Some take spaces in destinations. */
function hasKnownReader(path: string, site: SiteView): boolean {
  const {assumed, doubts = []} = site.anchorsOf(path) ?? {}
  return isOnlyForReaders(path) || (!assumed && doubts.every(({reason}) => reason !== 'unknown-reader'))
}

/** An HTML element without a URL. */
const isEmptyElement = ({url, tag}: Link) => url === '' && (tag === 'a' || tag === 'img')

const withoutUrl = ({start, end}: Span): Finding => ({
  start,
  end,
  target: {name: ''},
  message: 'Unexpected link or image without a URL',
  severity: 'warn',
})

function misspelledScheme(link: Link, site: SiteView): Finding | undefined {
  const instead = link.kind === 'module' || link.kind === 'wikilink' ? undefined : correctUrl(link.url)
  // `http//example.org` is a path, which `no-broken-link` reports.
  if (instead === undefined || !['remote', 'outside'].includes(site.resolve(link).to)) return
  const isFixable = link.kind !== 'autolink' && isAsRead(link) && !/[\s\\<>()]/.test(instead)
  return {
    ...link.target,
    target: {name: link.url},
    message: `Unexpected scheme in \`${link.url}\`, expected \`${instead}\``,
    expected: [instead],
    ...(isFixable && {fix: {edits: [{...link.target, text: instead}], safe: true}}),
  }
}

const HTTP_URL = /^https?:\/\/[\w-]+(?:\.[\w-]+)+/i

/** Was text meant as a link: is a URL or an existing file or page in the place of its destination? */
function isMeant({url, form}: MisspelledLink, site: SiteView): boolean {
  if (form === 'empty' || HTTP_URL.test(url)) return true
  if (/^(?:[a-z]+:|[?])/i.test(url)) return false
  const found = site.resolve({
    url: encodePath(withoutQuery(url)) + queryAndHashOf(url).replaceAll(' ', '%20'),
  })
  if (found.to === 'file') return form !== 'unclosed' || /\.\w+$/.test(url)
  return found.to === 'page' && (!url.startsWith('#') || isAnchor(found, site))
}

const isAnchor = ({path, fragment}: {path: string; fragment?: string}, site: SiteView): boolean =>
  fragment !== undefined && site.fragment(path, fragment)?.is === 'present'

function malformed(link: MisspelledLink, hasKnownReader: boolean): Finding {
  const {start, end, url, target, form, brackets} = link
  const finding = {start, end, target: {name: url}}
  const shown = `\`${url}\``
  switch (form) {
    case 'empty':
      return withoutUrl(link)
    case 'spaces': {
      const isUrl = HTTP_URL.test(url)
      const message = `Unexpected space in the destination ${shown}`
      if (isUrl) return {...finding, message}
      const instead = `<${url}>`
      return {
        ...finding,
        message: `${message}, expected \`${instead}\``,
        fix: {edits: [{...target, text: instead}], safe: hasKnownReader},
        ...(!hasKnownReader && {severity: 'warn'}),
      }
    }
    case 'unclosed':
      return {...finding, message: `Unexpected link without \`)\` after its destination ${shown}`}
    case 'gap':
    case 'reversed': {
      const instead = `${brackets}(${url})`
      const what = form === 'gap' ? 'space between the text and the destination of a link' : 'reversed link'
      return {
        ...finding,
        message: `Unexpected ${what}, expected \`${instead}\``,
        expected: [instead],
        fix: {edits: [{start, end, text: instead}], safe: !/[()\s]/.test(url)},
      }
    }
  }
}
