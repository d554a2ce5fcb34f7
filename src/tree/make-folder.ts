import {mkdir, stat} from 'node:fs/promises'
import path from 'node:path'

/**
 * Make a folder and those above it, where they are not there. Node's own way tries for ever where the system says that
 * nothing is there of a folder to be made in one that is, as it does below `/proc`.
 *
 * @param mode Of the folders that are made.
 * @throws the system's error, where one can be neither made nor used.
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  if (await isFolder(folder)) return
  const above = path.dirname(folder)
  if (above !== folder) await makeFolder(above, mode)
  try {
    await mkdir(folder, {mode})
  } catch (error) {
    // Another process may have been quicker.
    if (!(await isFolder(folder))) throw error
  }
}

const isFolder = (place: string) =>
  stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  )
