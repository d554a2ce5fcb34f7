import escapeStringRegexp from 'escape-string-regexp'
import {type Doubt, doubt} from '../../doubts.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import {ObjectValue, type Value} from '../../shared/javascript/values.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'

/** What the build publishes that is not in the tree. */
export interface More {
  /** Why there may be further pages, which no link to a source file leads to. */
  pages?: Doubt
  /** Why there may be further files. */
  files?: Doubt
  /** URLs of lists that a blog generates, with `*` for any characters. */
  lists: readonly string[]
}

/** Code that adds pages. */
const ADDS_PAGES = /\bcreatePage\b|\badditionalPages\b|\bpages\.push\b/
/** Code that writes files while the site is built. */
const WRITES_FILES =
  /\bonGenerated\b|\bgenerated\s*[:(]|\bwriteFile(?:Sync)?\b|\bcopy(?:Sync|File|FileSync)?\s*\(/

/** Packages that add no pages: those of VuePress, but for its blogs, and a few others. */
const WITHOUT_PAGES =
  /^(?:vuepress(?:-vite|-webpack|-theme-hope|-plugin-(?:md-enhance|sitemap|seo|code-copy|copyright2?|feed2?|pwa2?|mermaidjs|mermaid|flowchart|smooth-scroll|medium-zoom|reading-progress|clean-urls|container|google-analytics|helper-live2d|baidu-autopush|comment2?|search-pro|components|lightgallery|photo-swipe|auto-sidebar|redirect|one-click-copy|fulltext-search|flexsearch|canonical|robots|dehydrate|export(?:-pdf)?|tabs|typescript|check-md|umami-analytics|gitalk|twitter-card|element-ui|nuggets-style-copy|table-of-contents|demo-\w+|sass-palette|nprogress))?(?:\/.*)?|@vuepress\/(?!.*blog).*|@condorhero\/vuepress-plugin-export-pdf.*|@mr-hope\/.*|@snippetors\/.*)$/
/** Names of themes and plugins. */
const OF_VUEPRESS = /(?:^|\/)vuepress-(?:plugin|theme)|^@vuepress\//
/** Short names of plugins of the first version, as they stand in lists. */
const SHORT = /^[a-z][\w-]*$/
/** Such plugins that add no pages. */
const SHORT_WITHOUT_PAGES =
  /^(?:container|back-to-top|medium-zoom|pwa|google-analytics|search|nprogress|last-updated|active-header-links|register-components|sitemap|seo|smooth-scroll|code-copy|copyright|feed|mermaidjs?|flowchart|clean-urls|reading-progress|redirect|robots|fulltext-search|flexsearch|canonical|tabs|baidu-autopush|check-md|one-click-copy|table-of-contents|vuepress-plugin-.+)$/

/** The lists of vuepress-theme-hope, and of the first blog plugin by its documentation. */
const LISTS = ['/article/*', '/category/*', '/tag/*', '/timeline/*', '/star/*', '/slides/*', '/encrypted/*']

/**
 * What plugins, themes and code may add.
 *
 * @param code All code of the configuration.
 * @param exported The value of the configuration.
 * @param dependencies The names of the packages that the site depends on.
 */
export function moreOf(code: string, exported: Value, dependencies: readonly string[]): More {
  const about = unknownPackage(code, exported, dependencies)
  const ofPackage = about === undefined ? undefined : doubt('plugin-pages', about)
  const pages = ADDS_PAGES.test(code) ? doubt('code-pages', 'the configuration') : ofPackage
  // Themes bring files of their own, but none that pages show.
  const ofPlugin = about?.startsWith('the theme ') ? undefined : ofPackage
  const files = WRITES_FILES.test(code) ? doubt('code-pages', 'the configuration') : ofPlugin
  const hasBlog = /\bblog\w*\s*[:(]|plugin-blog/i.test(code)
  return {...(pages && {pages}), ...(files && {files}), lists: hasBlog ? LISTS : []}
}

/** The patterns of the lists. */
export function listPatterns({lists}: More): UrlPatterns {
  const patterns = new UrlPatterns()
  // Those of a language are in its folder.
  for (const each of lists)
    patterns.add(`^(?:/[\\w-]+)?${each.split('*').map(escapeStringRegexp).join('.*')}$`, '/')
  return patterns
}

/** The first package that may add pages, in words. */
function unknownPackage(code: string, exported: Value, dependencies: readonly string[]): string | undefined {
  const packages = [...importedModules(code), ...dependencies, ...themeOf(exported)].filter((name) =>
    OF_VUEPRESS.test(name),
  )
  const unknown = packages.find((name) => !name.startsWith('.') && !WITHOUT_PAGES.test(name))
  if (unknown !== undefined) return `the ${/theme/.test(unknown) ? 'theme' : 'plugin'} ${unknown}`
  const short = pluginsOf(exported).find((name) => SHORT.test(name) && !SHORT_WITHOUT_PAGES.test(name))
  return short === undefined ? undefined : `the plugin ${short}`
}

/** The theme that the first version is asked for: `reco` → `vuepress-theme-reco`. */
function themeOf(exported: Value): string[] {
  const theme = exported instanceof ObjectValue ? exported.get('theme') : undefined
  if (typeof theme !== 'string' || theme.startsWith('.')) return []
  return [/vuepress|^@/.test(theme) ? theme : `vuepress-theme-${theme}`]
}

/** The names of plugins that a configuration lists: `['sitemap', ['feed', {…}]]`, `{sitemap: {…}}`. */
function pluginsOf(exported: Value): string[] {
  const plugins = exported instanceof ObjectValue ? exported.get('plugins') : undefined
  if (plugins instanceof ObjectValue) return [...plugins.values.keys()]
  if (!Array.isArray(plugins)) return []
  return plugins.flatMap((each: Value) => {
    const name = Array.isArray(each) ? each[0] : each
    return typeof name === 'string' ? [name] : []
  })
}
