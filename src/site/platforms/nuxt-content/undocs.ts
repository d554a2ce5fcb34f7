import {folderOf, folderPrefix, joinPath, nameOf} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import {isHttpUrl} from '../../../text/urls.ts'
import {DeclaredUrls} from '../../declared-urls.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {readValue, record} from '../../shared/data.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {ObjectValue} from '../../shared/javascript/values.ts'
import {readDependencies} from '../../shared/package-manifest.ts'
import {sourceOf} from './collections.ts'
import {addRedirect, type NuxtConfig} from './config.ts'
import {readCodeRoutes} from './vue-pages.ts'

/** Was a site detected by the configuration or the dependency of undocs? */
export async function isUndocs({tree, marker: {file = ''}}: SiteContext): Promise<boolean> {
  if (CONFIGURATION.test(file)) return true
  return nameOf(file) === 'package.json' && /"undocs"\s*:/.test(await tree.read(file).catch(() => ''))
}

const CONFIGURATION = /(?:^|\/)\.config\/docs\.\w+$/

/** What does not become a page of undocs: hidden folders, packages, and the output. */
const EXCLUDED = ['**/.*/**', '.*/**', '**/node_modules/**', 'node_modules/**', 'package.json', '*.yaml']

/** Read the configuration of undocs, whose folder is that of the pages. */
export async function readUndocs(ctx: SiteContext): Promise<NuxtConfig> {
  const {tree, marker} = ctx
  const {root, file = ''} = marker
  const data = CONFIGURATION.test(file) ? await settingsIn(ctx, file) : NO_SETTINGS
  const {redirects: table, isComputed} = data
  const redirects: Record<string, string> = {}
  for (const [from, to] of Object.entries(table)) {
    const target = typeof to === 'string' ? to : record(to).to
    if (typeof target === 'string') addRedirect(redirects, from, target)
  }
  const overlay = joinPath(root, '.docs')
  const layers = [overlay, root]
  const source = sourceOf(root, '**', {prefix: '', exclude: EXCLUDED})
  return {
    sources: source ? [source] : [],
    publicFolders: layers.map((layer) => joinPath(layer, 'public')),
    code: await readCodeRoutes(tree, [overlay], ['', 'app']),
    base: '',
    home: data.url === undefined ? undefined : trimEnd(data.url, '/'),
    redirects: new DeclaredUrls({root, redirects}),
    locales: new Set(),
    defaultLocale: undefined,
    named: new Set(),
    morePages: isComputed ? doubt('computed-setting', file) : undefined,
    moreRedirects: isComputed ? doubt('computed-redirects') : undefined,
    otherIds: undefined,
    otherSlugs: (await isBefore05(ctx)) ? undefined : doubt('id-setting'),
    isUndocs: true,
    keepsCase: true,
  }
}

/** The settings that are about URLs. */
interface Settings {
  url?: string
  redirects: Record<string, unknown>
  isComputed: boolean
}

const NO_SETTINGS: Settings = {redirects: {}, isComputed: false}

async function settingsIn(ctx: SiteContext, file: string): Promise<Settings> {
  if (!/\.[jt]s$|\.mjs$/.test(file)) {
    const {url, redirects} = record(await readValue(ctx, file))
    return {...(isHome(url) && {url}), redirects: record(redirects), isComputed: false}
  }
  const value = await readModule(ctx, file)
  if (!(value instanceof ObjectValue)) return {redirects: {}, isComputed: true}
  const [url, table] = [value.get('url'), value.get('redirects')]
  const redirects = table instanceof ObjectValue ? Object.fromEntries(table.values) : {}
  const isComputed = table !== undefined && !(table instanceof ObjectValue && !table.hasUnknownKeys)
  return {...(isHome(url) && {url}), redirects, isComputed}
}

const isHome = (url: unknown): url is string => typeof url === 'string' && isHttpUrl(url)

/** Do the pages have the ids of MDC, as they have before version 0.5 of undocs? */
async function isBefore05({tree, marker: {root}}: SiteContext): Promise<boolean> {
  const folders = [root, folderOf(root), '']
  for (const folder of folders) {
    const file = `${folderPrefix(folder)}package.json`
    if (!tree.files.has(file)) continue
    const {undocs: version} = await readDependencies({tree}, file)
    if (typeof version === 'string') return /^[~^]?0\.[0-4]\./.test(trimBoth(version, ' '))
  }
  return false
}
