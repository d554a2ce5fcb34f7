import {mkdir, stat} from 'node:fs/promises'
import path from 'node:path'

/**
 * Create a folder and its parents, unless they exist. Unlike `fs.mkdir` with `recursive`, it does not retry forever if
 * the system reports an existing parent as missing, as it does below `/proc`.
 *
 * @param folder An absolute path.
 * @param mode The permissions of created folders.
 * @throws the system's error if a folder can be neither created nor used
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  if (await isFolder(folder)) return
  const above = path.dirname(folder)
  if (above !== folder) await makeFolder(above, mode)
  try {
    await mkdir(folder, {mode})
  } catch (error) {
    // Another process may have created it.
    if (!(await isFolder(folder))) throw error
  }
}

const isFolder = (place: string) =>
  stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  )
