import {folderOf, relativePath} from '../text/paths.ts'
import {doubt} from './doubts.ts'
import {mayBeBuilt} from './ignored-targets.ts'
import type {ResolverContext} from './resolver-context.ts'
import type {Resolution, Site, SiteLink, WrittenLink} from './types.ts'

const TEXT: Resolution = {to: 'outside', why: 'it is text on the host'}

/** Resolve the name of a file that a page shows, as its site finds it. */
export function resolveInclude(
  link: SiteLink,
  from: string,
  site: Site,
  context: ResolverContext,
): Resolution {
  const found = site.include?.(link, from) ?? TEXT
  // It is the path of a file, not derived from a URL.
  return found.to === 'missing' && mayBeBuilt(found, {}, context)
    ? {to: 'unknown', doubt: doubt('git-ignored'), otherwise: found}
    : found
}

/** The beginning of a name from the root of a site, or from the folder of the page. */
const BEGINNING = /^(?:[@~]?\/|\.\/)/

/** Write the name of a file for an include in the form of another one: like `@/instal.js`, it is `@/install.js`. */
export function writeInclude(to: string, like: string, from: string, site: Site): WrittenLink {
  const beginning = BEGINNING.exec(like)?.[0] ?? ''
  const parts = to.split('/')
  const relative = relativePath(folderOf(from), to)
  const names = [relative, ...parts.map((_, at) => parts.slice(at).join('/'))]
  const name = [...names.map((each) => beginning + each), ...names].find((url) => {
    const found = site.include?.({kind: 'include', url}, from)
    return (found?.to === 'page' || found?.to === 'file') && found.path === to
  })
  return {url: name ?? relative, leadsThere: name !== undefined}
}
