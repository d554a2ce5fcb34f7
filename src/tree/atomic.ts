import fs from 'node:fs/promises'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {clearLeftovers, temporaryBeside} from './temporary.ts'

/** Attributes that a file keeps when it is replaced. */
export interface Kept {
  mode: number
  uid?: number
  gid?: number
}

/**
 * Write a file atomically: to a temporary file beside it, which is then renamed. In any case, the file has either its
 * old content or all of its new content. A symlink is replaced, not followed.
 *
 * @param target An absolute path.
 * @throws the system's error; then no temporary file is left behind
 */
export async function putFile(target: string, content: Uint8Array | string, kept?: Kept): Promise<void> {
  await clearLeftovers(path.dirname(target))
  const temporary = temporaryBeside(target)
  try {
    const file = await fs.open(temporary, 'wx', kept && kept.mode & 0o777)
    try {
      await file.writeFile(content)
      if (kept) {
        await file.chmod(kept.mode & 0o7777)
        const {uid, gid} = await file.stat()
        if ((kept.uid ?? uid) !== uid || (kept.gid ?? gid) !== gid)
          await file.chown(kept.uid ?? uid, kept.gid ?? gid)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await moveTo(temporary, target)
  } catch (error) {
    await fs.rm(temporary, {force: true}).catch(() => {})
    throw error
  }
}

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EFBIG: 'the file is larger than the system allows',
  EISDIR: 'it is a folder',
  ENOTDIR: 'its parent is not a folder',
}

/** The reason why a file could not be written, for messages. */
export const reasonOf = (error: unknown): string =>
  REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message

/** Milliseconds between attempts, more than a second in all: a virus scanner keeps a file open for about as long. */
const WAITS = [10, 20, 40, 80, 160, 320, 640]

/** Windows refuses to replace a file that another process has open, so retry. */
async function moveTo(from: string, to: string): Promise<void> {
  for (const wait of WAITS)
    try {
      return await fs.rename(from, to)
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      await sleep(wait)
    }
  await fs.rename(from, to)
}
