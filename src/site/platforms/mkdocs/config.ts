import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {record, strings} from '../../shared/data.ts'
import {
  type Addition,
  additionsOf,
  type BuildCode,
  type PluginOptions,
  rendersTemplates,
} from './additions.ts'
import {readExcluded} from './excluded.ts'
import {type IdSettings, readIdSettings} from './id-settings.ts'
import {type MkdocsWikilinks, readWikilinks} from './wikilinks.ts'

/** The part of a `mkdocs.yml` that determines URLs and ids. */
export interface MkdocsConfig extends IdSettings {
  /** The folder of the pages, from the tree's root. */
  docs: string
  /** Is a file left out of the site, by its path from the pages' folder? */
  isExcluded(path: string): boolean
  /** `x.md` is published at `x/`, not at `x.html`. */
  directoryUrls: boolean
  /** Absolute links are resolved against the pages' folder. */
  absoluteFromDocs: boolean
  /** The URL of the published site, if it is known. */
  home: string | undefined
  /** The pages and files that the build may add, which are not in the tree. */
  additions: readonly Addition[]
  /** The build may render templates in pages, such as `{{ name }}`. */
  rendersTemplates: boolean
  /** The source files that the navigation lists, from the pages' folder. */
  listed: ReadonlySet<string>
  /** The navigation, if it lists source files alone. */
  navigation: ReadonlySet<string> | undefined
  /** The names of its Markdown extensions. */
  extensions: readonly string[]
  /** The names of its plugins. */
  plugins: readonly string[]
  /** What double brackets are; undefined if they are text. */
  wikilinks: MkdocsWikilinks | undefined
  /** The folders in which included files are looked up, from the tree's root; undefined if some are not known. */
  snippets: readonly string[] | undefined
  /** The folder of the site's own theme, from the tree's root; its files are published, too. */
  theme: string | undefined
  /** Missing source files that redirect, from the pages' folder. */
  redirected: readonly string[]
  /** The folder, from that of the pages, in which a blog plugin publishes posts and lists at its own URLs. */
  blog: string | undefined
  /** An extension rewrites links in raw HTML. */
  rewritesHtml: boolean
  /** All relative URLs are rewritten, so that they begin at the folder of the source file, not at the URL of the page. */
  relativeToSource?: boolean
  /** The `attr_list` extension is enabled: braces contain attributes. */
  attributes: boolean
  /** The reason why labels may be defined outside of pages. */
  definitions: Doubt | undefined
  /** The reason why references may be made outside of pages. */
  references: Doubt | undefined
  /** Code of the site may change its pages. */
  hasHooks: boolean
  /** Files that are appended to every page, from the tree's root. */
  appended: readonly string[]
}

/** Plugins that define references: `[text][package.module.Name]`. */
const PLUGINS_WITH_REFERENCES = /^(?:autorefs|mkdocstrings)$/

/** Extensions that the plugin techdocs-core of Backstage enables. */
const TECHDOCS_EXTENSIONS = ['admonition', 'pymdownx.details', 'pymdownx.extra', 'pymdownx.tabbed']

/** Extensions that give no ids, or only those of the themes: of Python-Markdown, PyMdown and a few others. */
const WITHOUT_IDS =
  /^(?:markdown\.extensions\.|pymdownx\.|material\.|materialx\.|zensical\.|neoteroi\.|callouts$|markdown_include(?:\.|_variants$)|mdx_|markdown_tables_extended$|plantuml_markdown$|markdown_inline_graphviz|fontawesome_markdown$)|^(?:extra|abbr|attr_list|def_list|fenced_code|footnotes|md_in_html|tables|admonition|codehilite|legacy_attrs|legacy_em|meta|nl2br|sane_lists|smarty|toc|wikilinks)$/

