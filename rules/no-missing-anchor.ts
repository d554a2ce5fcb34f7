/**
 * Reports fragments that lead to no heading, explicit id or HTML `id`/`name` on this page or another one.
 *
 * Headings get the ids that the platform gives them, duplicates included. A page that may hold more ids than can be
 * seen (an include, a template) is not reported. `#`, `#top`, text fragments and line anchors are accepted; those of
 * URLs by which the host of the repository shows a file (`/blob/main/a.ts#L10`) must name a line that it has.
 *
 * @example ok
 * # Getting started
 *
 * [Start](#getting-started), [up](#top)
 *
 * @example not ok
 * # Getting started
 *
 * [Start](#getting-start)
 * ^ 3:9-3:23 Unexpected link to missing anchor `#getting-start`, expected `#getting-started`
 */
import type {Link, Page} from '../src/page/types.ts'
import {usedLinks} from '../src/page/used-links.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import {LIKELY} from '../src/rule/likely.ts'
import type {Finding, Severity, SiteView} from '../src/rule/types.ts'
import type {Anchors, Published} from '../src/site/types.ts'
import {bareWords, Names} from '../src/text/nearest.ts'
import {isAsRead, isHashInCode} from '../src/text/urls.ts'

export default defineRule(
  {
    name: 'no-missing-anchor',
    needs: 'site',
    followsIncludes: true,
    severity: 'error',
    fixable: true,
    options: {except: [] as string[], likely: 'warn' as Severity},
    schema: {
      except: {description: 'Fragments that are not checked, without `#`.', items: {type: 'string'}},
      likely: LIKELY,
    },
  },
  (page, {options, report, site, skip}) => {
    const used = new Set(usedLinks(page))
    for (const link of page.links) {
      const found = site.resolve(link)
      if (found.to === 'file' && found.lines !== undefined) report(missingLine(link, found, found.lines))
      if (found.to !== 'page' || !found.fragment || options.except.includes(found.fragment)) continue
      const answer = site.fragment(found.path, found.fragment, found.published, found.or)
      if (answer?.is === 'unknown') skip(answer.doubt, {file: found.path, name: found.fragment})
      if (answer?.is !== 'missing') continue
      const likely = answer.likely ?? link.likely
      // Readers never see the URL of a definition that nothing refers to.
      if (likely === undefined || used.has(link))
        report(findingFor(link, found, found.fragment, likely, {page, site}))
    }
  },
)

/** The finding about a link to a line that a file lacks. */
const missingLine = (
  link: Link,
  {path, fragment}: {path: string; fragment?: string},
  lines: number,
): Finding => ({
  ...link.target,
  message: `Unexpected link to missing line \`#${fragment}\` in \`${path}\`, which has ${lines} lines`,
  target: {file: path, name: fragment!},
  paths: [path],
})

