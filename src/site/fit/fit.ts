import {isAtOrBelow, isBelow} from '../../text/paths.ts'
import {type DescribedContext, locate} from '../described/links.ts'
import type {Description} from '../description.ts'
import {splitUrl} from '../shared/local-url.ts'
import {assetsBeyondHost} from './assets.ts'
import {describeContent} from './describe-content.ts'
import {findContent} from './find-content.ts'
import {isOnHost} from './host.ts'
import {type FindPage, type IdTally, LinkedIds} from './ids.ts'
import {folderWithLayouts} from './layouts.ts'
import {generatorFolders} from './markers.ts'
import {withoutContent} from './no-content.ts'
import {commonFolder} from './relative-content.ts'
import {explained, type Tally, tally} from './tally.ts'
import {collectTargets} from './targets.ts'
import {BEYOND_HOST, EXPLAINED, FEWEST_FOR_A_FOLDER, FEWEST_FOUND, RUNNER_UP} from './thresholds.ts'
import type {Content, Fit, FitInput} from './types.ts'
import {pagesWithWrittenIds} from './written-ids.ts'

/** Find the description of a site that explains the links of its pages. */
export function fitSite(given: FitInput): Fit {
  const pages = [...given.pages]
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const input = {...given, page: (path: string) => byPath.get(path)}
  const targets = collectTargets(pages)
  // Where a generator was detected, it does not matter whether there is one.
  const written = input.generator ? [] : pagesWithWrittenIds(pages)
  const content = findContent(input, pages, targets)
  if (!content) return withoutContent(input, {pages, targets, written})
  const context = describeContent(input, input.root, content, targets)
  const own = pages.filter(({path}) => isIn(path, content))
  const linked = new LinkedIds(own, pageFinder(context))
  const ofPages = tally(
    context,
    targets.filter(({isPage}) => isPage),
  )
  const beyond = [...ofPages.found].filter((target) => !isOnHost(input, target)).length
  const isGenerated =
    input.generator ||
    hasMarker(input, content) ||
    linked.refuteHost() ||
    written.length > 0 ||
    folderWithLayouts(pages) !== undefined ||
    assetsBeyondHost(input, targets).length >= FEWEST_FOR_A_FOLDER
  if (!isGenerated && !areUrls(beyond, ofPages)) return withoutContent(input, {pages, targets, written})
  const why = whyNot(ofPages, content, isGenerated ? FEWEST_FOUND : beyond)
  if (why !== undefined) return {kind: 'none', root: commonFolder([...content.folders.keys()]), why}
  const {found, left, sections} = tally(context, targets)
  const {runnerUp} = content
  const ids = linked.tally()
  return {
    kind: 'fitted',
    description: {...context.description, ...idsOf(ids)},
    evidence: {found: found.size, left: left.size, sections, ...(runnerUp && {runnerUp}), ids},
  }
}

const isIn = (path: string, {folders}: Content) => [...folders.keys()].some((folder) => isBelow(path, folder))

const hasMarker = ({tree}: FitInput, {folders}: Content) => {
  const [first = ''] = folders.keys()
  return generatorFolders(tree.files).some((folder) => isAtOrBelow(first, folder))
}

/** Create the function that finds the page which a link leads to by a description. */
function pageFinder(context: DescribedContext): FindPage {
  return (url, from) => {
    const parts = splitUrl(url)
    const found = 'to' in parts ? undefined : locate(context, parts, from.path)
    return found?.to === 'page' ? context.page?.(found.path) : undefined
  }
}

/** Are there more targets that the host does not find than breaks and coincidences explain? */
const areUrls = (beyondHost: number, {found}: Tally): boolean =>
  BEYOND_HOST.some(({fewest, share}) => beyondHost >= fewest && beyondHost >= found.size * share)

/** The reason why a description does not explain the links; undefined if it does. */
function whyNot(all: Tally, content: Content, beyondHost: number): string | undefined {
  const {found, left} = explained(all)
  if (found < FEWEST_FOUND) return `only ${found} links lead to pages`
  if (beyondHost < FEWEST_FOUND) return `only ${beyondHost} links are URLs of pages`
  if (found < (found + left) * EXPLAINED) return `${left} of ${found + left} links lead nowhere`
  const {runnerUp} = content
  return runnerUp && runnerUp.found > content.found * RUNNER_UP
    ? `pages may as well be published from ${runnerUp.folder || 'the root'}`
    : undefined
}

const idsOf = ({rules}: IdTally): Pick<Description, 'ids'> => {
  const [first] = rules
  if (first === undefined) return {}
  return {ids: rules.length === 1 ? first : rules}
}
