import {realpathSync} from 'node:fs'
import path from 'node:path'

/** Is an absolute path a folder or inside it, judged by the names alone, without following symlinks? */
export function isInside(folder: string, absolute: string): boolean {
  const relative = path.relative(folder, absolute)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}

/** An absolute path with its symlinks resolved; for a path that does not exist, those in its existing part. */
export function realPath(absolute: string): string {
  try {
    return realpathSync(absolute)
  } catch {
    const parent = path.dirname(absolute)
    return parent === absolute ? absolute : path.join(realPath(parent), path.basename(absolute))
  }
}
