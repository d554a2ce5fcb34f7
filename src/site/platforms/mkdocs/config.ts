import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {record, strings} from '../../shared/data.ts'
import type {PymdownCase} from './heading-ids.ts'

/** The part of a `mkdocs.yml` that decides URLs and ids. */
export interface MkdocsConfig {
  /** The folder of the pages, from the tree's root. */
  docs: string
  /** `x.md` is published at `x/`, not at `x.html`. */
  directoryUrls: boolean
  /** Absolute links are read from the pages' folder. */
  absoluteFromDocs: boolean
  /** Where the site is published, if that is known. */
  home: string | undefined
  /** Why the build may add files that are not in the tree: a hook or a plugin. */
  generates: string | undefined
  /** The folder of the site's own theme, from the tree's root; its files are published, too. */
  theme: string | undefined
  /** Source files that are not there but redirect, from the pages' folder. */
  redirected: readonly string[]
  /** The folder, from that of the pages, in which a blog plugin publishes posts and lists at URLs of its own. */
  blog: string | undefined
  /** An extension rewrites links in raw HTML. */
  rewritesHtml: boolean
  /** Why headings may have other ids than the default ones. */
  otherIds: string | undefined
  /** The letter case of PyMdown's slugs, if headings get their ids from these. */
  pymdown: PymdownCase | undefined
  /** Tabs have ids, made from their titles. */
  tabIds: boolean
  /** The `attr_list` extension is on: braces hold attributes. */
  attributes: boolean
  /** Why references may be defined outside the pages. */
  references: string | undefined
  /** Files that are appended to every page, from the tree's root. */
  appended: readonly string[]
}

/** Plugins that add no pages or files and rewrite no links. */
const PLUGINS_WITHOUT_FILES =
  /^(?:material\/)?(?:blog|search|tags|minify|privacy|optimize|social|offline|meta|typeset|glightbox|git-(?:revision-date(?:-localized)?|committers(?:-\d)?|authors)|redirects|autorefs|mkdocstrings|section-index|awesome-(?:pages|nav)|literate-nav|exclude(?:-search)?|table-reader|panzoom|open-in-new-tab|include-markdown|markdownextradata|macros|mermaid2|charts|swagger-ui-tag|rss|termynal|ezlinks|video|d2|kroki)$/
/** Plugins that define references: `[text][package.module.Name]`. */
const PLUGINS_WITH_REFERENCES = /^(?:autorefs|mkdocstrings)$/

/**
 * Read a parsed `mkdocs.yml`.
 *
 * @param text Its source: YAML tags such as `!!python/name` say more than their values.
 * @param root The folder it is in, from the tree's root.
 * @param hooks The code of its hooks, which is never run; undefined if a hook cannot be read.
 */
