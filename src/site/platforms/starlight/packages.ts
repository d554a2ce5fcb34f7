import {joinPath} from '../../../text/paths.ts'
import {ownValue} from '../../shared/data.ts'
import {CallValue, ObjectValue, partsOf, type Value} from '../../shared/javascript/values.ts'
import type {Adds} from './changes.ts'

/** Packages that only their own code uses, or that add only known pages; none changes ids. */
const HARMLESS = new RegExp(
  '^(?:node:.*|astro(?:/.*)?|vite(?:/.*)?|@astrojs/(?:starlight.*|(?:mdx|markdoc|sitemap|react|preact|vue|svelte|' +
    'solid-js|alpinejs|lit|partytown|tailwind|check|ts-plugin|node|netlify|vercel|cloudflare|rss|db|' +
    'markdown-remark|markdown-satteri)(?:/.*)?)|@tailwindcss/.*|@fontsource.*|@iconify.*|shiki|@shikijs/.*|' +
    '@expressive-code/.*|astro-expressive-code(?:/.*)?|expressive-code.*|@lorenzo_lewis/starlight-utils|' +
    'starlight-(?:theme-.*|(?:links-validator|image-zoom|package-managers|kbd|scroll-to-top|sidebar-topics|' +
    'auto-sidebar|utils|giscus|showcases|cooler-credit|sidebar-swipe|contextual-menu|copy-button|announcement|' +
    'plugin-icons|codeblock-fullscreen|fullview-mode)(?:/.*)?)|' +
    'astro-(?:icon|embed|og-canvas|compress|compressor|seo|google-analytics|font|favicons|mermaid)|' +
    '@astro-community/astro-embed.*|@playform/.*|@sentry/astro|@vercel/analytics.*|' +
    'vite-plugin-svgr|vite-svg-loader|unplugin-icons(?:/.*)?|vite-tsconfig-paths|(?:mdast|hast|unist|estree)-util.*|' +
    'path|url|fs|fs/promises|os|child_process|util|module|process|assert|crypto|' +
    'github-slugger|dotenv(?:/.*)?|yaml|js-yaml|smol-toml|toml|zod|lodash.*|semver|chalk|picocolors|sharp|' +
    'glob|fast-glob|globby|tinyglobby|gray-matter|acorn|~icons/.*|virtual:starlight/.*|astro:.*|astro-icon/.*|react(?:-dom)?(?:/.*)?|preact(?:/.*)?|vue|svelte(?:/.*)?|solid-js(?:/.*)?|clsx|satteri|lucide-.*|react-icons.*|unified|vfile.*|bcp-47.*|html-escaper|type-fest)$',
)

/** `rehype-katex/a` → `rehype-katex` */
const packageOf = (module: string) =>
  module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/')

/** Does a package add neither pages nor ids? */
export const isHarmless = (name: string): boolean => HARMLESS.test(name)

/** Plugins of Markdown that neither add nor change ids; what is called `remark-` or `rehype-` adds no pages. */
const WITHOUT_IDS = new RegExp(
  '^(?:remark-(?:gfm|math|directive|breaks|frontmatter|smartypants|mermaid.*|unwrap-images|reading-time|' +
    'github(?:-.*)?|lint.*|attr-to-props)|@beoe/rehype-.*|' +
    'rehype-(?:slug|autolink-headings|katex|mathjax|external-links|mermaid|raw|pretty-code|expressive-code|figure|' +
    'img-size|class-names|add-classes|wrap.*|highlight|prism.*|sanitize|minify.*|astro-relative-markdown-links|' +
    'callouts|rewrite))$',
)
/** Plugins that parse further syntax, but add no ids. */
const EXTENDS_SYNTAX = /^remark-(?:math|github-(?:alerts|admonitions).*)$/
const MARKDOWN_PLUGIN = /^(?:@[\w-]+\/)?(?:remark|rehype)(?:-.*)?$/

const ANYTHING: Adds = () => true

