import {createHash} from 'node:crypto'
import {readPages} from '../engine/read-pages.ts'
import type {CheckInput, CheckResult, ReadPages} from '../engine/types.ts'
import type {Link, Page} from '../page/types.ts'
import type {Fix} from '../rule/types.ts'
import {folderOf, folderPrefix, relativePath} from '../text/paths.ts'
import {encodePath} from '../text/urls.ts'
import {withTexts} from '../tree/overlay.ts'

/** A downloaded image; or the reason why there is none, as a predicate of “it”: `is larger than 10 MB`. */
export type Downloaded = {bytes: Uint8Array; extension: string} | string

/** The settings for storing remote images locally. */
export interface LocalizeSettings {
  /** The folder for images, from the tree's root. */
  folder: string
  download(urls: readonly string[]): Promise<ReadonlyMap<string, Downloaded>>
}

/** An image to write. */
export interface StoredImage {
  bytes: Uint8Array
  /** The pages that will show it. */
  pages: Set<string>
}

/** The images to write, and the fixes that make pages use them. */
export interface Localized {
  /** By path from the tree's root. */
  files: Map<string, StoredImage>
  /** By page. */
  fixes: Map<string, Fix[]>
  /** The reasons why images were not stored, one line each. */
  warnings: string[]
}

/**
 * Download the remote images that are alive, and rewrite all uses of them: images, links to them, definitions, HTML and
 * `srcset`. A file is named by the hash of its content, so that an image with several URLs is stored once.
 */
export async function localize(
  input: CheckInput,
  result: CheckResult,
  settings: LocalizeSettings,
): Promise<Localized> {
  const localized: Localized = {files: new Map(), fixes: new Map(), warnings: []}
  const alive = [...result.asks.image].filter((url) => {
    const state = result.answer?.fact('image', url)?.verdict?.state
    return state === 'alive' || state === 'redirected'
  })
  if (alive.length === 0) return localized
  const {images, pathByUrl, warnings} = await downloadAll(alive, settings)
  localized.warnings.push(...warnings)
  // Sites resolve links as if the images existed.
  const texts = new Map([...images.keys()].map((file) => [file, '']))
  const read = await readPages({...input, tree: withTexts(input.tree, texts)})
  for (const {page} of read.results)
    for (const link of page?.links ?? []) {
      const local = localUrl(read, page!, link, pathByUrl)
      if (local) addUse(localized, page!, link, {...local, bytes: images.get(local.file)!})
    }
  return localized
}

/** Images that were downloaded. */
interface Images {
  /** By path from the tree's root. */
  images: ReadonlyMap<string, Uint8Array>
  pathByUrl: ReadonlyMap<string, string>
  warnings: string[]
}

async function downloadAll(urls: readonly string[], {folder, download}: LocalizeSettings): Promise<Images> {
  const images = new Map<string, Uint8Array>()
  const pathByUrl = new Map<string, string>()
  const warnings: string[] = []
  for (const [url, image] of await download(urls)) {
    if (typeof image === 'string') {
      warnings.push(`An image from ${new URL(url).host} was not stored: it ${image}`)
      continue
    }
    const name = createHash('sha256').update(image.bytes).digest('hex').slice(0, 16)
    const file = `${folderPrefix(folder)}${name}.${image.extension}`
    images.set(file, image.bytes)
    pathByUrl.set(url, file)
  }
  return {images, pathByUrl, warnings}
}

/** Add an image, and the fix that redirects a link to it. */
function addUse(
  {files, fixes}: Localized,
  {path}: Page,
  {target}: Link,
  {url, file, bytes}: LocalUrl & {bytes: Uint8Array},
): void {
  const image = files.get(file) ?? {bytes, pages: new Set()}
  files.set(file, image)
  image.pages.add(path)
  const own = fixes.get(path) ?? []
  fixes.set(path, own)
  own.push({edits: [{...target, text: url}], safe: true})
}

/** A URL of a file in the tree. */
interface LocalUrl {
  url: string
  file: string
}

/**
 * The URL of a stored image for a link on a page: relative to the page's folder, or from the root. Undefined for other
 * links, and for an autolink, whose text is its URL.
 */
function localUrl(
  {view}: ReadPages,
  page: Page,
  link: Link,
  pathByUrl: ReadonlyMap<string, string>,
): LocalUrl | undefined {
  if (link.kind === 'autolink' || /\{[{%]/.test(link.url)) return
  const {resolve} = view(page)
  const found = resolve(link)
  const file = found.to === 'remote' ? pathByUrl.get(found.url) : undefined
  if (file === undefined) return
  const urls = [encodePath(relativePath(folderOf(page.path), file)), `/${encodePath(file)}`]
  const url = urls.find((each) => {
    const there = resolve({...link, url: each})
    return there.to === 'file' && there.path === file
  })
  return url === undefined ? undefined : {url, file}
}
