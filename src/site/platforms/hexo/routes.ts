import escapeStringRegexp from 'escape-string-regexp'
import {folderOf, isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import {before, trimEnd} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {canonicalUrl} from '../../shared/canonical-url.ts'
import {strings} from '../../shared/data.ts'
import {groupBy} from '../../shared/group-by.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import type {HexoConfig} from './config.ts'
import {themeFolder} from './plugins.ts'
import {type Post, postAt, UNKNOWN, withoutExtension} from './posts.ts'

/** The extensions of the files that become pages and styles, by what Hexo and its renderers make of them. */
const OUTPUTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    html: [
      'md',
      'markdown',
      'mkd',
      'mkdn',
      'mdwn',
      'mdtxt',
      'mdtext',
      'html',
      'htm',
      'ejs',
      'njk',
      'swig',
      'pug',
      'jade',
    ],
    css: ['css', 'styl', 'stylus', 'less', 'scss', 'sass'],
    js: ['js'],
    json: ['json', 'yml', 'yaml'],
  }).flatMap(([output, extensions]) => extensions.map((extension) => [extension, output] as const)),
)

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
const outputOf = (path: string): string | undefined => OUTPUTS.get(extensionOf(path))
const isHidden = (path: string) => /(?:^|\/)[_.]/.test(path)

type FrontMatter = Record<string, unknown>

/** The URLs of the files of a Hexo site, without its base. */
export class HexoRoutes {
  readonly #urls = new Map<string, string[]>()
  readonly #files = new Map<string, string>()
  readonly #posts = new Map<string, Post>()
  readonly #drafts = new Map<string, Post>()
  readonly #raw = new Set<string>()
  readonly #postsByName: ReadonlyMap<string | undefined, readonly string[]>
  readonly #redirects = new Map<string, string>()
  /** The posts at URLs with other dates, which time zones may shift. */
  readonly #otherUrls = new Map<string, string>()
  readonly #uncertain = new UrlPatterns()
  readonly #config: HexoConfig

  /**
   * @param root The site's folder, from the tree's root.
   * @param frontMatterOf Returns the front matter of a file; undefined if it has none.
   */
  constructor(
    {files}: Tree,
    root: string,
    config: HexoConfig,
    frontMatterOf: (file: string) => FrontMatter | undefined,
  ) {
    this.#config = config
    const {source} = config
    const theme = themeFolder(root, config)
    const own = [...files].filter((file) => isBelow(file, source))
    if (theme !== undefined) for (const file of files) this.#addOfTheme(file, theme)
    for (const file of own) this.#add(file, pathBelow(file, source)!, frontMatterOf(file) ?? {})
    // The files beside a post follow it.
    if (config.hasPostAssets) for (const file of own) this.#addAsset(file)
    const posts = [...this.#posts]
    this.#postsByName = new Map(
      [...groupBy(posts, ([, {title}]) => title), ...groupBy(posts, ([, {slug}]) => slug)].map(
        ([name, found]) => [name, found.map(([file]) => file)],
      ),
    )
  }

