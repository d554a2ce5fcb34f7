import {folderOf, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {modulesIn} from '../../shared/imported-modules.ts'
import {CallValue, ObjectValue, readCode, UNKNOWN, type Value} from '../../shared/javascript.ts'
import type {Lookup} from '../../shared/lookup.ts'
import type {PageSource} from '../../types.ts'

/** What counts of an `astro.config.*`. */
export interface AstroConfig {
  /** Starlight is among the integrations. */
  hasStarlight: boolean
  /** `https://example.org/docs`, if it is written out. */
  home: string | undefined
  /** The path of the site on its host, `/` at both ends. */
  base: string
  trailingSlash: 'always' | 'never' | 'ignore'
  /** Folders, from the tree's root. */
  sourceFolder: string
  publicFolder: string
  /** URL prefixes of translations; the default language is not among them if it has none. */
  locales: readonly string[]
  /** The prefix of the default language, empty for the root; nothing where it is not known. */
  defaultLocale: string | undefined
  /** Paths that are redirected, as routes: `/old/[...rest]`. */
  redirects: readonly string[]
  /** Components of the theme that are replaced by the site's own. */
  hasOwnComponents: boolean
  /** Why pages may be published that are not seen. */
  morePages: string | undefined
  /** Why headings may have other ids than the default ones. */
  otherIds: string | undefined
  /** SmartyPants reads the text before ids are made of it. */
  smartypants: boolean
}

/** Keys of `markdown` that leave the ids of headings alone. */
const HARMLESS_MARKDOWN = /^(?:shikiConfig|syntaxHighlight|gfm|smartypants|remarkRehype)$/

/**
 * Read the code of an `astro.config.*`, which is never run.
 *
 * @param root The site's folder, from the tree's root.
 */
export async function readAstro(code: string, root: string): Promise<AstroConfig> {
  const value = await readCode(code)
  const config = value instanceof ObjectValue ? value : new ObjectValue(new Map(), true)
  const name = /import\s+(\w+)\s+from\s+['"]@astrojs\/starlight['"]/.exec(code)?.[1]
  const integrations = config.get('integrations')
  const calls = Array.isArray(integrations) ? integrations.flat(3) : []
  const call = calls.find((item) => item instanceof CallValue && item.name === name) as CallValue | undefined
  const given = call?.args[0]
  const options = given instanceof ObjectValue ? given : new ObjectValue(new Map(), name !== undefined)
  const text = (key: string, fallback: string) => {
    const found = config.get(key)
    return typeof found === 'string' ? found : found === undefined ? fallback : undefined
  }
  const base = text('base', '/')
  const site = text('site', '')
  const source = text('srcDir', 'src')
  const assets = text('publicDir', 'public')
  const trailingSlash = text('trailingSlash', 'ignore')
  const path = `/${joinPath('', base ?? '')}/`.replace('//', '/')
  const {locales, defaultLocale} = readLocales(options)
  const redirects = config.get('redirects')
  const morePages =
    value === UNKNOWN || config.hasUnknownKeys
      ? 'the configuration is computed'
      : base === undefined || source === undefined || assets === undefined
        ? 'a folder or the base is computed'
        : defaultLocale === undefined
          ? 'the languages are computed'
          : redirects !== undefined && (!(redirects instanceof ObjectValue) || redirects.hasUnknownKeys)
            ? 'redirects are computed'
            : config.get('i18n') !== undefined
              ? 'pages may fall back to other languages'
              : undefined
  const markdown = config.get('markdown')
  const smartypants = markdown instanceof ObjectValue ? markdown.get('smartypants') : undefined
  const plain = markdown === undefined || (markdown instanceof ObjectValue && !markdown.hasUnknownKeys)
  const processed =
    !plain ||
    (markdown !== undefined && [...markdown.values.keys()].some((key) => !HARMLESS_MARKDOWN.test(key))) ||
    (smartypants !== undefined && typeof smartypants !== 'boolean')
  return {
    hasStarlight: name !== undefined,
    home: site && base !== undefined ? (trimEnd(site, '/') + path).replace(/\/$/, '') : undefined,
    base: path,
    trailingSlash: trailingSlash === 'always' || trailingSlash === 'never' ? trailingSlash : 'ignore',
    sourceFolder: joinPath(root, source ?? 'src').replace(/\/$/, ''),
    publicFolder: joinPath(root, assets ?? 'public').replace(/\/$/, ''),
    locales,
    defaultLocale,
    redirects: redirects instanceof ObjectValue ? [...redirects.values.keys()] : [],
    hasOwnComponents: options.get('components') !== undefined,
    morePages,
    otherIds: processed || value === UNKNOWN ? 'the processing of Markdown is configured' : undefined,
    smartypants: smartypants !== false,
  }
}

/** The languages of a site: without `locales` it has one, at the root. */
function readLocales(options: ObjectValue): Pick<AstroConfig, 'locales' | 'defaultLocale'> {
  const value = options.get('locales')
  if (value === undefined) return {locales: [], defaultLocale: ''}
  if (!(value instanceof ObjectValue) || value.hasUnknownKeys) return {locales: [], defaultLocale: undefined}
  const keys = [...value.values.keys()]
  const locales = keys.filter((key) => key !== 'root')
  const named: Value = options.get('defaultLocale') ?? (keys.length === 1 ? keys[0] : 'root')
  const isKnown = typeof named === 'string' && value.values.has(named)
  return {locales, defaultLocale: isKnown ? (named === 'root' ? '' : named) : undefined}
}

/** Packages that bring no pages but such as are known, and no ids of headings. */
const HARMLESS = new RegExp(
  '^(?:node:.*|astro(?:/.*)?|vite(?:/.*)?|@astrojs/(?:starlight(?!-docsearch).*|(?:mdx|markdoc|sitemap|react|preact|' +
    'vue|svelte|solid-js|alpinejs|lit|partytown|tailwind|check|ts-plugin|node|netlify|vercel|cloudflare|' +
    'starlight-tailwind|starlight-docsearch|markdown-remark|markdown-satteri)(?:/.*)?)|@tailwindcss/.*|' +
    '@expressive-code/.*|astro-expressive-code|expressive-code-.*|' +
    'starlight-(?:theme-.*|(?:links-validator|image-zoom|package-managers|kbd|scroll-to-top|sidebar-topics|' +
    'auto-sidebar)(?:/.*)?)|astro-icon|path|url|fs)$',
)
/** What a module of the site's own does to bring pages or to change Markdown. */
const MEDDLES =
  /injectRoute|updateConfig|addIntegration|addMiddleware|astro:build|astro:route|redirects?\b|writeFile|(?:remark|rehype)Plugins|createReadStream|copyFile|cpSync/

/**
 * Why a configuration may bring pages that are not seen: by packages, or by modules of the site's own, which are read.
 *
 * @returns nothing if it does not.
 */
export async function whyMorePages(
  world: PageSource,
  lookup: Lookup,
  file: string,
  seen = new Set([file]),
): Promise<string | undefined> {
  const code = await world.tree.read(file).catch(() => undefined)
  if (code === undefined) return `${file} cannot be read`
  const isConfiguration = seen.size === 1
  if (!isConfiguration && MEDDLES.test(code)) return `${file} may add pages`
  if (isConfiguration && /['"]astro:|injectRoute/.test(code)) return 'a hook may add pages'
  for (const name of modulesIn(code)) {
    if (!name.startsWith('.')) {
      if (!HARMLESS.test(name)) return `${name} may add pages`
      continue
    }
    const path = joinPath(folderOf(file), name)
    if (path.endsWith('.json') || seen.has(path)) continue
    const found = ['', '.ts', '.js', '.mjs', '.mts', '/index.ts', '/index.js', '/index.mjs']
      .map((end) => path.replace(end && /\.js$/, '') + end)
      .find((each) => lookup.isFile(each))
    if (found === undefined) return `${name} is not there`
    if (seen.has(found)) continue
    seen.add(found)
    const other = await whyMorePages(world, lookup, found, seen)
    if (other !== undefined) return other
  }
}

/** Why pages of Starlight may be loaded otherwise than from `src/content/docs`, by the code of `content.config.*`. */
export function otherContent(code: string): string | undefined {
  const docs = /\bdocs\s*:\s*defineCollection\(\s*\{([^}]*)/.exec(code)?.[1]
  if (docs === undefined) return 'the collection of pages is computed'
  // Before Astro 5, collections had no loader.
  if (/\bloader\s*:\s*docsLoader\(\s*\)/.test(docs) || !/\bloader\b/.test(code)) return
  return 'pages are loaded by a loader of the site’s own'
}

const PLAIN_COMMAND =
  /^(?:[A-Z_]+=(?:'[^']*'|[^\s']\S*|) )*(?:npx |pnpm |bunx )?(?:astro (?:check|sync|build)|tsc)(?: --?[\w=-]+(?: [\w./][\w./-]*)?)*$/

/** Does a build script make nothing but the site? */
export const isPlainBuild = (script: string): boolean =>
  script.split(' && ').every((command) => PLAIN_COMMAND.test(command))
