import {record, records, strings} from '../../shared/data.ts'
import type {MkdocsSource} from '../mkdocs/source.ts'

/** Settings by name. */
type Settings = Record<string, unknown>

/**
 * The extensions of a site that configures none, as far as they have an effect on ids and links
 * (`DEFAULT_MARKDOWN_EXTENSIONS` in `zensical/config.py`).
 */
const DEFAULT_EXTENSIONS: Settings = {
  abbr: {},
  admonition: {},
  attr_list: {},
  def_list: {},
  footnotes: {},
  md_in_html: {},
  'pymdownx.details': {},
  'pymdownx.emoji': {},
  'pymdownx.smartsymbols': {},
  'pymdownx.superfences': {},
  'pymdownx.tabbed': {combine_header_slug: true},
}

/** Extensions that Zensical has in place of plugins of MkDocs. */
const PLUGIN = /^zensical\.extensions\.(autorefs|glightbox|macros|mkdocstrings)$/

/** The configuration of a Zensical site as that of MkDocs. */
export function asMkdocs(toml: Settings): MkdocsSource {
  const project = 'project' in toml ? record(toml.project) : toml
  const {markdown_extensions: configured = DEFAULT_EXTENSIONS} = project
  const all = [...flattened(byName(configured))]
  const extensions = [...all, ...['toc', 'tables'].filter((name) => !all.some(([each]) => each === name))]
    .map((each): [string, Settings] => (typeof each === 'string' ? [each, {}] : each))
    .filter(([name]) => !PLUGIN.test(name))
  const ofExtensions = all.flatMap(([name, options]) => {
    const plugin = PLUGIN.exec(name)?.[1]
    return plugin === undefined ? [] : [[plugin, options] as const]
  })
  const plugins = {...byName(project.plugins), ...Object.fromEntries(ofExtensions)}
  const isOffline = 'offline' in plugins && record(plugins.offline).enabled !== false
  const data = {
    ...project,
    plugins,
    markdown_extensions: Object.fromEntries(extensions),
    ...(isOffline && {use_directory_urls: false}),
  }
  return {data, text: yamlOf(data.markdown_extensions)}
}

/** The options of plugins or extensions, which may be a table, or a list of names and tables. */
const byName = (configured: unknown): Settings =>
  Array.isArray(configured)
    ? {
        ...Object.fromEntries(strings(configured).map((name) => [name, {}])),
        ...Object.assign({}, ...records(configured)),
      }
    : record(configured)

/** Tables in place of dots in the names of extensions: `[pymdownx.blocks.tab]`. */
const NESTED = /^(?:pymdownx|pymdownx\.blocks|zensical|zensical\.extensions)$/

function* flattened(extensions: Settings, above = ''): Generator<[name: string, options: Settings]> {
  for (const [key, value] of Object.entries(extensions)) {
    const name = above + key
    if (NESTED.test(name)) yield* flattened(record(value), `${name}.`)
    else yield [name, record(value)]
  }
}

/** Extensions as they stand in a `mkdocs.yml`, where a slug function is a tag. */
const yamlOf = (extensions: Settings): string =>
  [
    'markdown_extensions:',
    ...Object.entries(extensions).map(([name, options]) => itemOf(name, record(options))),
  ].join('\n')

const itemOf = (name: string, options: Settings): string =>
  [
    `  - ${name}:`,
    ...Object.entries(options).map(([key, value]) => `      ${key}: ${writtenAs(key, value)}`),
  ].join('\n')

/** `{object: 'pymdownx.slugs.slugify', kwds: {case: 'lower'}}` → `!!python/object/apply:pymdownx.slugs.slugify …` */
function writtenAs(key: string, value: unknown): string {
  if (key !== 'slugify' || typeof value !== 'object') return JSON.stringify(value)
  const {object = 'pymdownx.slugs.slugify', kwds} = record(value)
  const {case: letters = 'none', ...others} = record(kwds)
  const isPlain = Object.keys(others).length === 0 && typeof letters === 'string'
  const name = typeof object === 'string' ? object : 'unknown'
  return `!!python/object/apply:${name} {kwds: ${isPlain ? `{case: ${letters}}` : JSON.stringify(kwds)}}`
}
