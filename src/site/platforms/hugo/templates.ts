import escapeStringRegexp from 'escape-string-regexp'
import {joinPath} from '../../../text/paths.ts'
import {without} from '../../../text/trim.ts'
import type {PageSource} from '../../types.ts'
import {bringsHooks, type HugoConfig} from './config.ts'

/**
 * What becomes of a link's destination: it stays as it is; Hugo's own template looks for a page first; a template of
 * the site does; or nobody knows.
 */
export type Hook = 'plain' | 'embedded' | 'pages' | 'unknown'

/** What the templates and files around a site say. */
export interface HugoTemplates {
  link: Hook
  image: Hook
  /** Why headings may have other ids than Hugo's. */
  otherIds: string | undefined
  /** Shortcodes that bring no ids. */
  plainShortcodes: ReadonlySet<string>
  /** Shortcodes whose content is no Markdown. */
  verbatim: string[]
  /** Templates of certain pages that bring ids, from the folder of templates, without extension. */
  layouts: ReadonlySet<string>
  /** Words for which templates may compute redirects: of URLs that end in one of them, in lower case. */
  redirects: ReadonlySet<string>
}

const read = (world: PageSource, file: string) => world.tree.read(file).catch(() => '')

/** Do the commands that are written down for the site's build publish drafts? */
export async function buildsDrafts(world: PageSource, root: string): Promise<boolean> {
  for (const name of ['netlify.toml', 'package.json', 'Makefile'])
    for (const file of new Set([joinPath(root, name), name]))
      if (
        world.tree.files.has(file) &&
        (await read(world, file)).split(/[\n"]/).some((command) => BUILDS_DRAFTS.test(afterHugo(command)))
      )
        return true
  return false
}

const BUILDS_DRAFTS = /\s(?:--buildDrafts|-\w*D)\b/

/** What stands behind `hugo` in a command. */
const afterHugo = (command: string) => {
  const at = command.search(/\bhugo\b/)
  return at < 0 ? '' : command.slice(at)
}

/** A template's text without its comments. */
const withoutComments = (text: string) => without(text, /\{\{-?\s*\/\*/g, /\*\/\s*-?\}\}/g)

/** Brings files from elsewhere. */
const COPIES =
  /\b(?:curl|wget|git clone|cp|rsync|urlopen|urlretrieve|requests|shutil|copyfile|urllib|github|fetch)\b/

/** Brings them over the network. */
const FETCHES =
  /\b(?:curl|wget|git clone|clone_from|pygit2|GitPython|urllib|urlopen|requests|httplib2?|PyGithub|github)\b/

/** Folders of content that scripts beside the site name, and may fill before it is built. */
export async function broughtFolders(
  world: PageSource,
  {content}: HugoConfig,
  root: string,
): Promise<string[]> {
  const found = new Set<string>()
  const prefix = root ? `${root}/` : ''
  for (const file of world.tree.files) {
    if (!file.startsWith(prefix)) continue
    if (
      !/^(?:(?:hack|scripts?|tools?|bin|build)\/)?(?:Makefile|[^/]+\.(?:sh|py|mk))$/.test(
        file.slice(prefix.length),
      )
    )
      continue
    const text = await read(world, file)
    if (!COPIES.test(text)) continue
    for (const {source, target} of content) {
      const name = source.slice(prefix.length)
      if (FETCHES.test(text) && new RegExp(`["'=\\s]${escapeStringRegexp(name)}/?["'\\s]`).test(text))
        found.add(target)
      for (const [, path] of text.matchAll(
        new RegExp(`${escapeStringRegexp(name)}/([\\w.-]+(?:/[\\w.-]+)*)`, 'g'),
      ))
        if (!/\.\w+$/.test(path!)) found.add(joinPath(target, path!))
    }
  }
  return [...found]
}

/** Rewrites what is in a destination by more than looking for pages. */
const REWRITES = /\breplace(?:RE)?\b|\b(?:rel|abs)(?:Lang)?URL\b|\bsite\.Data\b|\bhugo\.Data\b/i
/** Brings ids, or what may hold some. */
const BRINGS_IDS =
  /\bid\b|\bname\s*=|markdownify|Markdownify|RenderString|RenderShortcodes|partial|readFile|ReadFile|\.Content|\btemplate\b|\.Inner|\.RawContent|transform\.|^#{1,6}\s|<h\d|GetRemote|getJSON|unmarshal|\.Render/im

/** Makes ids out of what is elsewhere. */
const WRITES_IDS =
  /\bid\s*=\s*["']?(?:(?!\bid=)[^"'\s>])*\{\{|markdownify|RenderString|\.RawContent|\bsite\.Data\b|hugo\.Data\b/i

/** Read the templates of a site and of its themes. */
export async function readTemplates(world: PageSource, config: HugoConfig): Promise<HugoTemplates> {
  const plainShortcodes = new Set<string>()
  const layouts = new Set<string>()
  const verbatim = new Set(['highlight', 'comment', 'math', 'mermaid'])
  const hooks = {link: [] as string[], image: [] as string[], heading: [] as string[]}
  for (const file of world.tree.files) {
    const folder = config.layouts.find((each) => file.startsWith(`${each}/`))
    if (folder === undefined) continue
    const layout = /^(?!_?(?:partials|shortcodes)\/)([^.]+)\.html$/.exec(file.slice(folder.length + 1))?.[1]
    if (layout !== undefined && WRITES_IDS.test(withoutComments(await read(world, file)))) layouts.add(layout)
    const shortcodes = /\/_?shortcodes\//.exec(file)
    const inside = shortcodes ? file.slice(shortcodes.index + shortcodes[0].length) : ''
    const shortcode = /^([\s\S]+)\.(?:html|md)$/.exec(inside)?.[1]
    if (shortcode !== undefined) {
      const text = withoutComments(await read(world, file))
      const isMarkdown = /markdownify|RenderString|\.Page\.Render|\.Inner\s*\|\s*safeHTML/i.test(text)
      const isVerbatim =
        /\.Inner\b/.test(text) && !isMarkdown && /transform|highlight|Unmarshal|<pre|<code/i.test(text)
      if (!BRINGS_IDS.test(isVerbatim ? text.replace(/\.Inner\b/g, '') : text)) plainShortcodes.add(shortcode)
      if (isVerbatim) verbatim.add(shortcode)
    }
    const kind = /\/_markup\/render-(link|image|heading)[^/]*\.html$/.exec(file)?.[1]
    if (kind !== undefined) hooks[kind as keyof typeof hooks].push(withoutComments(await read(world, file)))
  }
  const otherwise: Hook =
    config.foreign !== undefined && bringsHooks(config.foreign)
      ? 'unknown'
      : config.languages.length > 1
        ? 'embedded'
        : 'plain'
  return {
    link: hookOf(hooks.link, otherwise),
    image: hookOf(hooks.image, otherwise),
    otherIds: hooks.heading.every((text) => /\.Anchor|\.Attributes|partial/.test(text))
      ? undefined
      : 'a template writes the ids of headings',
    plainShortcodes,
    layouts,
    verbatim: [...verbatim],
    redirects: await computedRedirects(world, config),
  }
}

function hookOf(texts: string[], otherwise: Hook): Hook {
  if (texts.length === 0) return otherwise
  if (texts.every((text) => isPlainHook(text))) return 'plain'
  return texts.every((text) => /\bGetPage\b/.test(text) && !REWRITES.test(text)) ? 'pages' : 'unknown'
}

/** Does a template put the destination on the page as it is? */
const isPlainHook = (text: string) =>
  /(?:href|src)="?\{\{-?\s*\.Destination\s*(?:\|\s*safeURL\s*)?-?\}\}"?/.test(text) &&
  !/GetPage|Resources|resources\.|partial|\bref\b|relref|printf/.test(text) &&
  !REWRITES.test(text)

/**
 * What templates compute out of words for a table of redirects: a URL that ends in one of them may be meant. Tables that
 * are written out are every site's.
 */
async function computedRedirects(world: PageSource, config: HugoConfig): Promise<Set<string>> {
  const found = new Set<string>()
  for (const file of world.tree.files) {
    const isTable =
      /(?:^|\/)_redirects$|\/[^/]*redir(?:ect)?s?(?:\.[a-z]+|\/[^/]+)?$/.test(file) &&
      config.layouts.some((folder) => file.startsWith(`${folder}/`))
    const text = isTable ? await read(world, file) : ''
    const words = text.includes('{{') ? (text.match(/[\w-]{3,}/g) ?? []) : []
    for (const word of words) found.add(word.toLowerCase())
  }
  return found
}
