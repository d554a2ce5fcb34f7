import path from 'node:path'
import type {Description} from '../site/description.ts'
import {PLATFORMS} from '../site/registry.ts'
import {didYouMean} from '../text/nearest.ts'
import {isAbove, joinPath} from '../text/paths.ts'
import {trimEnd} from '../text/trim.ts'
import type {Keys} from './formats.ts'
import {KeyFault, shownKeys} from './key-fault.ts'
import type {SiteConfig} from './site-schema.ts'

/** The place of a list of sites. */
export interface SitesPlace {
  /** The keys that lead to the site, or to the list of sites. */
  keys: Keys
  /** The folder that roots are relative to, from the tree's root. */
  folder: string
  /** The names of the platforms that plugins add. */
  platforms: readonly string[]
}

/**
 * Reject an unknown platform.
 *
 * @param keys Those that name it.
 * @param added The names of the platforms that plugins add.
 * @throws {@link KeyFault} with the nearest known name
 */
export function checkPlatform(platform: string, keys: Keys, added: readonly string[]): void {
  const known = [...PLATFORMS, ...added]
  if (!known.includes(platform))
    throw new KeyFault(
      keys,
      `"${shownKeys(keys)}" is ${JSON.stringify(platform)}. ${didYouMean(platform, known)}`,
    )
}

/**
 * The descriptions of the sites in a configuration.
 *
 * @throws {@link KeyFault}
 */
export function describedBy(sites: readonly SiteConfig[], place: SitesPlace): Description[] {
  const descriptions = sites.map((site, index) =>
    descriptionOf(site, {...place, keys: [...place.keys, index]}),
  )
  for (const [index, {root}] of descriptions.entries()) {
    const first = descriptions.findIndex((other) => other.root === root)
    if (first !== index)
      throw new KeyFault([...place.keys, index], `"sites[${index}]" has the same root as "sites[${first}]"`)
  }
  return descriptions
}

/**
 * The description of a site.
 *
 * @throws {@link KeyFault}
 */
export function descriptionOf(site: SiteConfig, {keys, folder, platforms}: SitesPlace): Description {
  const {root: written, platform, content, assets, base, home, ...rest} = site
  const root = joinPath(folder, written)
  const refuse = (place: string, key: string) => {
    if (isAbove(place))
      throw new KeyFault([...keys, key], `"${shownKeys([...keys, key])}" leads out of the tree`)
  }
  const folders = (key: 'content' | 'assets', given: typeof content) => {
    if (given === undefined) return {}
    const urls = urlsByFolder(given)
    for (const each of Object.keys(urls)) refuse(joinPath(root, each), key)
    return {[key]: urls}
  }
  refuse(root, 'root')
  if (platform !== undefined) checkPlatform(platform, [...keys, 'platform'], platforms)
  return {
    root,
    ...(platform !== undefined && {platform}),
    ...folders('content', content),
    ...folders('assets', assets),
    ...placeOnHost(keys, base, home),
    ...rest,
  }
}

/** `docs` and `['docs']` → `{docs: '/'}`; the folder itself is `''`. */
function urlsByFolder(given: NonNullable<SiteConfig['content']>): Record<string, string> {
  const pairs =
    typeof given === 'string' || Array.isArray(given)
      ? [given].flat().map((folder): [string, string] => [folder, '/'])
      : Object.entries(given)
  return Object.fromEntries(pairs.map(([folder, url]) => [joinPath('', folder), url]))
}

/** The base and the home of a site, each with the other's path: `/docs` and `https://a.org` → `https://a.org/docs`. */
function placeOnHost(
  keys: Keys,
  base: string | undefined,
  home: string | undefined,
): Pick<Description, 'base' | 'home'> {
  const own = base === undefined ? undefined : trimEnd(base, '/')
  if (home === undefined) return own === undefined ? {} : {base: own}
  const {origin, pathname} = new URL(home)
  const path = trimEnd(pathname, '/')
  if (own !== undefined && path !== '' && own !== path)
    throw new KeyFault(
      [...keys, 'base'],
      `"${shownKeys([...keys, 'base'])}" is "${own}", but the path of "home" is "${path}"`,
    )
  const common = path || (own ?? '')
  return {base: common, home: origin + common}
}

/** A description in the form that a configuration takes. */
export type WrittenSite = Omit<Description, 'content' | 'assets'> & Pick<SiteConfig, 'content' | 'assets'>

/**
 * Write a description as in a configuration: `{root: '', content: {docs: '/'}}` → `{root: '.', content: 'docs'}`.
 *
 * @param folder The folder that roots are relative to, from the tree's root.
 */
export function writtenSite(
  {root, platform, content, assets, base, home, ...rest}: Description,
  folder: string,
): WrittenSite {
  return {
    root: path.posix.relative(folder, root) || '.',
    ...(platform !== undefined && {platform}),
    ...(content && {content: writtenFolders(content)}),
    ...(assets && {assets: writtenFolders(assets)}),
    // The base is the path of the home.
    ...(home === undefined ? base && {base} : {home}),
    ...rest,
  }
}

/** `{docs: '/'}` → `docs`, and `{a: '/', b: '/'}` → `['a', 'b']` */
function writtenFolders(urls: Readonly<Record<string, string>>): NonNullable<SiteConfig['content']> {
  const pairs = Object.entries(urls).map(([folder, url]): [string, string] => [folder || '.', url])
  const folders = pairs.map(([folder]) => folder)
  if (folders.length === 0 || pairs.some(([, url]) => url !== '/')) return Object.fromEntries(pairs)
  return folders.length === 1 ? folders[0]! : folders
}