/** Code with a string that is a reference: `f"[{text}][label]"`, `f"[{label}]"`; but not `pages[path][key]`. */
const MAKES_REFERENCES = /(?<![\w\])])\[[^[\]\n]*\]\[|\[\{[^{}\n]*\}\](?![(:])/

/** The names of Python-Markdown's extension for double brackets. */
const WIKILINKS = ['wikilinks', 'markdown.extensions.wikilinks']

const NO_CODE: BuildCode = {hooks: '', scripts: ''}

/**
 * Read a parsed `mkdocs.yml`.
 *
 * @param text Its source: YAML tags such as `!!python/name` contain more information than their values.
 * @param root Its folder, from the tree's root.
 * @param missing The file that it inherits from, if that cannot be read.
 */
export function readMkdocs(
  data: unknown,
  text: string,
  root: string,
  code: BuildCode = NO_CODE,
  missing?: string,
): MkdocsConfig {
  const config = record(data)
  const plugins = pluginsOf(config.plugins)
  const validation = record(config.validation)
  const absoluteLinks = record(validation.links).absolute_links ?? validation.absolute_links
  const theme = textOf(record(config.theme).custom_dir)
  const extensions = config.markdown_extensions
  const toc = {...optionsOf(extensions, 'toc'), ...optionsOf(extensions, 'markdown.extensions.toc')}
  const docs = joinPath(root, textOf(config.docs_dir) ?? 'docs')
  // People list extensions twice.
  const names = new Set([
    ...namesIn(extensions),
    ...(plugins.has('techdocs-core') ? TECHDOCS_EXTENSIONS : []),
  ])
  const ids = readIdSettings(text, toc.separator, code.hooks)
  const unknown = [...names].filter((name) => !WITHOUT_IDS.test(name))
  const settings = {
    ...ids,
    idDoubts: [...ids.idDoubts, ...unknown.map((name) => doubt('plugin-ids', `the extension ${name}`))],
    additions: additionsOf(plugins, code),
    rendersTemplates: rendersTemplates(plugins.keys(), code),
    docs,
    isExcluded: readExcluded(config, plugins.get('exclude') ?? {}),
    directoryUrls: config.use_directory_urls !== false,
    absoluteFromDocs: absoluteLinks === 'relative_to_docs',
    home: readHome(config.site_url),
    theme: theme === undefined ? undefined : joinPath(root, theme),
    redirected: Object.keys(record(plugins.get('redirects')?.redirect_maps)),
    blog: blogOf(plugins),
    listed: new Set(listedIn(config.nav)),
    navigation: navigationIn(config.nav),
    rewritesHtml: /\b(?:pathconverter|b64|striphtml)\b/.test(text),
    attributes: [...names].some((name) => ATTRIBUTES.test(name)),
    definitions: whyDefinitions(plugins.keys(), code.hooks),
    references: whyReferences(code.hooks),
    hasHooks: code.hooks !== '',
    extensions: [...names],
    plugins: [...plugins.keys()],
    wikilinks: readWikilinks(
      [...plugins.keys()],
      WIKILINKS.map((name) => (names.has(name) ? optionsOf(extensions, name) : undefined)).find(Boolean),
    ),
    snippets: snippetFolders(
      ['pymdownx.snippets', 'markdown_include.include'].map((name) => optionsOf(extensions, name).base_path),
      root,
      docs,
    ),
    appended: strings(optionsOf(extensions, 'pymdownx.snippets').auto_append).map((file) =>
      joinPath(root, file),
    ),
  }
  return missing === undefined ? settings : withoutParent(settings, missing)
}

/** Settings that lack a part of the configuration, which may say anything. */
function withoutParent(settings: MkdocsConfig, missing: string): MkdocsConfig {
  const why = doubt('computed-setting', `${missing}, which the configuration inherits,`)
  return {
    ...settings,
    idDoubts: [why, ...settings.idDoubts],
    additions: [{doubt: why, covers: () => true}, ...settings.additions],
    rendersTemplates: true,
    definitions: settings.definitions ?? why,
    references: settings.references ?? why,
  }
}

/** The strings in a navigation, however deep. */
const listedIn = (nav: unknown): string[] =>
  typeof nav === 'string' ? [nav] : Object.values(Array.isArray(nav) ? nav : record(nav)).flatMap(listedIn)

/** Plugins extend a navigation with folders or patterns. */
function navigationIn(nav: unknown): ReadonlySet<string> | undefined {
  const listed = listedIn(nav).filter((each) => !/^\w+:/.test(each))
  return listed.length > 0 && listed.every((each) => /\w\.\w+$/.test(each)) ? new Set(listed) : undefined
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

const blogOf = (plugins: ReadonlyMap<string, PluginOptions>): string | undefined => {
  const options = plugins.get('blog') ?? plugins.get('material/blog')
  return options && String(options.blog_dir ?? 'blog')
}

/** `!relative $docs_dir/parts` is relative to the pages; without a variable, to where MkDocs is run. */
function snippetFolder(name: unknown, root: string, docs: string): string | undefined {
  if (typeof name !== 'string' || name === '') return undefined
  if (!name.startsWith('$')) return name.includes('$') ? undefined : joinPath(root, name)
  const [variable, ...rest] = name.split('/')
  if (variable === '$docs_dir') return joinPath(docs, rest.join('/'))
  return variable === '$config_dir' ? joinPath(root, rest.join('/')) : undefined
}

/** The folders of included files: by default, the one that MkDocs is run in; undefined if one is computed. */
function snippetFolders(configured: readonly unknown[], root: string, docs: string): string[] | undefined {
  const names = configured.flatMap((each): unknown[] => (Array.isArray(each) ? each : each ? [each] : []))
  const folders = names.map((name) => snippetFolder(name, root, docs))
  if (folders.length === 0) return [root]
  return folders.every((folder) => folder !== undefined) ? folders : undefined
}

function whyReferences(hooks: string | undefined): Doubt | undefined {
  const isKnown = hooks !== undefined && !MAKES_REFERENCES.test(hooks)
  return isKnown ? undefined : doubt('hidden-references', 'a hook')
}

function whyDefinitions(plugins: Iterable<string>, hooks = ''): Doubt | undefined {
  if (/\]:[ {#/]/.test(hooks)) return doubt('hidden-definitions', 'a hook')
  const plugin = [...plugins].find((name) => PLUGINS_WITH_REFERENCES.test(name))
  return plugin === undefined ? undefined : doubt('hidden-definitions', `the plugin ${plugin}`)
}

/** Extensions that support attribute lists. */
const ATTRIBUTES = /^(?:attr_list|extra|markdown\.extensions\.(?:attr_list|extra)|pymdownx\.extra)$/

const readHome = (url: unknown) =>
  typeof url === 'string' && /^https?:\/\/[^/]/i.test(url) && URL.canParse(url)
    ? trimEnd(url, '/')
    : undefined

/** The plugins, each with its options. */
const pluginsOf = (configured: unknown): Map<string, PluginOptions> =>
  new Map(namesIn(configured).map((name) => [name, optionsOf(configured, name)]))

/** The names in a list of plugins or extensions: each a string, or an object with its options. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value))
    return value.flatMap((item) => (typeof item === 'string' ? [item] : Object.keys(record(item))))
  return Object.keys(record(value))
}

/** The options of a plugin or extension; empty if it has none. */
export function optionsOf(plugins: unknown, name: string): Record<string, unknown> {
  const all = Array.isArray(plugins) ? plugins.map(record) : [record(plugins)]
  return record(all.find((each) => Object.hasOwn(each, name))?.[name])
}
