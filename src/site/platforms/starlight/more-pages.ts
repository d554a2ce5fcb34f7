import {joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import {localModule} from '../../shared/javascript/local-module.ts'
import type {AstroConfig} from './config.ts'

/** Packages that add only known pages, and no heading ids. */
const HARMLESS_PACKAGES = new RegExp(
  '^(?:node:.*|astro(?:/.*)?|vite(?:/.*)?|@astrojs/(?:starlight(?!-docsearch).*|(?:mdx|markdoc|sitemap|react|preact|' +
    'vue|svelte|solid-js|alpinejs|lit|partytown|tailwind|check|ts-plugin|node|netlify|vercel|cloudflare|' +
    'starlight-tailwind|starlight-docsearch|markdown-remark|markdown-satteri)(?:/.*)?)|@tailwindcss/.*|' +
    '@expressive-code/.*|astro-expressive-code|expressive-code-.*|' +
    'starlight-(?:theme-.*|(?:links-validator|image-zoom|package-managers|kbd|scroll-to-top|sidebar-topics|' +
    'auto-sidebar)(?:/.*)?)|astro-icon|path|url|fs)$',
)
/** Code that adds pages, or changes how Markdown is processed. */
const ADDS_PAGES =
  /injectRoute|updateConfig|addIntegration|addMiddleware|astro:build|astro:route|redirects?\b|writeFile|(?:remark|rehype)Plugins|createReadStream|copyFile|cpSync/

/**
 * The reason why a configuration may add pages that no file shows: through packages, or through the site's own modules,
 * which are read.
 *
 * @returns undefined if it does not
 */
export async function whyModulesAddPages(
  ctx: SiteContext,
  file: string,
  seen: Set<string> = new Set([file]),
): Promise<Doubt | undefined> {
  const code = await ctx.tree.read(file).catch(() => undefined)
  if (code === undefined) return doubt('code-pages', file)
  const isConfiguration = seen.size === 1
  if (!isConfiguration && ADDS_PAGES.test(code)) return doubt('code-pages', file)
  if (isConfiguration && /['"]astro:|injectRoute/.test(code))
    return doubt('code-pages', 'an integration hook')
  for (const name of importedModules(code)) {
    const isLocal = name.startsWith('.')
    if (!isLocal && !HARMLESS_PACKAGES.test(name)) return doubt('plugin-pages', name)
    const why = isLocal ? await whyLocalModuleAddsPages(ctx, name, file, seen) : undefined
    if (why !== undefined) return why
  }
}

async function whyLocalModuleAddsPages(
  ctx: SiteContext,
  name: string,
  importer: string,
  seen: Set<string>,
): Promise<Doubt | undefined> {
  const file = localModule(ctx.tree, name, importer)
  if (file === undefined) return doubt('code-pages', name)
  if (file.endsWith('.json') || seen.has(file)) return
  seen.add(file)
  return whyModulesAddPages(ctx, file, seen)
}

const CONTENT_CONFIGS = [
  ...['content.config.ts', 'content.config.mts', 'content.config.js', 'content.config.mjs'],
  ...['content/config.ts', 'content/config.js', 'content/config.mjs'],
]

/** The reason why there may be pages that neither a file nor the configuration shows. */
export async function whyFilesAddPages(
  ctx: SiteContext,
  {sourceFolder, hasStarlight}: AstroConfig,
): Promise<Doubt | undefined> {
  const {tree, lookup} = ctx
  const {root} = ctx.marker
  const read = (file: string) => tree.read(file).catch(() => '')
  const content = CONTENT_CONFIGS.map((name) => `${sourceFolder}/${name}`).find((file) => lookup.isFile(file))
  const loader = hasStarlight && content !== undefined ? whyLoaded(await read(content)) : undefined
  if (loader !== undefined) return loader
  const {build, prebuild} = record((await readData(ctx, joinPath(root, 'package.json'))).scripts)
  if (prebuild !== undefined || (typeof build === 'string' && !isPlainBuild(build)))
    return doubt('build-script')
  const workers = ['toml', 'json', 'jsonc'].map((end) => joinPath(root, `wrangler.${end}`))
  for (const file of workers.filter((each) => lookup.isFile(each)))
    if (/^[ \t]*"?main"?[ \t]*[=:]/m.test(await read(file))) return doubt('server-routes', 'a worker')
  return ['ts', 'js', 'mjs'].some((end) => lookup.isFile(`${sourceFolder}/middleware.${end}`))
    ? doubt('server-routes', 'middleware')
    : undefined
}

/** The reason why Starlight pages may be loaded from outside `src/content/docs`, by the code of `content.config.*`. */
export function whyLoaded(code: string): Doubt | undefined {
  const docs = /\bdocs\s*:\s*defineCollection\(\s*\{([^}]*)/.exec(code)?.[1]
  if (docs === undefined) return doubt('computed-setting', 'the collection of pages')
  // Before Astro 5, collections had no loader.
  if (/\bloader\s*:\s*docsLoader\(\s*\)/.test(docs) || !/\bloader\b/.test(code)) return
  return doubt('code-pages', 'a custom loader')
}

const PLAIN_COMMAND =
  /^(?:[A-Z_]+=(?:'[^']*'|[^\s']\S*|) )*(?:npx |pnpm |bunx )?(?:astro (?:check|sync|build)|tsc)(?: --?[\w=-]+(?: [\w./][\w./-]*)?)*$/

/** Does a build script only build the site: `astro check && astro build`? */
export const isPlainBuild = (script: string): boolean =>
  script.split(' && ').every((command) => PLAIN_COMMAND.test(command))
