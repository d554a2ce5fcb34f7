import type {Page} from '../../page/types.ts'
import {isAtOrBelow, isBelow} from '../../text/paths.ts'
import {describedContext, locate} from '../described/links.ts'
import type {Description} from '../description.ts'
import {splitUrl} from '../shared/local-url.ts'
import {fitAssets} from './assets.ts'
import {type Content, fitContent} from './content.ts'
import {describeContent} from './describe-content.ts'
import {isOnHost} from './host.ts'
import {type FindPage, fitIds, type IdTally} from './ids.ts'
import {generatorFolders} from './markers.ts'
import {withoutContent} from './no-content.ts'
import {commonFolder, relativeContent} from './relative-content.ts'
import {Suffixes} from './suffixes.ts'
import {explained, type Tally, tally} from './tally.ts'
import {collectTargets, isFromRoot, type Target} from './targets.ts'
import {BEYOND_HOST, EXPLAINED, FEWEST_FOR_A_FOLDER, FEWEST_FOUND, RUNNER_UP} from './thresholds.ts'
import type {Fit, FitInput} from './types.ts'

/** Find the description of a site that explains the links of its pages. */
export function fitSite(input: FitInput): Fit {
  const pages = [...input.pages]
  const targets = collectTargets(pages)
  const content = contentByLinks(input, targets) ?? contentByAssets(input, targets) ?? contentByIds(pages)
  if (!content) return withoutContent(input, pages, targets)
  const description = describeContent(input, input.root, content, targets)
  const own = pages.filter(({path}) => isIn(path, content))
  const ids = fitIds(own, pageFinder(input, description, pages))
  const ofPages = tally(
    input,
    description,
    targets.filter(({isPage}) => isPage),
  )
  const beyond = [...ofPages.found].filter((target) => !isOnHost(input, target)).length
  const isGenerated =
    input.generator ||
    hasMarker(input, content) ||
    refutesHost(ids) ||
    assetsBeyondHost(input, {root: '', content: {'': '/'}}, targets).length >= FEWEST_FOR_A_FOLDER
  if (!isGenerated && !areUrls(beyond, ofPages)) return withoutContent(input, pages, targets)
  const why = whyNot(ofPages, content, isGenerated ? FEWEST_FOUND : beyond)
  if (why !== undefined) return {kind: 'none', root: commonFolder([...content.folders.keys()]), why}
  const {found, left, sections} = tally(input, description, targets)
  const {runnerUp} = content
  return {
    kind: 'fitted',
    description: {...description, ...idsOf(ids)},
    evidence: {found: found.size, left: left.size, sections, ...(runnerUp && {runnerUp}), ids},
  }
}

/** The content by the links from the root, else by relative links. */
function contentByLinks(input: FitInput, targets: readonly Target[]): Content | undefined {
  const {tree, root} = input
  const fromRoot = targets.filter(({isPage, path}) => isPage && isFromRoot(path))
  const content = fitContent(fromRoot, new Suffixes(tree.files, root, 'pages'), tree.files)
  return content && content.found >= FEWEST_FOR_A_FOLDER
    ? content
    : (relativeContent(input, targets) ?? content)
}

/** The folder of the pages that link from the root to files which the repository's host does not find. */
function contentByAssets(input: FitInput, targets: readonly Target[]): Content | undefined {
  const files = assetsBeyondHost(input, {root: '', content: {'': '/'}}, targets)
  if (files.length < FEWEST_FOR_A_FOLDER) return
  return {folders: new Map([[commonFolder(files.flatMap(({from}) => from)), '']]), routes: {}, found: 0}
}

/** The targets that are found in a folder of assets, but not by the repository's host. */
function assetsBeyondHost(input: FitInput, description: Description, targets: readonly Target[]): Target[] {
  const files = targets.filter(
    (target) => !target.isPage && isFromRoot(target.path) && !isOnHost(input, target),
  )
  const assets = fitAssets(input, description, files)
  return assets.size === 0
    ? []
    : [...tally(input, {...description, assets: Object.fromEntries(assets)}, files).found]
}

/** The folder of the pages, if their fragments are not the ids of the repository's host. */
function contentByIds(pages: readonly Page[]): Content | undefined {
  const own = pages.filter(
    ({path, links}) => path.includes('/') && links.some(({url}) => url.startsWith('#')),
  )
  if (!refutesHost(fitIds(own))) return
  return {folders: new Map([[commonFolder(own.map(({path}) => path)), '']]), routes: {}, found: 0}
}

/** Is another rule than that of the repository's host proved? */
const refutesHost = ({rules}: IdTally) => rules.length > 0 && !rules.includes('github-slugger')

const isIn = (path: string, {folders}: Content) => [...folders.keys()].some((folder) => isBelow(path, folder))

const hasMarker = ({tree}: FitInput, {folders}: Content) => {
  const [first = ''] = folders.keys()
  return generatorFolders(tree.files).some((folder) => isAtOrBelow(first, folder))
}

/** Create the function that finds the page which a link leads to by a description. */
function pageFinder(input: FitInput, description: Description, pages: readonly Page[]): FindPage {
  const context = describedContext(input, description)
  const byPath = new Map(pages.map((page) => [page.path, page]))
  return (url, from) => {
    const parts = splitUrl(url)
    const found = 'to' in parts ? undefined : locate(context, parts, from.path)
    return found?.to === 'page' ? byPath.get(found.path) : undefined
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
