import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {isAtOrBelow} from '../../../text/paths.ts'
import {strings} from '../../shared/data.ts'
import {FolderMap} from '../../shared/folders.ts'
import type {HugoConfig} from './config.ts'
import {type Data, withLowerKeys} from './config-files.ts'

/** The reason why a page is not at its URL: it is published later, or never, or only as a part of other pages. */
export type Hidden = 'later' | 'never' | 'part'

/** The build option `render` of front matter: https://gohugo.io/content-management/build-options/ */
const renderOption = (front: Data) => withLowerKeys(front.build ?? front._build).render

const isNotRendered = (front: Data) => ['never', 'link', false].some((value) => value === renderOption(front))

/** The publication state of a page, by its place and front matter; only leaf bundles can be headless. */
export function stateOf(
  front: Data,
  {folder, name}: {folder: string; name: string},
  {builds, hasSections}: HugoConfig,
): 'published' | Hidden {
  if (name === '_index' && folder !== '' && !hasSections) return 'never'
  if ((front.headless === true && name === 'index') || isNotRendered(front)) return 'part'
  if (front.draft === true && !builds.drafts) return 'never'
  if (!builds.expired && timeOf(front.expirydate) < Date.now()) return 'never'
  if (!builds.future && timeOf(front.publishdate ?? front.date) > Date.now()) return 'later'
  return 'published'
}

const timeOf = (value: unknown) => Date.parse(value instanceof Date ? value.toISOString() : String(value))

/** Pages below a folder that a `cascade` keeps from being rendered. */
interface UnrenderedPages {
  folder: string
  /** They match paths from the content root; undefined for unsupported globs. */
  globs: Globs | 'all' | undefined
}

/** The pages that the cascades of a site keep from being rendered. */
export class Cascades {
  readonly #unrendered = new FolderMap<UnrenderedPages>()

  /** Add the `cascade` of a folder's page, or of the configuration, whose folder is empty. */
  add(cascade: unknown, folder: string): void {
    const paths = (Array.isArray(cascade) ? cascade : [cascade])
      .map(withLowerKeys)
      .filter(isNotRendered)
      .map((entry) => withLowerKeys(entry.target ?? entry._target).path)
    const globs = strings(paths)
    if (globs.length > 0) this.#unrendered.add(folder, {folder, globs: globsOf(globs, 'hugo')})
    if (folder !== '' && globs.length < paths.length) this.#unrendered.add(folder, {folder, globs: 'all'})
  }

  /**
   * Is a page kept from being rendered by a cascade, rather than by its own front matter?
   *
   * @param path From the content root.
   * @returns undefined if that depends on unsupported globs
   */
  hides(path: string, front: Data): boolean | undefined {
    if (renderOption(front) !== undefined) return false
    let isUnclear = false
    for (const {folder, globs} of this.#unrendered.above(path)) {
      if (globs === undefined) isUnclear = true
      else if (globs === 'all' ? isAtOrBelow(path, folder) : globs.test(`/${path}`)) return true
    }
    return isUnclear ? undefined : false
  }
}
