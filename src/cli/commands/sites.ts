import {effective} from '../../config/effective.ts'
import {writtenSite} from '../../config/sites.ts'
import type {Settings} from '../../config/types.ts'
import type {ListedSite, SiteListing} from '../../engine/list-sites.ts'
import {plural} from '../../report/numbers.ts'
import {ignoreTest} from '../../run/ignored.ts'
import {loadNested, settingsFor} from '../../run/settings.ts'
import {inputFrom, pathFrom, treeOf} from '../../run/setup.ts'
import {findTargets, pagesOf} from '../../run/targets.ts'
import {testDataTest} from '../../run/test-data.ts'
import type {SiteFacts} from '../../site/types.ts'
import {safe, safeJson} from '../../text/safe.ts'
import {isInside} from '../../tree/inside.ts'
import type {SitesFlags} from '../options.ts'
import type {Flags, Io} from '../types.ts'
import {worldOf} from '../world.ts'
import {aligned, explained} from './site-evidence.ts'

/**
 * `doccheck sites [paths..]`: list the sites in the tree, with their platforms and how these were recognized, and print
 * their descriptions in the form of a configuration.
 */
export async function showSites(positionals: string[], flags: Flags & SitesFlags, io: Io): Promise<string> {
  const targets = await findTargets(positionals, io.cwd)
  const tree = await treeOf(targets, undefined, io)
  const world = worldOf(io)
  const settings = await settingsFor(flags, world, targets.root)
  const pages = pagesOf(targets, tree)
  await loadNested(settings, flags, world, {root: targets.root, names: tree.files, pages})
  const whyIgnored = await ignoreTest(await effective(settings), settings, tree, flags, world)
  const isTestData = testDataTest(targets, settings)
  const {listSites} = await import('../../engine/list-sites.ts')
  const listing = await listSites({
    ...(await inputFrom(settings, flags, tree, io)),
    files: pages.filter((file) => whyIgnored(file) === undefined),
    rulesFor: () => [],
    ...(isTestData && {isTestData}),
  })
  const sites = listing.sites.toSorted((a, b) => compare(a.site.root, b.site.root))
  const write = descriptionWriter(settings, targets.root)
  const evidence = flags.explain ? listing : undefined
  if (flags.json) return `${safeJson(sites.map((each) => asJson(each, write, evidence)))}\n`
  const text = tableOf(sites) + (await configurationOf(sites, write, settings, flags))
  if (!evidence) return text
  return text + sites.map(({site}) => explained(site, evidence)).join('')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Create the function that writes the description of a site for the configuration of the settings. */
function descriptionWriter({folder}: Settings, root: string) {
  const from = isInside(root, folder) ? pathFrom(root)(folder) : ''
  return ({description}: SiteFacts) => description && writtenSite(description, from)
}

function asJson(
  {site, pages}: ListedSite,
  write: ReturnType<typeof descriptionWriter>,
  evidence: SiteListing | undefined,
): object {
  const {root, platform, why} = site
  const description = write(site)
  return {
    root: root || '.',
    platform,
    why,
    pages,
    ...(description && {description}),
    ...(evidence && {evidence: evidence.evidenceOf(site), homes: evidence.homesOf(site)}),
  }
}

const tableOf = (sites: readonly ListedSite[]): string =>
  aligned(
    sites.map(({site: {root, platform, why}, pages}) => [root || '.', platform, plural(pages, 'page'), why]),
  )

/** The sites as a configuration in YAML; empty if a run would take the whole tree for that of its host. */
async function configurationOf(
  sites: readonly ListedSite[],
  write: ReturnType<typeof descriptionWriter>,
  {platform}: Settings,
  {site = platform}: Flags,
): Promise<string> {
  const written = sites.map((each) => write(each.site)).filter((each) => each !== undefined)
  if (written.length === 0 && site === undefined) return ''
  const {stringify} = await import('yaml')
  const text = stringify(
    {...(site !== undefined && {site}), ...(written.length > 0 && {sites: written})},
    {lineWidth: 0},
  )
  return `\n${text.split('\n').map(safe).join('\n')}`
}
