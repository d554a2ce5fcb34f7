import {isBelow, pathBelow} from '../../../text/paths.ts'
import {without} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {FolderSet} from '../../shared/folders.ts'
import type {WrittenIds} from '../../shared/written-ids.ts'
import type {HugoConfig} from './config.ts'
import {isDocsy} from './docsy.ts'
import {idsOfLayout, idsOfShortcode, type Partials, type ShortcodeIds} from './template-ids.ts'

/**
 * The rendering of links: `plain` leaves the destination as it is; `embedded`, with Hugo's own render hook, looks up a
 * page first, as does `pages`, with a render hook of the site; `unknown` is any other render hook.
 */
export type LinkRendering = 'plain' | 'embedded' | 'pages' | 'unknown'

/** The facts that the templates of a site and of its themes show. */
export interface HugoTemplates {
  link: LinkRendering
  image: LinkRendering
  /** The name of the unknown render hook, for reports. */
  hookName: string
  /** The reason why headings may have other ids than Hugo's. */
  otherIds: Doubt | undefined
  /** The ids that the shortcodes of the tree add, by name. */
  idsOfShortcodes: ReadonlyMap<string, ShortcodeIds>
  /** Shortcodes whose content is not Markdown. */
  verbatimShortcodes: string[]
  /** The ids that templates of pages add, by path from the folder of templates, without extension. */
  idsOfLayouts: ReadonlyMap<string, WrittenIds>
  /** Lower-case words from which templates may compute redirects, of URLs that end in one of them. */
  redirectWords: ReadonlySet<string>
  /** URL folders that templates redirect. */
  redirectFolders: FolderSet
}

/** A file in a folder of templates. */
interface Template {
  /** From the tree's root. */
  file: string
  /** From its folder of templates. */
  path: string
  source: string
  /** The source without comments. */
  code: string
}

/** A page template: not a partial or shortcode. */
const LAYOUT = /^(?!_?(?:partials|shortcodes)\/)([^.]+)\.html$/
const PARTIAL = /^(?:_?partials)\/([\s\S]+)$/
const SHORTCODE = /\/_?shortcodes\/([\s\S]+)\.(?:html|md)$/
const RENDER_HOOK = /\/_markup\/render-(link|image|heading)[^/]*\.html$/
const REDIRECTS = /(?:^|\/)_redirects$|\/[^/]*redir(?:ect)?s?(?:\.[a-z]+|\/[^/]+)?$/

/** Read the templates of a site and of its themes. */
export async function readTemplates(source: SiteContext, config: HugoConfig): Promise<HugoTemplates> {
  const templates = await loadTemplates(source, config)
  const tables = redirectTables(templates)
  const partials = partialsOf(templates, config)
  const otherwise = renderingWithoutHooks(config)
  return {
    link: renderingBy(hooksOf(templates, 'link'), otherwise),
    image: renderingBy(hooksOf(templates, 'image'), otherwise),
    hookName: config.externalTheme === undefined ? 'a render hook' : `the theme ${config.externalTheme}`,
    otherIds: hooksOf(templates, 'heading').every((hook) => /\.Anchor|\.Attributes|partial/.test(hook))
      ? undefined
      : doubt('id-setting'),
    ...readShortcodes(templates, partials),
    idsOfLayouts: idsOfLayouts(templates, partials),
    redirectWords: redirectWords(tables),
    redirectFolders: new FolderSet(redirectFolders(tables)),
  }
}

/** The templates that affect links and ids. */
async function loadTemplates({tree}: SiteContext, {layouts}: HugoConfig): Promise<Template[]> {
  const templates: Template[] = []
  for (const file of tree.files) {
    const folder = layouts.find((each) => isBelow(file, each))
    if (folder === undefined) continue
    const path = pathBelow(file, folder)!
    const isRead = [LAYOUT, PARTIAL].some((kind) => kind.test(path))
    if (!isRead && ![SHORTCODE, RENDER_HOOK, REDIRECTS].some((kind) => kind.test(file))) continue
    const source = await tree.read(file).catch(() => '')
    templates.push({file, path, source, code: withoutComments(source)})
  }
  return templates
}

/** Remove the comments of templates and of HTML. */
const withoutComments = (source: string): string =>
  without(without(source, /\{\{-?\s*\/\*/g, /\*\/\s*-?\}\}/g), /<!--/g, /-->/g)

