import {isAbove, joinPath} from '../../text/paths.ts'
import type {FileContext} from '../described/links.ts'
import type {Target} from './targets.ts'

/** Does the host of a repository find a target, as a file or folder at that path? */
export function isOnHost({lookup}: FileContext, {folder, path}: Target): boolean {
  const place = joinPath(folder, path)
  return isAbove(place) || lookup.isFile(place) || lookup.isFolder(place)
}
