import path from 'node:path'
import {effective} from '../../config/effective.ts'
import {writtenSite} from '../../config/sites.ts'
import type {Settings} from '../../config/types.ts'
import {withoutTestData} from '../../engine/test-data.ts'
import {plural} from '../../report/numbers.ts'
import type {SiteFacts} from '../../site/types.ts'
import {safe, safeJson} from '../../text/safe.ts'
import {isInside} from '../../tree/inside.ts'
import type {SitesFlags} from '../options.ts'
import {findTargets, pagesOf} from '../targets.ts'
import {testDataTest} from '../test-data.ts'
import type {Flags, Io} from '../types.ts'
import {settingsFor} from './settings.ts'
import {inputFrom, pathFrom, siteSettings, treeOf} from './setup.ts'
import {aligned, type EvidenceBySite, evidenceOf, explained} from './site-evidence.ts'

/** A site with the number of its pages. */
interface CountedSite {
  site: SiteFacts
  pages: number
}

/**
 * `doccheck sites [paths..]`: list the sites in the tree, with their platforms and how these were recognized, and print
 * their descriptions in the form of a configuration.
 */
export async function listSites(positionals: string[], flags: Flags & SitesFlags, io: Io): Promise<string> {
  const targets = await findTargets(positionals, io.cwd)
  const tree = await treeOf(targets, undefined, io)
  const settings = await settingsFor(flags, io.cwd, targets.root)
  const {ignored} = await effective(settings)
  const toConfigured = pathFrom(settings.folder)
  const pages = pagesOf(targets, tree).filter((file) => !ignored(toConfigured(path.join(targets.root, file))))
  const isTestData = testDataTest(targets, settings)
  const {sitesOf} = await import('../../engine/read-pages.ts')
  const sites = await sitesOf(tree, siteSettings(settings, flags))
  const {files} = withoutTestData({files: pages, tree, ...(isTestData && {isTestData})}, sites)
  const counted = sites.all
    .map((site) => ({site, pages: files.filter((file) => sites.of(file) === site).length}))
    // The configuration of a site without pages belongs to a test or a template.
    .filter(({pages}, _index, all) => pages > 0 || all.every((other) => other.pages === 0))
    .sort((a, b) => compare(a.site.root, b.site.root))
  const write = descriptionWriter(settings, targets.root)
  const evidence = flags.explain
    ? await evidenceOf({...(await inputFrom(settings, flags, tree, io)), files, rulesFor: () => []})
    : undefined
  if (flags.json) return `${safeJson(counted.map((each) => asJson(each, write, evidence)))}\n`
  const text = tableOf(counted) + (await configurationOf(counted, write, settings, flags))
  return evidence ? text + counted.map(({site}) => explained(site, evidence)).join('') : text
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Create the function that writes the description of a site for the configuration of the settings. */
function descriptionWriter({folder}: Settings, root: string) {
  const from = isInside(root, folder) ? pathFrom(root)(folder) : ''
  return ({description}: SiteFacts) => description && writtenSite(description, from)
}

function asJson(
  {site, pages}: CountedSite,
  write: ReturnType<typeof descriptionWriter>,
  evidence: EvidenceBySite | undefined,
): object {
  const {root, platform, why} = site
  const description = write(site)
  return {
    root: root || '.',
    platform,
    why,
    pages,
    ...(description && {description}),
    ...(evidence && {evidence: evidence(site)}),
  }
}

const tableOf = (sites: readonly CountedSite[]): string =>
  aligned(
    sites.map(({site: {root, platform, why}, pages}) => [root || '.', platform, plural(pages, 'page'), why]),
  )

/** The sites as a configuration in YAML; empty if a run would take the whole tree for that of its host. */
async function configurationOf(
  sites: readonly CountedSite[],
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