  #addOfTheme(file: string, theme: string): void {
    const path = isBelow(file, theme) ? pathBelow(file, theme)! : undefined
    if (path === undefined || isHidden(path)) return
    this.#publish(file, outputPath(path))
  }

  #add(file: string, path: string, front: FrontMatter): void {
    const {skipRender, rendersDrafts} = this.#config
    const isRendered = outputOf(path) !== undefined && !skipRender(path)
    const [, folder, rest] = /^(_posts|_drafts)\/(.*)$/s.exec(path) ?? []
    if (folder !== undefined) {
      const isDraft = front.published === false || folder === '_drafts'
      if (!isRendered || isHidden(rest!)) return
      if (!isDraft || rendersDrafts) this.#addPost(file, rest!, front)
      else this.#drafts.set(file, postAt(rest!, front, this.#config))
      return
    }
    if (this.#isExcluded(path)) return
    if (!isRendered) this.#raw.add(file)
    this.#publish(file, isRendered ? pagePath(path, front) : path)
    this.#addRedirects(file, front)
  }

  #isExcluded(path: string): boolean {
    const {include, exclude} = this.#config
    return /[%~]$/.test(path) || exclude(path) || (isHidden(path) && !include(path))
  }

  #addPost(file: string, path: string, front: FrontMatter): void {
    if (this.#config.hasPostAssets && extensionOf(path) !== extensionOf(this.#config.newPostName)) return
    const post = postAt(path, front, this.#config)
    this.#posts.set(file, post)
    this.#publish(file, post.url)
    for (const url of post.otherUrls) this.#otherUrls.set(canonicalUrl(`/${url}`), file)
    this.#addRedirects(file, front)
  }

  #addAsset(file: string): void {
    for (let folder = folderOf(file); folder.length > this.#config.source.length; folder = folderOf(folder)) {
      const post = this.#posts.get(`${folder}.${extensionOf(this.#config.newPostName)}`)
      const name = pathBelow(file, folder)!
      if (!post || isHidden(name) || this.#posts.has(file)) continue
      this.#publish(file, joinPath(trimEnd(post.url.replace(/\.html?$/, ''), '/'), name))
      return
    }
  }

  #publish(file: string, path: string): void {
    const url = `/${path.replace(/^\/+/, '')}`
    if (url.includes(UNKNOWN)) {
      this.#addUncertain(url)
      return
    }
    this.#urls.set(file, [url.replace(/(^|\/)index\.html$/, '$1')])
    this.#files.set(canonicalUrl(url), file)
  }

  /** Record the URLs that a permalink with values which are not known may expand to. */
  #addUncertain(url: string): void {
    const path = canonicalUrl(url)
    this.#uncertain.add(`^${path.split(UNKNOWN).map(escapeStringRegexp).join('.+')}$`, before(path, UNKNOWN))
  }

  #addRedirects(file: string, {alias, aliases = alias}: FrontMatter): void {
    for (const url of strings(aliases)) this.#redirects.set(canonicalUrl(`/${url.replace(/^\/+/, '')}`), file)
  }

  /** May a file be published at a URL that could not be determined? */
  mayHave(url: string): boolean {
    return this.#uncertain.test(canonicalUrl(url))
  }

  /** The URLs of a file, the main one first; empty if it is not published. */
  urlsOf(file: string): string[] {
    return this.#urls.get(file) ?? []
  }

  /**
   * The URLs against which browsers resolve the links of a page, also those of a draft in a preview.
   *
   * @returns an empty list if the URL could not be determined; undefined if the file is not a page
   */
  basesOf(file: string): readonly string[] | undefined {
    const draft = this.#drafts.get(file)
    if (draft) return draft.url.includes(UNKNOWN) ? [] : [`/${draft.url}`]
    return this.#urls.get(file) ?? (this.#posts.has(file) ? [] : undefined)
  }

  /** Is a file published as it is? */
  isRaw(file: string): boolean {
    return this.#raw.has(file)
  }

  /** The file published at a URL; hosts serve an index at its folder, and add the extension of HTML. */
  fileAt(url: string): string | undefined {
    return this.#files.get(canonicalUrl(url)) ?? this.#otherUrls.get(canonicalUrl(url))
  }

  /** The page that an alias at a URL leads to. */
  redirectAt(url: string): string | undefined {
    return this.#redirects.get(canonicalUrl(url))
  }

  /** The posts with a slug, or else a title. */
  postsNamed(name: string): readonly string[] {
    return this.#postsByName.get(name) ?? []
  }

  /** The slug of a post. */
  slugOf(file: string): string | undefined {
    return this.#posts.get(file)?.slug
  }
}

/** The path of the file that Hexo makes of another one: `css/style.styl` → `css/style.css`. */
function outputPath(path: string): string {
  const output = outputOf(path)
  return output === undefined ? path : `${withoutExtension(path)}.${output}`
}

function pagePath(path: string, {permalink}: FrontMatter): string {
  if (typeof permalink !== 'string' || permalink === '') return outputPath(path)
  const file = permalink.endsWith('/') ? `${permalink}index` : permalink
  return /\.[^./]+$/.test(file) ? file : `${file}.${outputOf(path)}`
}
