import {realpathSync} from 'node:fs'
import path from 'node:path'

/** Is a path a folder or below it, by their names alone? */
export function isBelow(folder: string, place: string): boolean {
  const way = path.relative(folder, place)
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)
}

/** Where a path leads behind all symlinks; what is not there is below the folders above it that are. */
export function realPlace(place: string): string {
  try {
    return realpathSync(place)
  } catch {
    const above = path.dirname(place)
    return above === place ? place : path.join(realPlace(above), path.basename(place))
  }
}
