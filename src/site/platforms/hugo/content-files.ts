import {folderOf, isBelow, joinPath, nameOf} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {HugoConfig} from './config.ts'
import type {Mount} from './mounts.ts'
import type {ContentPlace} from './urls.ts'

/** A file of the content. */
export interface ContentFile extends Omit<ContentPlace, 'section'> {
  file: string
  /** With its dot; empty if there is none. */
  extension: string
  languages: string[]
}

const PAGE = /\.(?:md|markdown|mdown|html?|adoc|asciidoc|ad|org|rst|pandoc|pdc)$/i

/** Is a file a page, rather than a file beside pages? */
export const isPage = ({extension}: ContentFile): boolean => PAGE.test(extension)

/** Is a file the page of a leaf bundle below the content root? */
export const isBundleIndex = (file: ContentFile): boolean =>
  file.name === 'index' && isPage(file) && file.folder !== ''

/** The files of a content mount. */
export function contentFiles({tree}: {tree: Tree}, mount: Mount, config: HugoConfig): ContentFile[] {
  const {source, target} = mount
  if (tree.files.has(source))
    return config.ignored?.test(source) ? [] : [contentFile(source, target, mount, config)]
  return [...tree.files]
    .filter((file) => isBelow(file, source) && !config.ignored?.test(file))
    .map((file) => contentFile(file, joinPath(target, file.slice(source.length + 1)), mount, config))
}

/** @param path From the content root. */
function contentFile(file: string, path: string, {languages}: Mount, config: HugoConfig): ContentFile {
  const names = config.languages.map(({name}) => name)
  const [, stem = '', extension = ''] = /^(.+?)(\.[^.]*)?$/s.exec(nameOf(path)) ?? []
  const suffix = /\.([\w-]+)$/.exec(stem)?.[1]?.toLowerCase()
  const own = suffix !== undefined && names.includes(suffix) ? suffix : undefined
  const mounted = languages?.map((name) => name.toLowerCase()).filter((name) => names.includes(name)) ?? []
  return {
    file,
    folder: folderOf(path),
    name: own === undefined ? stem : stem.slice(0, -own.length - 1),
    extension,
    languages: own === undefined ? (mounted.length > 0 ? mounted : [config.defaultLanguage]) : [own],
  }
}