/** The partial templates, by name; the site's own take precedence over those of themes. */
function partialsOf(templates: readonly Template[], {layouts}: HugoConfig): Partials {
  const partials = new Map<string, string>()
  for (const folder of layouts)
    for (const {file, path, code} of templates) {
      const name = PARTIAL.exec(path)?.[1]
      if (name !== undefined && isBelow(file, folder) && !partials.has(name)) partials.set(name, code)
    }
  return partials
}

function idsOfLayouts(templates: readonly Template[], partials: Partials): Map<string, WrittenIds> {
  const layouts = new Map<string, WrittenIds>()
  for (const {path, code} of templates) {
    const layout = LAYOUT.exec(path)?.[1]
    if (layout !== undefined && !layouts.has(layout)) layouts.set(layout, idsOfLayout(code, partials))
  }
  return layouts
}

/** Code that renders its content as Markdown, or as HTML. */
const RENDERS_CONTENT = /markdownify|RenderString|\.Page\.Render|\.Inner\s*\|\s*safeHTML/i
const SHOWS_CODE = /transform|highlight|Unmarshal|<pre|<code/i

function readShortcodes(
  templates: readonly Template[],
  partials: Partials,
): Pick<HugoTemplates, 'idsOfShortcodes' | 'verbatimShortcodes'> {
  const ids = new Map<string, ShortcodeIds>()
  const verbatim = new Set(['highlight', 'comment', 'math', 'mermaid'])
  for (const {file, code} of templates) {
    const name = SHORTCODE.exec(file)?.[1]
    if (name === undefined) continue
    if (/\.Inner\b/.test(code) && !RENDERS_CONTENT.test(code) && SHOWS_CODE.test(code)) verbatim.add(name)
    if (!ids.has(name)) ids.set(name, idsOfShortcode(code, partials, file.endsWith('.md')))
  }
  return {idsOfShortcodes: ids, verbatimShortcodes: [...verbatim]}
}

/** The render hooks of a kind: https://gohugo.io/render-hooks/ */
const hooksOf = (templates: readonly Template[], kind: 'link' | 'image' | 'heading'): string[] =>
  templates.filter(({file}) => RENDER_HOOK.exec(file)?.[1] === kind).map(({code}) => code)

/** The rendering of links without a render hook in the tree. */
function renderingWithoutHooks({externalTheme, languages}: HugoConfig): LinkRendering {
  // A theme outside of the tree may have render hooks, which change links.
  if (externalTheme !== undefined && !isDocsy(externalTheme)) return 'unknown'
  return languages.length > 1 ? 'embedded' : 'plain'
}

/** Code that rewrites a destination beyond looking up pages. */
const REWRITES = /\breplace(?:RE)?\b|\b(?:rel|abs)(?:Lang)?URL\b|\bsite\.Data\b|\bhugo\.Data\b/i

function renderingBy(hooks: readonly string[], otherwise: LinkRendering): LinkRendering {
  if (hooks.length === 0) return otherwise
  if (hooks.every(keepsDestination)) return 'plain'
  return hooks.every((hook) => /\bGetPage\b/.test(hook) && !REWRITES.test(hook)) ? 'pages' : 'unknown'
}

/** Does a render hook leave the destination unchanged? */
const keepsDestination = (hook: string) =>
  /(?:href|src)="?\{\{-?\s*\.Destination\s*(?:\|\s*safeURL\s*)?-?\}\}"?/.test(hook) &&
  !/GetPage|Resources|resources\.|partial|\bref\b|relref|printf/.test(hook) &&
  !REWRITES.test(hook)

/** The templates that compute tables of redirects. Tables without template code are read as on every site. */
const redirectTables = (templates: readonly Template[]): string[] =>
  templates
    .filter(({file, source}) => REDIRECTS.test(file) && source.includes('{{'))
    .map(({source}) => source)

/** The words in tables of redirects: a URL that ends in one of them may redirect. */
const redirectWords = (tables: readonly string[]): Set<string> =>
  new Set(tables.flatMap((table) => (table.match(/[\w-]{3,}/g) ?? []).map((word) => word.toLowerCase())))

/** The folders whose URLs tables of redirects match with a wildcard, without slashes at the ends: `docs/latest`. */
const redirectFolders = (tables: readonly string[]): string[] =>
  tables.flatMap((table) => [...table.matchAll(/^\/([^\s{}*]{1,200})\/\*/gm)].map(([, folder]) => folder!))
