import {folderOf} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {ownValue, strings} from '../../shared/data.ts'
import {isWritten, writtenPaths} from '../../shared/written-paths.ts'

/** Pages or files that the build may add. */
export interface Addition {
  doubt: Doubt
  /**
   * Can it add something at a place?
   *
   * @param place A path from the pages' folder, of a source file or a URL.
   * @param isSource Is there a source file at a path from that folder?
   */
  covers(place: string, isSource: (path: string) => boolean): boolean
}

/** The code that runs during the build, which is never run here; undefined if a part of it cannot be read. */
export interface BuildCode {
  hooks: string | undefined
  /** The scripts of the plugin gen-files. */
  scripts: string | undefined
}

/** A plugin with its options. */
export type PluginOptions = Record<string, unknown>

/** Plugins that add no pages or files and rewrite no links. */
const WITHOUT_FILES =
  /^(?:material\/)?(?:blog|search|minify|minify[-_]html|optimize|offline|info|meta|typeset|glightbox|git-(?:revision-date(?:-localized)?|committers(?:-\d)?|authors|latest-changes)|redirects|autorefs|mkdocstrings|section-index|awesome-(?:pages|nav)|literate-nav|nav-weight|same-dir|exclude(?:-search|-unused-files)?|file-filter|table-reader|tablereader|panzoom|open-in-new-tab|include-markdown|markdown-exec|markdownextradata|macros|mermaid2|charts|swagger-ui-tag|neoteroi\.mkdocsoad|render_swagger|rss|termynal|asciinema-player|ezlinks|roamlinks|video|audiotag|d2|kroki|build_plantuml|gh-admonitions|github-admonitions|callouts|md-to-html|enumerate-headings|htmlproofer|spellcheck|no-sitemap-link|image-captions|img2fig|caption|tooltips|badges|toggle-sidebar|unused_files|alias)$/

/** Plugins that render templates in pages. */
const TEMPLATING = /^(?:macros|markdownextradata|jinja2?|mkdocs-jinja|simple-blog|include-markdown)$/

const named = (option: unknown, otherwise: string) => (typeof option === 'string' ? option : otherwise)

/** The paths that plugins add, from the pages' folder, in which `*` stands for anything. */
const WITH_FILES: Record<string, (options: PluginOptions) => string[]> = {
  llmstxt: ({full_output}) => ['llms*.txt', ...strings(full_output)],
  mike: () => ['versions.json'],
  privacy: ({assets_fetch_dir}) => [`${named(assets_fetch_dir, 'assets/external')}/*`],
  social: ({cards_dir}) => [`${named(cards_dir, 'assets/images/social')}/*`],
  tags: () => ['tags.md', 'tags'],
  autoapi: ({autoapi_root}) => [`${named(autoapi_root, 'autoapi')}/*`],
  'api-autonav': ({api_root_uri}) => [`${named(api_root_uri, 'api')}/*`],
  'print-site': () => ['print_page*'],
  coverage: ({page_path, page_name}) => [`${named(page_path ?? page_name, 'coverage')}*`],
  'with-pdf': () => ['*.pdf'],
  'pdf-export': () => ['*.pdf'],
  'page-pdf': () => ['*.pdf'],
  exporter: () => ['*.pdf'],
  'mkdocs-jupyter': () => [],
}

/** Plugins that add another form of the page that some source provides. */
const FORMS: Record<string, (place: string, isSource: (path: string) => boolean) => boolean> = {
  // A copy of each page in Markdown beside its HTML.
  llmstxt: (place, isSource) => /(?:^|\/)index\.md$/.test(place) && isSource(`${folderOf(place)}.md`),
  'mkdocs-jupyter': (place, isSource) => isSource(`${place}.ipynb`) || isSource(`${place}.py`),
}

const bare = (name: string) => name.replace(/^material\//, '')

/** Hooks that use Jinja, or replace names of their own in double braces, but do not write attributes: `{{ #{id} }}`. */
const HOOK_WITH_TEMPLATES =
  /\{\{(?!\s?[:#])|\\\{\\\{|\{%|\bjinja|\bEnvironment\b|\bTemplate\b|\bfrom_string\b|Extension\b|\bdef on_env/i

/** May the build render templates in pages, such as `{{ name }}`? */
export const rendersTemplates = (plugins: Iterable<string>, {hooks}: BuildCode): boolean =>
  hooks === undefined ||
  HOOK_WITH_TEMPLATES.test(hooks) ||
  [...plugins].some((name) => TEMPLATING.test(name) || !isKnown(name))

const isKnown = (name: string) =>
  WITHOUT_FILES.test(name) || Object.hasOwn(WITH_FILES, bare(name)) || name === 'gen-files' || name === 'i18n'

/** The pages and files that plugins and hooks may add. */
export function additionsOf(plugins: ReadonlyMap<string, PluginOptions>, code: BuildCode): Addition[] {
  const ofPlugins = [...plugins].flatMap(([name, options]) => additionOf(name, options, code))
  return [...addedBy(code.hooks, 'a hook'), ...ofPlugins]
}

function additionOf(name: string, options: PluginOptions, {scripts}: BuildCode): Addition[] {
  if (name === 'gen-files') return addedBy(scripts, 'a script of the plugin gen-files')
  if (WITHOUT_FILES.test(name)) return []
  const about = doubt('plugin-pages', `the plugin ${name}`)
  const patterns = ownValue(WITH_FILES, bare(name))?.(options)
  if (!patterns) return [{doubt: about, covers: () => true}]
  const form = ownValue(FORMS, name)
  const isBroad = (pattern: string) => pattern.startsWith('*')
  const broad = patterns.filter(isBroad)
  const own = patterns.filter((pattern) => !isBroad(pattern))
  return [
    {
      doubt: doubt('generated-file'),
      covers: (place, isSource) =>
        isWritten(own, place) || isWritten(own, `${place}/`) || (form?.(place, isSource) ?? false),
    },
    {doubt: about, covers: (place) => isWritten(broad, place)},
  ]
}

/** The files that Python code adds, by writing them or by creating MkDocs' `File` objects. */
function addedBy(code: string | undefined, about: string): Addition[] {
  const cause = doubt('code-pages', about)
  const patterns = code === undefined ? ['*'] : writtenPaths(code)
  if (code !== undefined && /\bfiles\.append\(/.test(code) && !/\bFile(?:\.generated)?\(/.test(code))
    patterns.push('*')
  if (patterns.length === 0) return []
  const covers = (place: string) =>
    [place, `${place}.md`, `${place}/index.md`, `${place}/README.md`].some((each) =>
      isWritten(patterns, `docs/${each}`),
    )
  return [{doubt: cause, covers}]
}
