import {isBelow, pathBelow} from '../../../text/paths.ts'
import {without} from '../../../text/trim.ts'
import type {SiteContext} from '../../platform.ts'
import type {HugoConfig} from './config.ts'
import {mayBringHooks} from './mounts.ts'

/**
 * How links are rendered: `plain`, the destination stays as it is; `embedded`, Hugo's own render hook looks for a page
 * first; `pages`, a render hook of the site does; `unknown`, a render hook may write anything.
 */
export type LinkRendering = 'plain' | 'embedded' | 'pages' | 'unknown'

/** The facts that the templates of a site and of its themes give away. */
export interface HugoTemplates {
  link: LinkRendering
  image: LinkRendering
  /** Why headings may have other ids than Hugo's. */
  otherIds: string | undefined
  /** Shortcodes that bring no ids. */
  shortcodesWithoutIds: ReadonlySet<string>
  /** Shortcodes whose content is not Markdown. */
  verbatimShortcodes: string[]
  /** Templates of certain pages that bring ids, from the folder of templates, without extension. */
  layoutsWithIds: ReadonlySet<string>
  /** Words, in lower case, out of which templates may compute redirects: of URLs that end in one of them. */
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

/** A template of pages: no partial and no shortcode. */
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
      : 'a template writes the ids of headings',
    ...readShortcodes(templates),
    layoutsWithIds: layoutsWithIds(templates),
    redirectWords: redirectWords(templates),
  }
}

/** The templates that say something of links and ids. */
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

/** Makes ids out of what is elsewhere. */
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

/** Brings ids, or text that may hold some. */
const BRINGS_IDS =
  /\bid\b|\bname\s*=|markdownify|Markdownify|RenderString|RenderShortcodes|partial|readFile|ReadFile|\.Content|\btemplate\b|\.Inner|\.RawContent|transform\.|^#{1,6}\s|<h\d|GetRemote|getJSON|unmarshal|\.Render/im

/** Puts its content on the page as Markdown, or as HTML. */
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

/** How links are rendered where the tree holds no render hook. */
function renderingWithoutHooks({externalTheme, languages}: HugoConfig): LinkRendering {
  if (externalTheme !== undefined && mayBringHooks(externalTheme)) return 'unknown'
  return languages.length > 1 ? 'embedded' : 'plain'
}

/** Rewrites a destination by more than looking for pages. */
const REWRITES = /\breplace(?:RE)?\b|\b(?:rel|abs)(?:Lang)?URL\b|\bsite\.Data\b|\bhugo\.Data\b/i

function renderingBy(hooks: readonly string[], otherwise: LinkRendering): LinkRendering {
  if (hooks.length === 0) return otherwise
  if (hooks.every(keepsDestination)) return 'plain'
  return hooks.every((hook) => /\bGetPage\b/.test(hook) && !REWRITES.test(hook)) ? 'pages' : 'unknown'
}

/** Whether a render hook leaves the destination as it is. */
const keepsDestination = (hook: string) =>
  /(?:href|src)="?\{\{-?\s*\.Destination\s*(?:\|\s*safeURL\s*)?-?\}\}"?/.test(hook) &&
  !/GetPage|Resources|resources\.|partial|\bref\b|relref|printf/.test(hook) &&
  !REWRITES.test(hook)

/**
 * Words out of which templates compute a table of redirects: a URL that ends in one of them may be meant. Tables without
 * template code are read as those of every site.
 */
function redirectWords(templates: readonly Template[]): Set<string> {
  const words = new Set<string>()
  for (const {file, source} of templates)
    if (REDIRECTS.test(file) && source.includes('{{'))
      for (const word of source.match(/[\w-]{3,}/g) ?? []) words.add(word.toLowerCase())
  return words
}