export function readMkdocs(
  data: unknown,
  text: string,
  root: string,
  hooks: string | undefined = '',
): MkdocsConfig {
  const config = record(data)
  const plugins = namesIn(config.plugins)
  const validation = record(config.validation)
  const absoluteLinks = record(validation.links).absolute_links ?? validation.absolute_links
  const theme = record(config.theme).custom_dir
  const plugin = plugins.find((name) => PLUGINS_WITH_REFERENCES.test(name))
  return {
    docs: joinPath(root, typeof config.docs_dir === 'string' ? config.docs_dir : 'docs'),
    directoryUrls: config.use_directory_urls !== false,
    absoluteFromDocs: absoluteLinks === 'relative_to_docs',
    home: readHome(config.site_url),
    theme: typeof theme === 'string' ? joinPath(root, theme) : undefined,
    redirected: Object.keys(record(optionsOf(config.plugins, 'redirects').redirect_maps)),
    blog: plugins.some((name) => /^(?:material\/)?blog$/.test(name))
      ? String(optionsOf(config.plugins, 'blog').blog_dir ?? 'blog')
      : undefined,
    rewritesHtml: /\b(?:pathconverter|b64|striphtml)\b/.test(text),
    generates: whyGenerated(config, plugins, hooks),
    ...readIds(config, text, hooks),
    attributes: namesIn(config.markdown_extensions).some((name) => ATTRIBUTES.test(name)),
    references: /\]:[ {#/]/.test(hooks ?? '')
      ? 'a hook may define labels'
      : plugin && `the plugin ${plugin} defines labels`,
    appended: strings(optionsOf(config.markdown_extensions, 'pymdownx.snippets').auto_append).map((file) =>
      joinPath(root, file),
    ),
  }
}

/** Extensions that read attribute lists. */
const ATTRIBUTES = /^(?:attr_list|extra|markdown\.extensions\.(?:attr_list|extra)|pymdownx\.extra)$/

const readHome = (url: unknown) =>
  typeof url === 'string' && /^https?:\/\/[^/]/i.test(url) && URL.canParse(url)
    ? trimEnd(url, '/')
    : undefined

const INHERITS = 'it inherits its configuration'

function whyGenerated(
  {INHERIT}: Record<string, unknown>,
  plugins: readonly string[],
  hooks: string | undefined,
): string | undefined {
  if (INHERIT) return INHERITS
  if (hooks === undefined || writesFiles(hooks)) return 'a hook may add files'
  const plugin = plugins.find((name) => !PLUGINS_WITHOUT_FILES.test(name))
  return plugin === undefined ? undefined : `the plugin ${plugin} may add files`
}

function readIds(
  {INHERIT, markdown_extensions: extensions}: Record<string, unknown>,
  text: string,
  hooks: string | undefined,
): Pick<MkdocsConfig, 'pymdown' | 'tabIds' | 'otherIds'> {
  const pymdown = readPymdown(blockOf(text, String.raw`(?:markdown\.extensions\.)?toc`))
  const tabs = blockOf(text, String.raw`pymdownx\.tabbed`)
  const rest = text.replace(tabs, '').replace(pymdown?.source ?? '', '')
  const toc = ['toc', 'markdown.extensions.toc'].map((name) => optionsOf(extensions, name))
  const isConfigured =
    /\b(?:slugify|smarty|anchor_?ids?)\b/.test(rest) || toc.some(({separator}) => separator !== undefined)
  return {
    pymdown: pymdown?.letters,
    tabIds: /\bslugify\b/.test(tabs),
    otherIds: isConfigured
      ? 'the ids of headings are configured'
      : INHERIT
        ? INHERITS
        : whyHooksAddIds(hooks),
  }
}

const whyHooksAddIds = (hooks = '') =>
  /\bid=|\{\s*(?:\{\s*)?#|<h[1-6]/.test(hooks) ? 'a hook may add ids' : undefined

/** Whether the code of hooks may add files. */
const writesFiles = (hooks: string): boolean =>
  /\bdef on_(?!page_|post_page|env|template)\w+|\bFile\(|write_(?:text|bytes)/.test(hooks) ||
  hooks.split(/[)\n]/).some((part) => {
    const call = part.search(/\bopen\(/)
    return call >= 0 && /['"][wax]b?\+?['"]/.test(part.slice(call))
  })

/** The names in a list of plugins or extensions: each a name, or an object with its options. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value))
    return value.flatMap((item) => (typeof item === 'string' ? [item] : Object.keys(record(item))))
  return Object.keys(record(value))
}

/** Functions of `pymdownx.slugs` that take no options, with the letter case that they make. */
const PYMDOWN_SLUGS: Record<string, PymdownCase> = {
  uslugify: 'lower',
  uslugify_cased: 'none',
  gfm: 'lower-ascii',
}

/** The part of a YAML file that sets the options of one extension, with its tags; empty where there is none. */
function blockOf(text: string, name: string): string {
  const key = new RegExp(String.raw`^([ \t]*(?:-[ \t]+)?)(['"]?)${name}\2[ \t]*:`, 'm').exec(text)
  if (!key) return ''
  const lines = text.slice(key.index).split('\n')
  const ends = lines.findIndex(
    (line, index) => index > 0 && /^[ \t]*[^\s#]/.test(line) && line.search(/\S/) <= key[1]!.length,
  )
  return lines.slice(0, ends < 0 ? lines.length : ends).join('\n')
}

/** The slug function that a YAML tag names, such as `!!python/object/apply:pymdownx.slugs.slugify` with its options. */
function readPymdown(text: string): {letters: PymdownCase; source: string} | undefined {
  const named = /\bslugify:[ \t]*!!python\/name:pymdownx\.slugs\.(\w+)/.exec(text)
  const letters = named ? PYMDOWN_SLUGS[named[1]!] : undefined
  if (named && letters) return {letters, source: named[0]}
  const applied =
    /\bslugify:[ \t]*!!python\/object\/apply:pymdownx\.slugs\.slugify\s*(?:\{\s*)?kwds:\s*(?:\{\s*)?case:\s*['"]?(none|lower|lower-ascii)['"]?[ \t}]*$/m.exec(
      text,
    )
  return applied ? {letters: applied[1] as PymdownCase, source: applied[0]} : undefined
}

/** The options of a plugin; empty where it has none. */
function optionsOf(plugins: unknown, name: string): Record<string, unknown> {
  const all = Array.isArray(plugins) ? plugins.map(record) : [record(plugins)]
  return record(all.find((each) => Object.hasOwn(each, name))?.[name])
}
