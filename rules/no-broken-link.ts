/**
 * Reports links, images, definitions, wikilinks and HTML attributes whose local target does not exist, as well as imports
 * of MDX, files that a page includes, pages and labels that roles of MyST name, URLs in front matter that the theme of a
 * site links to, and destinations of redirects.
 *
 * The platform of the site decides where a link leads; a target that cannot be known (template code, another
 * repository, a submodule) is not reported. Letter case matters, on every machine. In a repository, a
 * target that git ignores counts as missing, because it will be missing after a push; a site's build may create it.
 * URLs by which the host of the repository shows its files (`https://github.com/owner/name/blob/main/a.md`) are looked
 * up in the tree if they name the branch that is checked out, and in git if they name another branch, a tag or a
 * commit.
 * Likely findings leave out definitions without a reference, whose URLs readers never see.
 * A value of front matter, an attribute of a component or a parameter of a shortcode that looks like a path counts as a
 * likely link if nearly all other values of that key, attribute or parameter lead to pages and files of the site.
 *
 * @example ok `page.md` with a file `install.md` beside it
 * [Install](install.md), [this](page.md#top), [mail](mailto:me@example.org)
 *
 * @example not ok `page.md` with a file `install.md` beside it
 * [Install](instal.md)
 * ^ 1:11-1:20 Unexpected link to missing file `instal.md`, expected `install.md`
 */

import type {Link} from '../src/page/types.ts'
import {namesFile, usedLinks} from '../src/page/used-links.ts'
import {wildcard} from '../src/pattern/wildcard.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import {LIKELY} from '../src/rule/likely.ts'
import type {Finding, Severity, SiteView} from '../src/rule/types.ts'
import type {Missing, MissingTarget, WrittenLink} from '../src/site/types.ts'
import {correctUrl} from '../src/text/misspelled-url.ts'
import {encodePath, fragmentOf, isAsRead, isHashInCode, withoutHash} from '../src/text/urls.ts'

/** The causes in words, by kind of link. */
const CAUSES: Record<Missing, Record<'link' | 'image' | 'definition' | 'include' | 'redirect', string>> = {
  file: {
    link: 'link to missing file',
    image: 'missing image',
    definition: 'definition for missing file',
    include: 'include of missing file',
    redirect: 'redirect to missing file',
  },
  case: {
    link: 'letter case in link',
    image: 'letter case in image',
    definition: 'letter case in definition',
    include: 'letter case in include',
    redirect: 'letter case in redirect',
  },
  unicode: {
    link: 'Unicode form in link',
    image: 'Unicode form in image',
    definition: 'Unicode form in definition',
    include: 'Unicode form in include',
    redirect: 'Unicode form in redirect',
  },
  leaves: {
    link: 'link to a path outside the tree',
    image: 'image outside the tree',
    definition: 'definition for a path outside the tree',
    include: 'include of a path outside the tree',
    redirect: 'redirect to a path outside the tree',
  },
  ignored: {
    link: 'link to git-ignored file',
    image: 'git-ignored image',
    definition: 'definition for git-ignored file',
    include: 'include of git-ignored file',
    redirect: 'redirect to git-ignored file',
  },
  index: {
    link: 'link to a folder without an index page',
    image: 'folder without an index page as image',
    definition: 'definition for a folder without an index page',
    include: 'include of a folder',
    redirect: 'redirect to a folder without an index page',
  },
  backslash: {
    link: 'backslash in link',
    image: 'backslash in image',
    definition: 'backslash in definition',
    include: 'backslash in include',
    redirect: 'backslash in redirect',
  },
  unpublished: {
    link: 'link to unpublished file',
    image: 'unpublished image',
    definition: 'definition for unpublished file',
    include: 'include of unpublished file',
    redirect: 'redirect to unpublished file',
  },
  source: {
    link: 'link to the source text of a page',
    image: 'source text of a page as image',
    definition: 'definition for the source text of a page',
    include: 'include of the source text of a page',
    redirect: 'redirect to the source text of a page',
  },
  label: {
    link: 'reference to undefined label',
    image: 'image of undefined label',
    definition: 'definition for undefined label',
    include: 'include of undefined label',
    redirect: 'redirect to undefined label',
  },
}

