import {folderOf, isAtOrBelow, joinPath} from '../../../text/paths.ts'
import type {Addition, DocusaurusConfig} from './config.ts'

/** Whether sources fill a section, and which folders exist. */
export interface Filled {
  /** Are there several pages in a section, by its path below the base? */
  hasSection(section: string): boolean
  /** Is there such a folder in the tree? */
  hasFolder(folder: string): boolean
  /** Are there several Markdown files in a folder? */
  hasPages(folder: string): boolean
}

/** May an addition be at a URL? */
export function mayBeAtUrl(
  {where}: Addition,
  path: string,
  config: DocusaurusConfig,
  filled: Filled,
): boolean {
  switch (where) {
    case 'site':
    case 'sources':
      return true
    case 'files':
      return hasExtension(path)
    case 'texts':
      return /\.(?:txt|md)$/.test(path)
    case 'beside':
      return hasExtension(path) || !isFilled(folderOf(path), config, filled)
    default:
      if ('routes' in where) return where.routes.some((route) => isAtOrBelow(path, route))
      return filesAt(path, config).some((file) => isInSome(file, where.folders))
  }
}

/** May an addition be a Markdown file at a path of the tree? */
export function mayBeSource({where}: Addition, file: string, filled: Filled): boolean {
  if (where === 'sources') return true
  if (where === 'beside') return !filled.hasFolder(folderOf(file))
  return typeof where === 'object' && 'folders' in where && isInSome(file, where.folders)
}

const hasExtension = (path: string) => /\.(?!html?$)[a-z]\w{0,9}$/i.test(path)

const isInSome = (file: string, folders: readonly string[]) =>
  folders.some((folder) => isAtOrBelow(file, folder))

/** A plugin rather adds pages at the top of a site, or of its docs, than among those of a folder. */
const isFilled = (section: string, {contents}: DocusaurusConfig, filled: Filled) =>
  section !== '' && !contents.some(({route}) => route === section) && filled.hasSection(section)

/** The files, without extension, that a URL may be published from. */
const filesAt = (path: string, {contents, statics}: DocusaurusConfig): string[] => [
  ...statics.map((folder) => joinPath(folder, path.slice(1))),
  ...contents
    .filter(({route}) => isAtOrBelow(path, route) || route === '')
    .map(({folder, route}) => joinPath(folder, path.slice(route.length + 1))),
]