/** The finding about a link to a fragment that a page lacks. */
function findingFor(
  link: Link,
  {path, published}: {path: string; published?: Published},
  fragment: string,
  likely: string | undefined,
  {page, site}: {page: Page; site: SiteView},
): Finding {
  const anchors = site.anchorsOf(path, published)!
  const where = path === page.path ? '' : ` in \`${path}\``
  // A role names labels of the whole site, and not every id.
  const instead = link.kind === 'role' ? undefined : suggest(path, fragment, anchors, site)
  return {
    ...link.target,
    message: `Unexpected link to missing anchor \`#${fragment}\`${where}${instead ? `, expected \`#${instead.id}\`` : ''}`,
    target: {file: path, name: fragment},
    paths: where === '' ? [] : [path],
    ...(likely !== undefined && {likely}),
    ...(instead && replacement(link, fragment, instead)),
  }
}

/** An id that may be meant; it is certain if it is the only possible answer. */
interface Suggestion {
  id: string
  certain: boolean
}

function suggest(path: string, fragment: string, anchors: Anchors, site: SiteView): Suggestion | undefined {
  const same = sameId(fragment, anchors)
  if (same?.certain) return same
  const renamed = site.renamedAnchor(path, fragment)
  if (renamed !== undefined) return {id: renamed, certain: true}
  const id = same?.id ?? nearest(fragment, anchors.ids)
  return id === undefined ? undefined : {id, certain: false}
}

/**
 * The link's URL with another fragment, as an edit if that can be inserted without escapes. Template code goes on after
 * the fragment: `{{< ref "a.md#setup" >}}`.
 */
function replacement(
  link: Link,
  fragment: string,
  {id, certain}: Suggestion,
): Pick<Finding, 'expected' | 'fix'> {
  const at = link.url.indexOf('#') + 1
  const isInCode = isHashInCode(link.url)
  if (isInCode && !link.url.startsWith(fragment, at)) return {}
  const written = link.kind === 'wikilink' ? id : id.replaceAll(' ', '%20')
  const url = link.url.slice(0, at) + written + (isInCode ? link.url.slice(at + fragment.length) : '')
  const isPlain =
    link.kind === 'wikilink'
      ? !/[|[\]\r\n]/.test(id)
      : !/\{[{%]|[\s<>()]/.test(url) && !/["'`\\&%#[\]{}|]/.test(id)
  return {
    expected: [url],
    ...(isAsRead(link) && isPlain && {fix: {edits: [{...link.target, text: url}], safe: certain}}),
  }
}

/**
 * The only id that a fragment can mean if it is read as a heading's text, or if the duplicates of its heading are gone:
 * `#Get Started` is `#get-started`, and so is `#get-started-1` if no other heading has that text. It is certain if they
 * differ only in punctuation, or in the number of the first duplicate: `#changes-2024` may have been a heading of its
 * own. It is uncertain if there are several duplicates, or if the platform is assumed: `#Get-Started` works on
 * platforms that keep letter case.
 */
function sameId(fragment: string, {ids, idOf, assumed}: Anchors): Suggestion | undefined {
  const id = idOf(fragment)
  if (id !== undefined && ids.has(id)) {
    // Some platforms drop everything before the first letter, such as a chapter number, or add a prefix.
    const bare = bareWords(id, 'NFKD')
    const readings = [fragment, fragment.replace(/^\P{L}+/u, '')].map((text) => bareWords(text, 'NFKD'))
    const isSame = readings.some((words) => words !== '' && bare.endsWith(words))
    return {id, certain: !assumed && isSame && !twinsIn(ids).has(id)}
  }
  const [, first, number] = NUMBERED.exec(id ?? fragment) ?? []
  if (first === undefined || !ids.has(first)) return
  return twinsIn(ids).has(first) ? undefined : {id: first, certain: !assumed && number === '1'}
}

/** An id with the number that distinguishes headings with the same text: `setup-2` is `setup` and `2`. */
const NUMBERED = /^(.+)[-_](\d+)$/

/** Cached per set of ids, since a page often has many links to another one. */
interface Known {
  names: Names
  /** The ids that also occur with a number appended. */
  twins: ReadonlySet<string>
}

const known = new WeakMap<ReadonlySet<string>, Known>()

function knownOf(ids: ReadonlySet<string>): Known {
  let found = known.get(ids)
  if (!found) {
    const firsts = [...ids].flatMap((id) => NUMBERED.exec(id)?.[1] ?? [])
    found = {names: new Names(ids), twins: new Set(firsts.filter((first) => ids.has(first)))}
    known.set(ids, found)
  }
  return found
}

const twinsIn = (ids: ReadonlySet<string>) => knownOf(ids).twins

/** The id that a fragment may be a typo of; one with the same words must have the same number. */
function nearest(fragment: string, ids: ReadonlySet<string>): string | undefined {
  const {names, twins} = knownOf(ids)
  const number = NUMBERED.exec(fragment)?.[2]
  if (number === undefined) return names.nearest(fragment)
  return names.nearest(fragment, undefined, (id) => {
    const own = NUMBERED.exec(id)
    return own && ids.has(own[1]!) ? own[2] === number : !twins.has(id)
  })
}
