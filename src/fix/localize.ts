import {createHash} from 'node:crypto'
import {readPages} from '../engine/read-pages.ts'
import type {CheckInput, CheckResult, ReadPages} from '../engine/types.ts'
import type {Link, Page} from '../page/types.ts'
import type {Fix} from '../rule/types.ts'
import {folderOf, folderPrefix, relativePath} from '../text/paths.ts'
import {encodePath} from '../text/urls.ts'
import {withTexts} from '../tree/overlay.ts'

/** One downloaded image, or why there is none. */
export type Downloaded = {bytes: Uint8Array; extension: string} | string

/** What it takes to make remote images local. */
export interface LocalizeSettings {
  /** The folder for images, from the tree's root. */
  folder: string
  download(urls: readonly string[]): Promise<ReadonlyMap<string, Downloaded>>
}

/** One image to store. */
export interface Stored {
  bytes: Uint8Array
  /** The pages that are to show it. */
  pages: Set<string>
}

/** Images to store, and the fixes that make pages show them. */
export interface Localized {
  /** By path from the tree's root. */
  files: Map<string, Stored>
  fixes: Map<string, Fix[]>
  /** What could not be done, a line each. */
  warnings: string[]
}

/**
 * Download the remote images that are alive, and rewrite every use of them: images, links to them, definitions, HTML and
 * `srcset`. The name of a file is the hash of what is in it, so that one image is stored once, however many addresses it
 * has.
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
  const stored = new Map<string, string>()
  const images = new Map<string, Uint8Array>()
  for (const [url, image] of await settings.download(alive)) {
    if (typeof image === 'string') {
      localized.warnings.push(`An image of ${new URL(url).host} was not stored: it ${image}`)
      continue
    }
    const name = createHash('sha256').update(image.bytes).digest('hex').slice(0, 16)
    const file = `${folderPrefix(settings.folder)}${name}.${image.extension}`
    images.set(file, image.bytes)
    stored.set(url, file)
  }
  const texts = new Map([...images.keys()].map((file) => [file, '']))
  const world = await readPages({...input, tree: withTexts(input.tree, texts)})
  for (const {page} of world.results) {
    if (!page) continue
    for (const link of page.links) {
      const [url, file] = localUrl(world, page, link, stored) ?? []
      if (url === undefined || file === undefined) continue
      const image = localized.files.get(file) ?? {bytes: images.get(file)!, pages: new Set()}
      localized.files.set(file, image)
      image.pages.add(page.path)
      const fixes = localized.fixes.get(page.path) ?? []
      localized.fixes.set(page.path, fixes)
      fixes.push({edits: [{...link.target, text: url}], safe: true})
    }
  }
  return localized
}

/**
 * The URL by which a link of a page leads to its stored image, by the page's folder or from the root; nothing for other
 * links, and for an address that is its own text.
 */
function localUrl(
  {view}: ReadPages,
  page: Page,
  link: Link,
  stored: ReadonlyMap<string, string>,
): [url: string, file: string] | undefined {
  if (link.kind === 'autolink' || /\{[{%]/.test(link.url)) return
  const {resolve} = view(page)
  const found = resolve(link)
  const file = found.to === 'remote' ? stored.get(found.url) : undefined
  if (file === undefined) return
  const urls = [encodePath(relativePath(folderOf(page.path), file)), `/${encodePath(file)}`]
  const url = urls.find((each) => {
    const there = resolve({...link, url: each})
    return there.to === 'file' && there.path === file
  })
  return url === undefined ? undefined : [url, file]
}