/** The URLs that packages always add. */
const ADDED: readonly (readonly [name: RegExp, urls: RegExp])[] = [
  [/^starlight-llms-txt$/, /^(?:llms[\w-]*\.txt|_llms-txt\/.*)$/],
  [/^starlight-page-actions$/, /(?:^llms[\w-]*\.txt|\.md)$/],
  [/^starlight-(?:dot-md|md-txt|markdown)$/, /\.(?:mdx?|txt)$/],
  [/^starlight-site-graph$/, /^sitegraph(?:\/|$)/],
  [/^starlight-tags$/, /^(?:[\w-]+\/)?tags(?:\/|$)/],
  [/^astro-pagefind$/, /^pagefind(?:\/|$)/],
  [/^astro-robots(?:-txt)?$/, /^robots\.txt$/],
  [/^(?:astrojs-service-worker|@vite-pwa\/astro)$/, /\.(?:js|json|webmanifest)$/],
]

/** The folders of packages that add URLs in them, by the first argument of their call. */
const FOLDERS: Readonly<Record<string, (options: Value) => readonly (string | undefined)[]>> = {
  'starlight-blog': (options) => [optionOf(options, 'prefix', 'blog')],
  // Those of its loader, in the configuration of collections.
  'starlight-changelogs': basesOf,
  'starlight-typedoc': (options) => [optionOf(options, 'output', 'api')],
  'starlight-obsidian': (options) => [optionOf(options, 'output', 'notes')],
  'starlight-openapi': basesOf,
  '@lunariajs/starlight': (options) => [optionOf(options, 'route', 'lunaria')],
  'astro-d2': (options) => [optionOf(options, 'output', 'd2')],
}

/** The paths that a package adds in these folders, if not all: the lists of a blog, but not its posts, which are pages. */
const BELOW: Readonly<Record<string, RegExp>> = {
  'starlight-blog': /^(?:|\d+|rss\.xml|(?:tags|authors)(?:\/.*)?)$/,
}

/** An option that is text; undefined if it is computed. */
function optionOf(options: Value, key: string, byDefault: string | undefined): string | undefined {
  if (options === undefined) return byDefault
  const value = options instanceof ObjectValue ? (options.get(key) ?? byDefault) : undefined
  return typeof value === 'string' ? value : undefined
}

/** The bases of a list of options: `[{base: 'api'}]` */
function basesOf(options: Value): (string | undefined)[] {
  return Array.isArray(options)
    ? options.map((each: Value) => optionOf(each, 'base', undefined))
    : [undefined]
}

/** What a package may add to a site that imports it in its configuration. */
export interface PackageFacts {
  /** The URLs that it may add; absent if it adds none. */
  adds?: Adds
  /** May it add or change ids in pages? */
  ids: boolean
  /** May it change where links lead? */
  links?: true
  /** May it extend the syntax of pages? */
  extendsSyntax?: true
}

/**
 * What a package may add; one that is not listed may add anything.
 *
 * @param options The first argument of its call in the configuration.
 */
export function packageFacts(name: string, options: Value): PackageFacts {
  if (EXTENDS_SYNTAX.test(name)) return {ids: false, extendsSyntax: true}
  if (HARMLESS.test(name) || WITHOUT_IDS.test(packageOf(name))) return {ids: false}
  if (MARKDOWN_PLUGIN.test(name))
    return {ids: true, links: true, ...(!name.includes('rehype') && {extendsSyntax: true})}
  const [, urls] = ADDED.find(([pattern]) => pattern.test(name)) ?? []
  if (urls) return {adds: (path) => urls.test(path), ids: false}
  const folders = ownValue(FOLDERS, name)?.(options)
  if (!folders) return {adds: ANYTHING, ids: true, extendsSyntax: true}
  const isAnywhere = folders.some((each) => each === undefined)
  return {adds: isAnywhere ? ANYTHING : within(folders, ownValue(BELOW, name) ?? /^/), ids: false}
}

/** Is a path in one of the folders, in any language, and does what follows match? */
const within = (folders: readonly (string | undefined)[], below: RegExp): Adds => {
  const prefixes = folders.map((each) => `/${joinPath('', each ?? '')}/`)
  return (path) =>
    prefixes.some((prefix) => {
      const start = `/${path}/`.indexOf(prefix)
      return start >= 0 && below.test(`/${path}`.slice(start + prefix.length))
    })
}

/** The first arguments of calls of packages in a value, by the packages: `starlightBlog({prefix: 'news'})`. */
export function optionsOfPackages(value: Value): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>()
  const waiting: Value[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (next instanceof CallValue && next.module !== undefined) {
      const name = next.module.replace(/\/loader$/, '')
      found.set(name, next.args[0] ?? found.get(name))
    }
    for (const part of partsOf(next)) waiting.push(part)
  }
  return found
}
