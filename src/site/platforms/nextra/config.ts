import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderPrefix, pathBelow} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import type {SiteContext} from '../../platform.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {ObjectValue, type Value} from '../../shared/javascript/values.ts'
import type {Languages} from '../../shared/mdx-app/page-table.ts'
import {nextSetting} from '../../shared/next/config.ts'
import type {NextraFolders} from './pages.ts'

/** The configuration of a Nextra site. */
export interface NextraConfig extends NextraFolders {
  /** The path of the site on its host, without slashes at its ends. */
  base: string
  hasTrailingSlash: boolean
}

const CONTENT_URL = /\bcontentDirBasePath\s*:\s*['"`]([^'"`$]*)['"`]/

/** Read the configuration of a Nextra site, and see which folders of pages it has. */
export async function readNextra(ctx: SiteContext, file: string): Promise<NextraConfig> {
  const {lookup, tree, marker} = ctx
  const prefix = folderPrefix(marker.root)
  const text = await tree.read(file).catch(() => '')
  const setting = (key: string) =>
    readModule({tree}, file, undefined, (value: Value) => nextSetting(value, key))
  const base = await setting('basePath')
  const content = [`${prefix}content`, `${prefix}src/content`].find((folder) => lookup.isFolder(folder))
  return {
    prefix,
    content,
    contentUrl: trimBoth(CONTENT_URL.exec(text)?.[1] ?? '', '/'),
    languages: languagesOf(
      await setting('i18n'),
      () => languageFolders(ctx, content ?? pagesFolder(ctx, prefix)),
      isAppRouter(ctx, prefix),
    ),
    base: typeof base === 'string' ? trimBoth(base, '/') : '',
    hasTrailingSlash: (await setting('trailingSlash')) === true,
  }
}

/** Does the site have pages of version 4? Its middleware adds languages to all URLs; Next.js hides the main one before. */
function isAppRouter({tree}: SiteContext, prefix: string): boolean {
  for (const file of tree.files)
    if (file.startsWith(prefix) && /^(?:src\/)?pages\//.test(file.slice(prefix.length)))
      if (isMarkdownFile(file)) return false
  return true
}

/** @param inFolders Finds the languages that folders are named after, where the configuration computes them. */
function languagesOf(
  i18n: Value,
  inFolders: () => readonly string[],
  namesAll: boolean,
): Languages | undefined {
  if (!(i18n instanceof ObjectValue)) return
  const locales = i18n.get('locales')
  const named: readonly Value[] = Array.isArray(locales) ? locales : inFolders()
  const all = named.filter((each) => typeof each === 'string')
  const stated = i18n.get('defaultLocale')
  const main = typeof stated === 'string' ? stated : all.includes('en') ? 'en' : all[0]
  if (main === undefined) return
  return {all: new Set(all), main, fallsBack: false, hidden: namesAll ? 'none' : 'main'}
}

/** A language, perhaps with a region or script: `en`, `pt-BR`, `zh-Hant`. */
const LANGUAGE = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/

const pagesFolder = ({lookup}: SiteContext, prefix: string): string =>
  lookup.isFolder(`${prefix}src/pages`) ? `${prefix}src/pages` : `${prefix}pages`

/** The languages that the folders of all pages are named after; none if there are pages in other folders. */
function languageFolders({tree}: SiteContext, folder: string): string[] {
  const found = new Set<string>()
  for (const file of tree.files) {
    const path = isMarkdownFile(file) ? pathBelow(file, folder) : undefined
    if (path === undefined || !path.includes('/')) continue
    const [first = ''] = path.split('/', 1)
    // A route with a parameter is for all languages.
    if (first.startsWith('[')) continue
    if (!LANGUAGE.test(first)) return []
    found.add(first)
  }
  return [...found]
}
