import type {RunErrors} from '../errors/run-errors.ts'
import {eachLimited} from '../errors/time-limit.ts'
import {formerPaths, hasTwinAmong, mayBeRenamed, RenamedFiles} from '../history/renamed-files.ts'
import type {Link, Page} from '../page/types.ts'
import {doubt, mayOutliveFiles} from '../site/doubts.ts'
import {missingIn} from '../site/missing-in.ts'
import type {MissingTarget, Resolution} from '../site/types.ts'
import {isMarkdownFile} from '../text/markdown-files.ts'
import {fragmentOf} from '../text/urls.ts'
import type {AnchorIndex} from './anchor-index.ts'
import type {LinkResolver} from './link-resolver.ts'
import type {History, PageResult, Renames} from './types.ts'

/** The pages whose links are followed, and the resolver that follows them. */
export interface Following {
  results: readonly PageResult[]
  links: LinkResolver
  errors: RunErrors
  /** The CPU time that each page may take, in milliseconds. */
  limit: number
}

/** Does a link name a host, so that it leads to the same place wherever its page is published? */
export const isFullUrl = ({url}: Link): boolean => /^(?:https?:|\/\/)/i.test(url)

/**
 * Let the resolver follow the renames of a change from missing targets.
 *
 * @param pages The facts of all pages that were read, by path.
 * @param files Every file of the tree.
 */
export async function followRenames(
  following: Following,
  history: History,
  pages: ReadonlyMap<string, Page>,
  files: ReadonlySet<string>,
): Promise<void> {
  const {links} = following
  const missing = new Map<Page, Link[]>()
  eachPage(following, (page) => {
    const resolve = links.resolverFor(page.path)
    const found = page.links.filter((link) => missingIn(resolve(link)))
    if (found.length > 0) missing.set(page, found)
  })
  if (missing.size === 0) return
  const renamed = await history.moved([])
  links.followRenames(new RenamedFiles(renamed, hasTwinAmong(pages), (path) => files.has(path)))
  eachPage(following, (page) => {
    for (const link of missing.get(page) ?? []) links.followMissing(link, page.path)
  })
}

/** The parts of a run in which replacements for missing targets are looked up. */
export interface Replacing {
  past: Renames
  pages: ReadonlyMap<string, Page>
  /** Every file of the tree. */
  files: ReadonlySet<string>
}

/**
 * Look up the targets that are missing, for certain or not, after links were judged, among the files that Git saw
 * renamed. Git is only asked if there are any.
 *
 * @returns the pages that links with a fragment mean, like {@link fragmentTargets}
 */
export async function replaceMissing(
  following: Following,
  {past, pages, files}: Replacing,
): Promise<Map<string, string>> {
  const {links} = following
  const missing: {link: Link; from: string}[] = []
  const paths = new Set<string>()
  eachPage(following, ({path: from, links: all}) => {
    const judge = links.judgeFor(from)
    for (const link of all) {
      const found = unlessRenamed(judge(link))
      if (!found || !mayBeRenamed(found)) continue
      missing.push({link, from})
      for (const path of [from, ...formerPaths(found)]) paths.add(path)
    }
  })
  const targets = new Map<string, string>()
  const renamed = missing.length > 0 ? await past.moved(paths) : new Map<string, string>()
  if (renamed.size === 0) return targets
  links.replaceBy(new RenamedFiles(renamed, hasTwinAmong(pages), (path) => files.has(path)))
  for (const {link, from} of missing) {
    const file = links.replaceMissing(link, from)
    if (file !== undefined && fragmentOf(link.url) && isMarkdownFile(file)) targets.set(file, from)
  }
  return targets
}

/** The missing target that a rename would explain, or prove in spite of a doubt. */
function unlessRenamed(judged: Resolution): MissingTarget | undefined {
  if (judged.to === 'missing') return judged
  return judged.to === 'unknown' && !mayOutliveFiles(judged.doubt) ? judged.otherwise : undefined
}

/** The page that a link leads to, and the one that it may lead to instead. */
export const pagesMeant = ({path, or}: {path: string; or?: string}): string[] =>
  or === undefined ? [path] : [path, or]

/**
 * The pages that links with a fragment lead to, or probably mean: whether the fragment exists there decides on findings
 * and fixes.
 *
 * @returns by the path of each, the path of a page with such a link
 */
export function fragmentTargets(
  following: Following,
  isPage: (path: string) => boolean,
): Map<string, string> {
  const targets = new Map<string, string>()
  eachPage(following, ({path: from, links}) => {
    const resolve = following.links.resolverFor(from)
    for (const link of links) {
      if (!link.url.includes('#')) continue
      for (const path of pagesNeeded(resolve(link), isPage)) targets.set(path, from)
    }
  })
  return targets
}

/** The pages whose ids decide on a link with a fragment. */
function pagesNeeded(found: Resolution, isPage: (path: string) => boolean): string[] {
  if (found.to === 'page') return found.fragment ? pagesMeant(found) : []
  const suggestion = missingIn(found)?.suggestion
  return suggestion !== undefined && isPage(suggestion) ? [suggestion] : []
}

/** Create the anchors of link targets up front, so that no rule is charged for the time. */
export function makeAnchors(
  {limit, errors}: Following,
  anchors: AnchorIndex,
  targets: ReadonlyMap<string, string>,
): void {
  eachLimited(
    [...targets],
    ([path, from]) => void anchors.anchorsSeenFrom(from)(path),
    {limit, cpu: true},
    ([path], error) => {
      errors.add(path, `anchors on ${path}`, error)
      anchors.giveUp(path, doubt('too-slow'))
    },
  )
}

/** Judge links by the evidence up front, so that neither a rule nor a reporter is charged for the time. */
export function judgeLinks(following: Following): void {
  eachPage(following, ({path, links}) => {
    const judge = following.links.judgeFor(path)
    for (const link of links) judge(link)
  })
}

/**
 * Run a step for each page that was read. If it fails or takes too long, that is reported, without the facts of the
 * page.
 */
export function eachPage({results, errors, limit}: Following, step: (page: Page) => void): void {
  eachLimited(
    results,
    ({page}) => void (page && step(page)),
    {limit, cpu: true},
    (result, error) => {
      errors.add(result.path, `links on ${result.path}`, error)
      delete result.page
    },
  )
}
