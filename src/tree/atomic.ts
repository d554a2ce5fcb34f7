import fs from 'node:fs/promises'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {clearLeftovers, temporaryBeside} from './temporary.ts'

/** What a file that takes the place of another keeps of it. */
export interface Kept {
  mode: number
  uid?: number
  gid?: number
}

/**
 * Write a file as a whole: beside its place, and then moved there. Whatever happens, the place holds what it held, or all
 * of the new content. A symlink there is replaced, not followed.
 *
 * @throws the system's error; then nothing is left behind
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
  EFBIG: 'the system lets no file grow so large',
  EISDIR: 'it is a folder',
  ENOTDIR: 'what should be its folder is none',
}

/** Why a file could not be written, in words. */
export const reasonOf = (error: unknown): string =>
  REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message

/** Windows refuses while another process, perhaps a virus scanner, has the file open. */
async function moveTo(from: string, to: string): Promise<void> {
  for (let left = 5; ; left--)
    try {
      return await fs.rename(from, to)
    } catch (error) {
      const {code = ''} = error as NodeJS.ErrnoException
      if (left === 0 || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error
      await sleep(20)
    }
}
