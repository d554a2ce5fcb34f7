import {isBelow, pathBelow} from '../../../text/paths.ts'
import {without} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import type {HugoConfig} from './config.ts'
import {mayBringHooks} from './mounts.ts'

/**
 * The rendering of links: `plain` leaves the destination as it is; `embedded`, with Hugo's own render hook, looks up a
 * page first, as does `pages`, with a render hook of the site; `unknown` is any other render hook.
 */
export type LinkRendering = 'plain' | 'embedded' | 'pages' | 'unknown'

/** The facts that the templates of a site and of its themes show. */
export interface HugoTemplates {
  link: LinkRendering
  image: LinkRendering
  /** The reason why headings may have other ids than Hugo's. */
  otherIds: Doubt | undefined
  /** Shortcodes that add no ids. */
  shortcodesWithoutIds: ReadonlySet<string>
  /** Shortcodes whose content is not Markdown. */
  verbatimShortcodes: string[]
  /** Templates of certain pages that add ids, from the folder of templates, without extension. */
  layoutsWithIds: ReadonlySet<string>
  /** Lower-case words from which templates may compute redirects, of URLs that end in one of them. */
  redirectWords: ReadonlySet<string>
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
const SHORTCODE = /\/_?shortcodes\/([\s\S]+)\.(?:html|md)$/
const RENDER_HOOK = /\/_markup\/render-(link|image|heading)[^/]*\.html$/
const REDIRECTS = /(?:^|\/)_redirects$|\/[^/]*redir(?:ect)?s?(?:\.[a-z]+|\/[^/]+)?$/

/** Read the templates of a site and of its themes. */
export async function readTemplates(source: SiteContext, config: HugoConfig): Promise<HugoTemplates> {
  const templates = await loadTemplates(source, config)
  const otherwise = renderingWithoutHooks(config)
  return {
    link: renderingBy(hooksOf(templates, 'link'), otherwise),
    image: renderingBy(hooksOf(templates, 'image'), otherwise),
    otherIds: hooksOf(templates, 'heading').every((hook) => /\.Anchor|\.Attributes|partial/.test(hook))
      ? undefined
      : doubt('id-setting'),
    ...readShortcodes(templates),
    layoutsWithIds: layoutsWithIds(templates),
    redirectWords: redirectWords(templates),
  }
}

/** The templates that affect links and ids. */
async function loadTemplates({tree}: SiteContext, {layouts}: HugoConfig): Promise<Template[]> {
  const templates: Template[] = []
  for (const file of tree.files) {
    const folder = layouts.find((each) => isBelow(file, each))
    if (folder === undefined) continue
    const path = pathBelow(file, folder)!
    if (!LAYOUT.test(path) && ![SHORTCODE, RENDER_HOOK, REDIRECTS].some((kind) => kind.test(file))) continue
    const source = await tree.read(file).catch(() => '')
    templates.push({file, path, source, code: without(source, /\{\{-?\s*\/\*/g, /\*\/\s*-?\}\}/g)})
  }
  return templates
}

/** Code that generates ids from other data. */
const WRITES_IDS =
  /\bid\s*=\s*["']?(?:(?!\bid=)[^"'\s>])*\{\{|markdownify|RenderString|\.RawContent|\bsite\.Data\b|hugo\.Data\b/i

function layoutsWithIds(templates: readonly Template[]): Set<string> {
  const layouts = new Set<string>()
  for (const {path, code} of templates) {
    const layout = LAYOUT.exec(path)?.[1]
    if (layout !== undefined && WRITES_IDS.test(code)) layouts.add(layout)
  }
  return layouts
}

/** Code that adds ids, or text that may contain some. */
const BRINGS_IDS =
  /\bid\b|\bname\s*=|markdownify|Markdownify|RenderString|RenderShortcodes|partial|readFile|ReadFile|\.Content|\btemplate\b|\.Inner|\.RawContent|transform\.|^#{1,6}\s|<h\d|GetRemote|getJSON|unmarshal|\.Render/im

/** Code that renders its content as Markdown, or as HTML. */
const RENDERS_CONTENT = /markdownify|RenderString|\.Page\.Render|\.Inner\s*\|\s*safeHTML/i
const SHOWS_CODE = /transform|highlight|Unmarshal|<pre|<code/i

function readShortcodes(
  templates: readonly Template[],
): Pick<HugoTemplates, 'shortcodesWithoutIds' | 'verbatimShortcodes'> {
  const withoutIds = new Set<string>()
  const verbatim = new Set(['highlight', 'comment', 'math', 'mermaid'])
  for (const {file, code} of templates) {
    const name = SHORTCODE.exec(file)?.[1]
    if (name === undefined) continue
    const isVerbatim = /\.Inner\b/.test(code) && !RENDERS_CONTENT.test(code) && SHOWS_CODE.test(code)
    if (isVerbatim) verbatim.add(name)
    if (!BRINGS_IDS.test(isVerbatim ? code.replace(/\.Inner\b/g, '') : code)) withoutIds.add(name)
  }
  return {shortcodesWithoutIds: withoutIds, verbatimShortcodes: [...verbatim]}
}

/** The render hooks of a kind: https://gohugo.io/render-hooks/ */
const hooksOf = (templates: readonly Template[], kind: 'link' | 'image' | 'heading'): string[] =>
  templates.filter(({file}) => RENDER_HOOK.exec(file)?.[1] === kind).map(({code}) => code)

/** The rendering of links without a render hook in the tree. */
function renderingWithoutHooks({externalTheme, languages}: HugoConfig): LinkRendering {
  if (externalTheme !== undefined && mayBringHooks(externalTheme)) return 'unknown'
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

/**
 * The words from which templates compute a table of redirects: a URL that ends in one of them may redirect. Tables
 * without template code are read as on every site.
 */
function redirectWords(templates: readonly Template[]): Set<string> {
  const words = new Set<string>()
  for (const {file, source} of templates)
    if (REDIRECTS.test(file) && source.includes('{{'))
      for (const word of source.match(/[\w-]{3,}/g) ?? []) words.add(word.toLowerCase())
  return words
}
