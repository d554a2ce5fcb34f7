import {constants} from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {putFile} from '../../tree/atomic.ts'
import {makeFolder} from '../../tree/make-folder.ts'
import {placeOf} from '../../tree/place.ts'

/**
 * Write a report to a file, or to a stream such as a pipe.
 *
 * @param file An absolute path.
 * @param trees The roots of trees, whose files may come from strangers: symlinks in them are not followed.
 * @param append Append to the file, which other programs write to as well.
 */
export async function writeReportFile(
  file: string,
  text: string,
  trees: string[],
  append = false,
): Promise<void> {
  const place = placeOf(file, trees)
  await makeFolder(path.dirname(place.file))
  if (place.isStream) await (place.inTree ? sendNow : fs.appendFile)(place.file, text)
  else if (append) await appendAll(place.file, text)
  else await replaceAll(place.file, text)
}

/** Write to a stream in the tree without waiting for a reader to open a pipe: there may never be one. */
async function sendNow(file: string, text: string): Promise<void> {
  const {O_WRONLY, O_NONBLOCK = 0} = constants
  const handle = await fs.open(file, O_WRONLY | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENXIO'
      ? new Error('it is a pipe without a reader, or a socket; name another file')
      : error
  })
  try {
    await writeRetrying(handle, Buffer.from(text))
  } finally {
    await handle.close()
  }
}

const RETRY_MS = 20

/** Write to a non-blocking stream: a full pipe fails with `EAGAIN` until its reader has made room. */
async function writeRetrying(handle: fs.FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; )
    try {
      at += (await handle.write(bytes, at)).bytesWritten
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      await sleep(RETRY_MS)
    }
}

/** Errors of a file that cannot be replaced, but perhaps be written to: a mount, or a file in another user's folder. */
const NOT_REPLACEABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'])

async function replaceAll(file: string, text: string): Promise<void> {
  const stat = await fs.lstat(file).catch(() => undefined)
  try {
    await putFile(file, text, stat?.isFile() ? stat : undefined)
  } catch (error) {
    if (!stat?.isFile() || !NOT_REPLACEABLE.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    await fs.writeFile(file, text)
  }
}

/** Append an entire text, or nothing if there is not enough space. */
async function appendAll(file: string, text: string): Promise<void> {
  const {O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0} = constants
  const handle = await fs.open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW)
  try {
    const {size} = await handle.stat()
    try {
      await handle.writeFile(text)
    } catch (error) {
      await handle.truncate(size).catch(() => {})
      throw error
    }
  } finally {
    await handle.close()
  }
}
