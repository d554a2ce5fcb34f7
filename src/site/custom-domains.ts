import {folderOf, isAtOrBelow, nameOf} from '../text/paths.ts'
import type {Tree} from '../tree/tree.ts'
import type {SiteDescription} from './platform.ts'

/** A file deeper in a site is hardly published at its top. */
const DEEPEST = 3

const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/

/**
 * Add the home of sites whose configuration does not state it, but which have a custom domain on GitHub Pages:
 * https://docs.github.com/pages/configuring-a-custom-domain-for-your-github-pages-site
 */
export async function withCustomDomains(
  tree: Tree,
  sites: readonly SiteDescription[],
): Promise<SiteDescription[]> {
  const files = [...tree.files].filter((file) => nameOf(file) === 'CNAME')
  const domains = new Map<SiteDescription, string>()
  for (const file of files) {
    const site = siteAt(folderOf(file), sites)
    const domain = site && (await tree.read(file).catch(() => '')).trim().toLowerCase()
    // Two files belong to examples.
    if (domain !== undefined && DOMAIN.test(domain)) domains.set(site!, domains.has(site!) ? '' : domain)
  }
  return sites.map((site) => {
    const domain = domains.get(site)
    return domain && site.home === undefined ? {...site, home: `https://${domain}`} : site
  })
}

/** The site that publishes what is in a folder: the innermost one around it, or the only one below it. */
function siteAt(folder: string, sites: readonly SiteDescription[]): SiteDescription | undefined {
  const [around] = sites
    .filter(({root}) => isAtOrBelow(folder, root) && depthOf(folder) - depthOf(root) <= DEEPEST)
    .sort((a, b) => b.root.length - a.root.length)
  return around ?? (sites.length === 1 && folder === '' ? sites[0] : undefined)
}

const depthOf = (folder: string): number => (folder === '' ? 0 : folder.split('/').length)
