import {folderOf, isBelow, nameOf} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {canonicalUrl} from '../../shared/canonical-url.ts'
import {isDocsy, isFileOfDocsy} from './docsy.ts'
import type {HugoSite} from './site.ts'
import {languageOfUrl} from './urls.ts'

/** URLs that Hugo and its themes publish in addition to those of pages and files. */
const GENERATED =
  /(?:^|\/)(?:index|feed|atom|rss|sitemap|robots|404|search|manifest|_print|_redirects|_headers|llms)(?:-[^/]*\.\w+|\.[^/]*)?$|(?:^|\/)page\/\d+$|\.(?:xml|webmanifest|ics)$|(?:^|\/)_print(?:\/|$)/
/** Files that templates create from resources. */
const FROM_RESOURCES = /\.(?:json|css|js)$/

/**
 * The reason why something may be published at a URL of the site, although no file shows it.
 *
 * @param isOwnSection Are all pages in the sections of the tree known?
 */
export function whyUncertain(site: HugoSite, url: string, isOwnSection: boolean): Doubt | undefined {
  const {config, templates} = site
  const path = canonicalUrl(url)
  const language = languageOfUrl(path, config)
  const inLanguage = path.slice(language?.prefix.length ?? 0)
  if (GENERATED.test(url) || GENERATED.test(path)) return doubt('generated-file')
  if (templates.redirectWords.has(nameOf(path).toLowerCase()) || templates.redirectFolders.has(path.slice(1)))
    return doubt('named-redirect')
  if (config.assets.some((folder) => site.ctx.lookup.isFile(folder + inLanguage)))
    return doubt('code-pages', 'a template')
  if (FROM_RESOURCES.test(path) && !isBesideOthers(site, path)) return doubt('theme-files')
  if (site.taxonomies.has(inLanguage.slice(1))) return doubt('generated-list')
  return whyFilled(site, url, isOwnSection)
}

/** The reason why a page or file may come from elsewhere, at the URL that its source would have. */
export function whyFilled(site: HugoSite, url: string, isOwnSection: boolean): Doubt | undefined {
  const {config} = site
  const path = canonicalUrl(url)
  const language = languageOfUrl(path, config)
  const inLanguage = path.slice(language?.prefix.length ?? 0)
  if (isFilledElsewhere(site, inLanguage, language?.name ?? config.defaultLanguage))
    return doubt('code-pages', 'a module or script')
  return site.routes().uncertain.test(path)
    ? doubt('redirect-pattern')
    : whyThemeMayAdd(site, path, isOwnSection)
}

/** Are there files of the kind in the folder of a page? Templates write to others. */
function isBesideOthers({config, routes}: HugoSite, path: string): boolean {
  const [folder, extension] = [folderOf(path), extensionOf(path)]
  for (const [url, {path: file}] of routes().byUrl)
    if (url.startsWith(`${folder}/`) && folderOf(url) === folder && extensionOf(url) === extension)
      return config.content.some(({source}) => isBelow(file, source))
  return false
}

const extensionOf = (path: string) => path.slice(path.lastIndexOf('.'))

/** May something outside the tree publish pages of a language at a URL, which is from the root of that language? */
const isFilledElsewhere = ({externalFolders}: HugoSite, url: string, language: string): boolean =>
  [...externalFolders.above(url)].some(({languages}) => languages?.includes(language) ?? true)

/** A theme adds files, and pages of its own, but none to sections that the site fills; what Docsy adds is known. */
function whyThemeMayAdd(
  {config, urlIndex}: HugoSite,
  path: string,
  isOwnSection: boolean,
): Doubt | undefined {
  if (config.externalTheme === undefined) return
  const prefix = languageOfUrl(path, config)?.prefix ?? ''
  const [section = ''] = path.slice(prefix.length + 1).split('/')
  if (isDocsy(config.externalTheme) && !isFileOfDocsy(path.slice(prefix.length))) return
  const isFile = /\.(?!md$|html?$)[a-z]\w{0,4}$/i.test(path)
  if (isOwnSection && !isFile && urlIndex.hasSection(`${prefix}/${section}/`)) return
  return doubt('plugin-pages', `the theme or module ${config.externalTheme}`)
}
