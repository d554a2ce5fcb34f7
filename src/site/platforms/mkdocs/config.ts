import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {record, strings} from '../../shared/data.ts'
import type {PymdownCase} from '../../shared/slug.ts'

/** What counts of a `mkdocs.yml`. */
export interface MkdocsConfig {
  /** The folder of the pages, from the tree's root. */
  docs: string
  /** `x.md` is published at `x/`, not at `x.html`. */
  directoryUrls: boolean
  /** Absolute links are read from the pages' folder. */
  absoluteFromDocs: boolean
  /** Where the site is published, if that is known. */
  home: string | undefined
  /** Why files may appear that are not in the tree: a hook or a plugin. */
  generates: string | undefined
  /** The folder of the site's own theme, whose files are published, too, from the tree's root. */
  theme: string | undefined
  /** Source files that are redirected, from the pages' folder: they are published, and not there. */
  redirected: readonly string[]
  /** The folder in which a plugin publishes posts and lists at URLs of its own; from the pages' folder. */
  blog: string | undefined
  /** Something rewrites links that stand in raw HTML. */
  rewritesHtml: boolean
  /** Why headings may have other ids than the known ones. */
  otherIds: string | undefined
  /** The letter case of pymdownx's slugs, if they are configured for headings. */
  pymdown: PymdownCase | undefined
  /** Tabs have ids, made from their titles. */
  tabIds: boolean
  /** Braces hold attributes. */
  attributes: boolean
  /** Why a reference may be defined elsewhere. */
  references: string | undefined
  /** Files that are appended to every page, from the tree's root. */
  appended: readonly string[]
}

/** Plugins that bring no pages or files, and rewrite no links. */
const HARMLESS =
  /^(?:material\/)?(?:blog|search|tags|minify|privacy|optimize|social|offline|meta|typeset|glightbox|git-(?:revision-date(?:-localized)?|committers(?:-\d)?|authors)|redirects|autorefs|mkdocstrings|section-index|awesome-(?:pages|nav)|literate-nav|exclude(?:-search)?|table-reader|panzoom|open-in-new-tab|include-markdown|markdownextradata|macros|mermaid2|charts|swagger-ui-tag|rss|termynal|ezlinks|video|d2|kroki)$/
/** Plugins that define references: `[text][package.module.Name]`. */
const DEFINES = /^(?:autorefs|mkdocstrings)$/

/**
 * Read a parsed `mkdocs.yml`.
 *
 * @param text Its source: YAML tags such as `!!python/name` say more than their values.
 * @param root The folder it is in, from the tree's root.
 * @param hooks The code of its hooks, which is never run; nothing if one cannot be read.
 */
export function readMkdocs(
  data: unknown,
  text: string,
  root: string,
  hooks: string | undefined = '',
): MkdocsConfig {
  const config = record(data)
  const plugins = namesIn(config.plugins)
  const custom = plugins.find((name) => !HARMLESS.test(name))
  const validation = record(record(config.validation).links)
  const theme = record(config.theme).custom_dir
  const pymdown = readPymdown(blockOf(text, String.raw`(?:markdown\.extensions\.)?toc`))
  const tabs = blockOf(text, String.raw`pymdownx\.tabbed`)
  const toc = ['toc', 'markdown.extensions.toc'].map((name) => optionsOf(config.markdown_extensions, name))
  const absolute = validation.absolute_links ?? record(config.validation).absolute_links
  return {
    docs: joinPath(root, typeof config.docs_dir === 'string' ? config.docs_dir : 'docs'),
    directoryUrls: config.use_directory_urls !== false,
    absoluteFromDocs: absolute === 'relative_to_docs',
    home:
      typeof config.site_url === 'string' &&
      /^https?:\/\/[^/]/i.test(config.site_url) &&
      URL.canParse(config.site_url)
        ? trimEnd(config.site_url, '/')
        : undefined,
    theme: typeof theme === 'string' ? joinPath(root, theme) : undefined,
    redirected: Object.keys(record(optionsOf(config.plugins, 'redirects').redirect_maps)),
    blog: plugins.some((name) => /^(?:material\/)?blog$/.test(name))
      ? String(optionsOf(config.plugins, 'blog').blog_dir ?? 'blog')
      : undefined,
    rewritesHtml: /\b(?:pathconverter|b64|striphtml)\b/.test(text),
    generates: config.INHERIT
      ? 'it inherits its configuration'
      : hooks === undefined || writesFiles(hooks)
        ? 'a hook may add files'
        : custom === undefined
          ? undefined
          : `the plugin ${custom} may add files`,
    pymdown: pymdown?.letters,
    tabIds: /\bslugify\b/.test(tabs),
    otherIds:
      /\b(?:slugify|smarty|anchor_?ids?)\b/.test(text.replace(tabs, '').replace(pymdown?.source ?? '', '')) ||
      toc.some(({separator}) => separator !== undefined)
        ? 'the ids of headings are configured'
        : config.INHERIT
          ? 'it inherits its configuration'
          : /\bid=|\{\s*(?:\{\s*)?#|<h[1-6]/.test(hooks ?? '')
            ? 'a hook may bring ids'
            : undefined,
    attributes: namesIn(config.markdown_extensions).some((name) =>
      /^(?:attr_list|extra|markdown\.extensions\.(?:attr_list|extra)|pymdownx\.extra)$/.test(name),
    ),
    references: /\]:[ {#/]/.test(hooks ?? '')
      ? 'a hook may define labels'
      : plugins.find((name) => DEFINES.test(name)),
    appended: strings(optionsOf(config.markdown_extensions, 'pymdownx.snippets').auto_append).map((file) =>
      joinPath(root, file),
    ),
  }
}

/** Does the code of hooks add files, or may it? */
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
const PYMDOWN: Record<string, PymdownCase> = {uslugify: 'lower', uslugify_cased: 'none', gfm: 'lower-ascii'}

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

/** The slugs that a YAML tag names, `!!python/object/apply:pymdownx.slugs.slugify` with its options, if they are known. */
function readPymdown(text: string): {letters: PymdownCase; source: string} | undefined {
  const named = /\bslugify:[ \t]*!!python\/name:pymdownx\.slugs\.(\w+)/.exec(text)
  const letters = named ? PYMDOWN[named[1]!] : undefined
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
