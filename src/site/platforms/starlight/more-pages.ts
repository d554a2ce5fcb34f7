import {joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {ignoredIn} from '../../shared/git-ignored.ts'
import {middlewareCode, pathsNamedIn} from '../../shared/middleware.ts'
import type {Addition} from './changes.ts'
import type {AstroConfig} from './config.ts'

const CONTENT_CONFIGS = [
  ...['content.config.ts', 'content.config.mts', 'content.config.js', 'content.config.mjs'],
  ...['content/config.ts', 'content/config.js', 'content/config.mjs'],
]

/** The file that configures the content collections, if there is one. */
export const contentConfig = ({lookup}: SiteContext, {sourceFolder}: AstroConfig): string | undefined =>
  CONTENT_CONFIGS.map((name) => `${sourceFolder}/${name}`).find((file) => lookup.isFile(file))

/** The reasons why there may be pages that neither a page's file nor the configuration shows. */
export async function additionsOfFiles(ctx: SiteContext, config: AstroConfig): Promise<Addition[]> {
  const {sourceFolder, hasStarlight} = config
  const {tree, lookup} = ctx
  const {root} = ctx.marker
  const read = (file: string) => tree.read(file).catch(() => '')
  const found: (Doubt | undefined)[] = []
  const content = contentConfig(ctx, config)
  if (hasStarlight && content !== undefined) found.push(whyLoaded(await read(content)))
  const {build, prebuild} = record((await readData(ctx, joinPath(root, 'package.json'))).scripts)
  if (prebuild !== undefined || (typeof build === 'string' && !isPlainBuild(build)))
    found.push(doubt((await ignoresPages(ctx, config)) ? 'unignored-pages' : 'build-script'))
  const workers = ['toml', 'json', 'jsonc'].map((end) => joinPath(root, `wrangler.${end}`))
  for (const file of workers.filter((each) => lookup.isFile(each)))
    if (/^[ \t]*"?main"?[ \t]*[=:]/m.test(await read(file))) found.push(doubt('server-routes', 'a worker'))
  return [
    ...found.flatMap((each) => (each ? [{doubt: each}] : [])),
    ...ofMiddleware(await middlewareCode(ctx, [`${sourceFolder}/middleware`])),
  ]
}

/** The URLs that middleware may redirect, rewrite or answer. */
function ofMiddleware(code: string): Addition[] {
  if (!ANSWERS.test(code)) return []
  const isNamed = IMPORTS.test(code) ? undefined : pathsNamedIn(code)
  const about = doubt('server-routes', 'middleware')
  return isNamed ? [{doubt: about, covers: isNamed}] : [{doubt: about}]
}

/**
 * Does Git ignore pages that a build generates, or any other files in the folders of pages? Where it does, other pages
 * that are generated would be ignored, too, as they would be untracked files after each build.
 */
export const ignoresPages = async ({tree}: SiteContext, {sourceFolder}: AstroConfig): Promise<boolean> =>
  (await ignoredIn(tree, `${sourceFolder}/content`)).length > 0

/** Middleware that hands requests to other code. */
const IMPORTS = /\bimport\b(?![^\n]*['"]astro(?::\w+)?['"])/
/** Middleware that answers requests, or hands them to other code. */
const ANSWERS = new RegExp(`\\bredirect\\b|\\brewrite\\b|\\bResponse\\b|${IMPORTS.source}`)

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
