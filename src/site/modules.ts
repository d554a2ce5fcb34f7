import {folderOf, isAbove, pathBelow, relativePath} from '../text/paths.ts'
import {queryAndHashOf} from '../text/urls.ts'
import type {Tree} from '../tree/tree.ts'
import {doubt} from './doubts.ts'
import type {ResolverContext} from './resolver-context.ts'
import {isLocal, localModule, modulePath} from './shared/javascript/local-module.ts'
import type {Resolution, Site, SiteLink, WrittenLink} from './types.ts'

const BUNDLED: Resolution = {to: 'outside', why: 'the bundler resolves the path'}
/** The end of a name that is rather an extension than a part of the name, after which one may be omitted. */
const EXTENSION = /\.[a-z][a-z\d]{1,4}$/i
/** Characters that are special in a module specifier, or in the string literal around it. */
const SPECIAL = /["'`\\$?#!]/

/**
 * Resolve the specifier of a module, such as `./a.png` in `import a from './a.png'`: the build fails unless there is a file.
 * Only a site shows how pages are built, and what they import; elsewhere, nothing tells which program bundles them, and
 * where.
 */
export function resolveModule(
  {url: specifier, isUnused}: SiteLink,
  from: string,
  site: Site,
  context: ResolverContext,
): Resolution {
  const {lookup, isInTree, rules} = context
  const bundled = site.host ? importingSite(from, context) : site
  const aliases = (bundled ?? site).moduleAliases
  const file = localModule(lookup.tree, specifier, from, aliases)
  if (file !== undefined) return {to: 'file', path: file}
  const path = modulePath(specifier, from, aliases)
  if (path === undefined || isInTree(path) || lacksExtension(path, lookup.tree)) return BUNDLED
  if (!bundled || bundled.hasUnknownReader || isAbove(path)) return BUNDLED
  if (isUnused && bundled.dropsUnusedImports) return BUNDLED
  // Paths in Markdown that other pages show begin at those pages.
  if (isLocal(specifier) && from.endsWith('.md') && site.urlsOf(from).length === 0) return BUNDLED
  const missing = lookup.missing(path)
  return missing.to === 'missing' && (missing.why === 'ignored' || rules?.isIgnored(path))
    ? {to: 'unknown', doubt: doubt('git-ignored'), otherwise: missing}
    : missing
}

/** The site with a page that imports a file from elsewhere in the tree, whose modules are then bundled, too. */
const importingSite = (file: string, {of, includersOf}: ResolverContext): Site | undefined =>
  includersOf(file)
    .map((importer) => of(importer))
    .find(({host, moduleAliases}) => !host && moduleAliases)

/** The extension of a stylesheet whose names are local, which no bundler adds. */
const STYLES = /^module\.\w+$/

/** May a path name a file with an extension that the bundler adds? */
const lacksExtension = (path: string, {files}: Tree): boolean =>
  !EXTENSION.test(path) &&
  [...files].some((file) => file.startsWith(`${path}.`) && !STYLES.test(file.slice(path.length + 1)))

/** Write the specifier of a file in the form of another one: like `./instal.png`, it is `./install.png`. */
export function writeModule(to: string, like: string, from: string, {moduleAliases = {}}: Site): WrittenLink {
  const alias = Object.keys(moduleAliases).find((each) => like.startsWith(`${each}/`))
  const below = alias === undefined ? undefined : pathBelow(to, moduleAliases[alias]!)
  const path = relativePath(folderOf(from), to)
  const relative = path.startsWith('../') ? path : `./${path}`
  const specifier = below === undefined ? relative : `${alias}/${below}`
  return {url: specifier + queryAndHashOf(like), leadsThere: !SPECIAL.test(specifier)}
}
