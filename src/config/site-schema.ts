import * as v from 'valibot'
import {closed, flag, oneOf, record, text, texts} from '../data/schema.ts'
import type {PlatformName} from '../site/registry.ts'
import {didYouMean} from '../text/nearest.ts'
import {isHttpUrl} from '../text/urls.ts'

/** The name of a platform; `checkPlatform` validates it once the platforms of plugins are known. */
export const platformSchema = v.custom<PlatformName | (string & {})>(
  (name) => typeof name === 'string',
  'must be the name of a platform',
)

const FOLDERS = 'must be a folder, a list of folders, or an object of URLs by folder'

/** A folder, relative to another one: neither an absolute path, nor one of Git's. */
const folder = () =>
  v.pipe(
    v.string('must be a folder'),
    v.check(
      (path) => !/^[/\\]|^[a-z]:|\\|(?:^|\/)\.git(?:\/|$)/i.test(path),
      ({input}) => `is "${input}". Expected a relative path, with "/" between folders`,
    ),
  )

const urlPath = v.pipe(
  text,
  v.regex(
    /^\/(?:[^/]|$)/,
    ({input}) => `is "${input}". Expected a URL path that begins with "/", such as "/docs"`,
  ),
)

const destination = v.pipe(
  text,
  v.check(
    (url) => /^\/(?:[^/]|$)/.test(url) || isHttpUrl(url),
    ({input}) => `is "${input}". Expected a URL path that begins with "/", or a URL (http: or https:)`,
  ),
)

/** One folder, a list of them, or folders with the URL path of each. */
const folders = v.union([folder(), v.array(folder(), FOLDERS), record(urlPath, folder())], FOLDERS)

/** How source files become URLs. */
export const routesSchema = closed({
  /** The ending of a page's URL, such as `slash` for `/guide/`; by default `any`, if the site serves all of them. */
  ending: v.exactOptional(oneOf(['none', 'slash', '.html', 'any'])),
  /** The names, without extension, of pages that are published at the URL of their folder. */
  index: v.exactOptional(texts),
  /** Numbers before names are dropped, as in `1.guide/02-setup.md`. */
  dropsNumbers: v.exactOptional(flag),
  /** Folders in parentheses are dropped, as in `(guides)/setup.md`. */
  dropsGroups: v.exactOptional(flag),
  /** URLs are in lower case, or match in any case. */
  ignoresCase: v.exactOptional(flag),
  /** First segments of URLs, such as `en`, that lead to the same pages as without them. */
  optionalPrefixes: v.exactOptional(texts),
  /** A link from the root is resolved in the page's own `content` folder first, as on sites in several languages. */
  ownContentFirst: v.exactOptional(flag),
  /** The base of relative links: the folder of the source `file`, the page's `url`, or `both`. */
  relativeTo: v.exactOptional(oneOf(['file', 'url', 'both'])),
  /** A link may consist of a file's name alone, wherever the file is. */
  byName: v.exactOptional(flag),
  /** Such a name may be that of a file which the build brings from another repository. */
  namesFromElsewhere: v.exactOptional(flag),
})

const ID_RULES = [
  'github-slugger',
  'mdit-vue',
  'python-markdown',
  'kramdown',
  'markdown-it-anchor',
  'mdc',
  'slug-crate',
  'eleventy',
  'sindresorhus-slugify',
  'hexo',
  'svelte',
  'tanstack',
] as const

const idRule = oneOf(ID_RULES)

/** A rule for ids, or a list of them. */
const idRules = v.union([idRule, v.array(idRule)], ({input}) =>
  typeof input === 'string'
    ? `is ${JSON.stringify(input)}. ${didYouMean(input, ID_RULES)}`
    : `must be one of ${ID_RULES.join(', ')}, or a list of them`,
)

/** A site, declared or corrected. */
export const siteSchema = closed({
  /** The site's folder, relative to the configuration's folder; `.` for that folder itself. */
  root: folder(),
  /** The platform, if it is not detected in the folder; `other` for a generator that doccheck has no rules for. */
  platform: v.exactOptional(platformSchema),
  /** The folder of pages, relative to `root`, a list of folders, or an object with the URL path of each. */
  content: v.exactOptional(folders),
  /** The folder of files that are published as they are, in the same forms as `content`. */
  assets: v.exactOptional(folders),
  /** The path of the site on its host, such as `/docs`. */
  base: v.exactOptional(urlPath),
  /** The absolute URL of the published site. */
  home: v.exactOptional(v.pipe(text, v.check(isHttpUrl, 'must be the URL of the site (http: or https:)'))),
  /** How source files become URLs. */
  routes: v.exactOptional(routesSchema),
  /** The rule by which headings get their ids, or a list if it is one of several; without it, any fragment may exist. */
  ids: v.exactOptional(idRules),
  /** Destinations by URL path, which may contain `*`: `{"/blog/*": "https://blog.example.org/:splat"}`. */
  redirects: v.exactOptional(record(destination, urlPath)),
  /** URL paths that the build or another program publishes, with `*` for any characters: `["/api/*"]`. */
  generated: v.exactOptional(v.array(urlPath, 'must be a list of URL paths')),
  /** Nothing else is published: a page or file that is neither in the tree nor `generated` is missing. */
  complete: v.exactOptional(flag),
})

/** A site, as written in a configuration. */
export type SiteConfig = v.InferInput<typeof siteSchema>
