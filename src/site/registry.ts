import type {MakeSite} from './platform.ts'

/** How a platform is recognised, and where its rules are. */
interface Platform {
  /** Files by which it gives itself away, from its site's folder. */
  markers: RegExp[]
  /** Its own file; without one, only what is the same on every platform is known. */
  load?: () => Promise<MakeSite>
}

/** Every platform that is recognised; of several in one folder the first one counts. */
const TABLE = {
  jekyll: {
    markers: [/^_config\.ya?ml$/],
    load: async () => (await import('./platforms/jekyll/describe.ts')).makeJekyll,
  },
  mkdocs: {
    markers: [/^mkdocs\.ya?ml$/],
    load: async () => (await import('./platforms/mkdocs/describe.ts')).makeMkdocs,
  },
  vitepress: {
    markers: [/^\.vitepress\/config(?:\/index)?\.[cm]?[jt]s$/],
    load: async () => (await import('./platforms/vitepress/describe.ts')).makeVitepress,
  },
  docusaurus: {
    markers: [/^docusaurus\.config\.[cm]?[jt]s$/],
    load: async () => (await import('./platforms/docusaurus/describe.ts')).makeDocusaurus,
  },
  starlight: {
    markers: [/^astro\.config\.[cm]?[jt]s$/],
    load: async () => (await import('./platforms/starlight/describe.ts')).makeStarlight,
  },
  hugo: {
    markers: [/^hugo\.(?:toml|ya?ml|json)$/, /^config\/_default\/(?:hugo|config)\.(?:toml|ya?ml|json)$/],
    load: async () => (await import('./platforms/hugo/describe.ts')).makeHugo,
  },
  mdbook: {
    markers: [/^book\.toml$/],
    load: async () => (await import('./platforms/mdbook/describe.ts')).makeMdbook,
  },
  docfx: {
    markers: [/^docfx\.json$/, /^\.openpublishing\.publish\.config\.json$/],
    load: async () => (await import('./platforms/docfx/describe.ts')).makeDocfx,
  },
  myst: {
    markers: [/^conf\.py$/],
    load: async () => (await import('./platforms/myst/describe.ts')).makeMyst,
  },
  next: {
    markers: [/^next\.config\.[cm]?[jt]s$/],
    load: async () => (await import('./platforms/next/describe.ts')).makeNext,
  },
  vuepress: {markers: [/^\.vuepress\/config\.[cm]?[jt]s$/]},
  gatsby: {markers: [/^gatsby-config\.[cm]?[jt]s$/]},
  eleventy: {markers: [/^(?:\.?eleventy|eleventy\.config)\.[cm]?js$/]},
  zensical: {markers: [/^zensical\.toml$/]},
  antora: {markers: [/^antora\.yml$/]},
  quarto: {
    markers: [/^_quarto\.yml$/],
    load: async () => (await import('./platforms/quarto/describe.ts')).makeQuarto,
  },
  'jupyter-book': {markers: [/^_toc\.yml$/, /^myst\.yml$/]},
  hosted: {markers: [/^(?:\.gitbook\.yaml|docs\.json|mint\.json)$/]},
  docsify: {markers: [/^docsify\.js$/]},
} as const satisfies Record<string, Platform>

/** The platforms whose rules are known, which a user may name. */
export const PLATFORMS = [
  'github',
  'gitlab',
  ...(Object.keys(TABLE) as (keyof typeof TABLE)[]).filter((name) => 'load' in TABLE[name]),
] as const
/** A platform a user may name. */
export type PlatformName = (typeof PLATFORMS)[number]

/** Look a platform up by its name. */
export const platformNamed = (name: string): Platform | undefined =>
  Object.hasOwn(TABLE, name) ? TABLE[name as keyof typeof TABLE] : undefined

const MARKERS = Object.entries<Platform>(TABLE).flatMap(([name, {markers}]) =>
  markers.map((pattern) => ({name, pattern})),
)

/** The platform that a file gives away, by its path from the site's folder. */
export const platformMarkedBy = (path: string): string | undefined =>
  MARKERS.find(({pattern}) => pattern.test(path))?.name