export default defineRule(
  {
    name: 'no-broken-link',
    needs: 'site',
    followsIncludes: true,
    severity: 'error',
    fixable: true,
    options: {except: [] as string[], likely: 'warn' as Severity},
    schema: {
      except: {
        description: 'Destinations that are not checked, as written; `*` matches any characters.',
        items: {type: 'string'},
      },
      likely: LIKELY,
    },
  },
  (page, {options, report, site, skip}) => {
    const used = new Set(usedLinks(page))
    for (const link of page.links) {
      const found = site.resolve(link)
      if (found.to === 'unknown') skip(found.doubt, found.otherwise && {file: found.otherwise.path})
      if (found.to !== 'missing' || options.except.some((pattern) => wildcard(pattern).test(link.url)))
        continue
      if (found.likely === undefined || used.has(link)) report(findingFor(link, found, site))
    }
  },
)

function findingFor(link: Link, found: MissingTarget, site: SiteView): Finding {
  const shown = link.url.length > 200 ? `${link.url.slice(0, 200)}…` : link.url
  const noun = nounOf(link)
  const instead = suggest(link, found, site)
  const finding: Finding = {
    ...link.target,
    message: `Unexpected ${CAUSES[found.why][noun]} \`${shown}\`${instead ? `, expected \`${instead.url}\`` : ''}`,
    target: {file: found.path},
    ...(found.likely !== undefined && {likely: found.likely}),
  }
  if (!instead) return finding
  finding.expected = [instead.url]
  // An include of text shows ids and links that are checked only then.
  const safe = instead.isCertain && (link.kind !== 'include' || link.as === 'code')
  if (isFixable(link, found, instead))
    finding.fix = {edits: [{...link.target, text: replacementFor(link, found, instead)}], safe}
  return finding
}

/** The end of a wikilink without text, after its target. */
const END = ']]'

/** The text in place of a destination, which keeps what readers see of it. */
function replacementFor(
  {kind, embed, end, target, url}: Link,
  {isShown}: MissingTarget,
  {url: other}: WrittenLink,
) {
  const hasNoText = kind === 'wikilink' && !embed && end - target.end === END.length && !url.includes('#')
  return isShown && hasNoText ? `${other}|${url}` : other
}

function nounOf({image, kind}: Link): 'link' | 'image' | 'definition' | 'include' | 'redirect' {
  if (image) return 'image'
  return kind === 'definition' || kind === 'include' || kind === 'redirect' ? kind : 'link'
}

/** A replacement for a link. */
interface Suggestion extends WrittenLink {
  /** Is it the only possible answer? */
  isCertain: boolean
}

/** In `why?.md` the text after `?` is the rest of the file name, not a query. */
const NAME_AFTER_MARK = /^[^?#.]*[?#][^=&]*\.(?:mdx?|markdown|html?)$/i

function suggest(link: Link, found: MissingTarget, site: SiteView): Suggestion | undefined {
  const isName = namesFile(link) || link.kind === 'role' || link.kind === 'wikilink'
  const escaped = isName ? undefined : (correctUrl(link.url) ?? escapedName(link.url, site))
  if (escaped !== undefined) return {url: escaped, leadsThere: true, isCertain: true}
  const file = found.suggestion
  if (file === undefined || isHashInCode(link.url) || (!isName && NAME_AFTER_MARK.test(link.url))) return
  const anchor = anchorIn(link.url, file, site)
  const like = anchor.renamed === undefined ? link.url : `${withoutHash(link.url)}#${anchor.renamed}`
  return {...site.writeLink(file, like, link.kind), isCertain: found.evidence !== undefined && anchor.isThere}
}

/** Template code and autolinks have their own syntax, and the new URL must lead to the file. */
const isFixable = (link: Link, {evidence}: MissingTarget, {url, leadsThere}: Suggestion): boolean =>
  leadsThere &&
  link.kind !== 'autolink' &&
  !(link.image && evidence === 'extension') &&
  !/\{[{%]/.test(link.url) &&
  (isAsRead(link) || !/[?#]/.test(url))

/**
 * Escape `?` and `#` in a URL if they are part of a file name: `why?.md` → `why%3F.md`, `c#.md#use` → `c%23.md#use`.
 *
 * @returns undefined if no file has that name
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

/** Does a link's fragment, if any, also exist in another file, perhaps under a new name? */
function anchorIn(
  url: string,
  file: string,
  site: SiteView,
): {isThere: boolean; renamed?: string | undefined} {
  const fragment = fragmentOf(url)
  if (fragment === undefined) return {isThere: true}
  const answer = site.fragment(file, fragment)
  if (!answer) return {isThere: false}
  if (answer.is !== 'missing') return {isThere: true}
  const renamed = site.renamedAnchor(file, fragment)
  return {isThere: renamed !== undefined, renamed}
}
