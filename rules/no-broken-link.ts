/**
 * Reports links, images, definitions and HTML attributes whose local target does not exist.
 *
 * The site's platform says where a link leads; what cannot be known (template code, another repository, a
 * submodule) is not reported. Letter case counts, on every machine. A target that git ignores counts as missing,
 * because it will be after a push.
 *
 * @example ok `page.md` with a file `install.md` beside it
 * [Install](install.md), [this](page.md#top), [mail](mailto:me@example.org)
 *
 * @example not ok `page.md` with a file `install.md` beside it
 * [Install](instal.md)
 * ^ 1:11-1:20 Unexpected link to missing file `instal.md`, expected `install.md`
 */

import type {Link} from '../src/page/types.ts'
import {wildcard} from '../src/pattern/wildcard.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import type {SiteView} from '../src/rule/types.ts'
import type {Missing, Resolution} from '../src/site/types.ts'
import {folderOf} from '../src/text/paths.ts'
import {encodePath, fragmentOf, isAsRead, queryAndHashOf, spellUrl, urlForms} from '../src/text/urls.ts'

const WHAT: Record<Missing, string> = {
  file: 'missing file',
  case: 'a file in other letter case',
  unicode: 'a file in another Unicode form',
  leaves: 'a path that leaves the tree',
  ignored: 'a file that git ignores, which is missing after a push',
  index: 'a folder without an index page',
  backslash: 'a path with backslashes',
  unpublished: 'a file that the site does not publish',
}

export default defineRule(
  {
    name: 'no-broken-link',
    needs: 'site',
    severity: 'error',
    options: {except: [] as string[]},
    schema: {
      except: {
        description: 'Destinations that are not checked: as written, `*` for any run of characters.',
        items: {type: 'string'},
      },
    },
  },
  (page, {options, report, site}) => {
    for (const link of page.links) {
      const found = site.resolve(link)
      if (found.to !== 'missing' || options.except.some((pattern) => wildcard(pattern).test(link.url)))
        continue
      const shown = link.url.length > 200 ? `${link.url.slice(0, 200)}…` : link.url
      const noun = link.image ? 'image' : link.kind === 'definition' ? 'definition' : 'link'
      // In `why?.md` the text after `?` is the rest of the file name, not a query.
      const guess = /^[^?#.]*[?#][^=&]*\.(?:mdx?|markdown|html?)$/i.test(link.url)
        ? undefined
        : found.suggestion
      const anchor = guess === undefined ? undefined : anchorIn(link.url, guess, site)
      const escaped = escapedName(link.url, site)
      const [near, leadsThere] =
        escaped === undefined ? spell(link, page.path, guess, anchor?.renamed, site) : [escaped, true]
      // Template code and autolinks are written in ways of their own; and what is put must lead there.
      const mends =
        near !== undefined &&
        link.kind !== 'autolink' &&
        !(link.image && found.evidence === 'extension') &&
        !/\{[{%]/.test(link.url) &&
        (isAsRead(link) || !/[?#]/.test(near)) &&
        leadsThere
      report({
        ...link.target,
        message: `Unexpected ${noun} to ${WHAT[found.why]} \`${shown}\`${near === undefined ? '' : `, expected \`${near}\``}`,
        target: {file: found.path},
        ...(near !== undefined && {expected: [near]}),
        ...(mends && {
          fix: {
            edits: [{...link.target, text: near}],
            safe: escaped !== undefined || (found.evidence !== undefined && anchor!.isThere),
          },
        }),
      })
    }
  },
)

/**
 * Write a link to another file in the form that it has: by the file's name, or as a URL of its page.
 *
 * @returns the URL, if any, and whether it leads there on this site.
 */
function spell(
  {url}: Link,
  from: string,
  near: string | undefined,
  fragment: string | undefined,
  site: SiteView,
): [url: string | undefined, leadsThere: boolean] {
  if (near === undefined) return [undefined, false]
  const written = spellUrl(url, from, near, fragment)
  const rest = queryAndHashOf(written)
  const published = site.urlsOf(near)
  const forms = urlForms(url, near, published, {path: from, urls: site.urlsOf(from)})
  const others = url.startsWith('/') ? published.map(encodePath) : []
  const found = [...forms.map((each) => each + rest), written, ...others.map((each) => each + rest)].find(
    (each) => leadsTo(site.resolve({url: each}), near),
  )
  return found === undefined ? [written, false] : [found, true]
}

/**
 * A URL with the marks escaped that are part of a file's name: `why?.md` is `why%3F.md`, and `c#.md#use` is
 * `c%23.md#use`.
 *
 * @returns nothing where no file has that name.
 */
function escapedName(url: string, site: SiteView): string | undefined {
  if (url.length > 500 || !/^[^?#%:]+[?#%]/.test(url)) return
  const hashes = [...url.matchAll(/#/g)].map(({index}) => index)
  for (const end of [url.length, ...hashes.reverse()]) {
    const name = url.slice(0, end)
    if (!/[?#%]/.test(name)) return
    const found = site.resolve({url: encodePath(name) + url.slice(end)})
    if (found.to === 'page' || found.to === 'file') return encodePath(name) + url.slice(end)
  }
}

/** Does a link lead to a file, or to the folder that shows it? */
const leadsTo = (found: Resolution, file: string) =>
  (found.to === 'page' || found.to === 'file') &&
  (found.path === file || (/(?:^|\/)README\.md$/i.test(file) && found.path === folderOf(file)))

/** Does a link's fragment, if it has one, lead somewhere in another file, too, if only under a new name? */
function anchorIn(
  url: string,
  file: string,
  site: SiteView,
): {isThere: boolean; renamed?: string | undefined} {
  const fragment = fragmentOf(url)
  if (fragment === undefined) return {isThere: true}
  const anchors = site.anchorsOf(file)
  if (!anchors) return {isThere: false}
  if (anchors.incompleteBecause !== undefined || anchors.has(fragment)) return {isThere: true}
  const renamed = site.renamedAnchor(file, fragment)
  return {isThere: renamed !== undefined, renamed}
}
