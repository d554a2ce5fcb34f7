import {randomBytes} from 'node:crypto'
import type {Stats} from 'node:fs'
import fs from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'
import {readBytes} from '../../tree/read.ts'
import {isGone, machine, temporaryBeside} from '../../tree/temporary.ts'

/** A lock is held for milliseconds, or for seconds on a busy machine; one of this age is stale. */
const STALE_MS = 3_600_000
const POLL_MS = 15

/** The content of a lock: process id, machine and a random number. */
const CONTENT = /^(\d+) ([\da-f]{8}) [\da-f]{16}$/

/** The contents of the locks of this process. */
const held = new Set<string>()

/**
 * Run `work` while holding a lock: a file that only one process can create.
 *
 * @param isLate Tells whether to give up; called after the first attempt.
 * @returns whether the work was done
 * @throws where a file that is not a lock has its name; the file is left alone
 */
export async function withLock(
  lock: string,
  work: () => Promise<void>,
  isLate: () => boolean,
): Promise<boolean> {
  const own = `${process.pid} ${machine()} ${randomBytes(8).toString('hex')}`
  held.add(own)
  try {
    if (!(await acquire(lock, own, isLate))) return false
    try {
      await work()
      return true
    } finally {
      if ((await textOf(lock)) === own) await fs.rm(lock, {force: true}).catch(() => {})
    }
  } finally {
    held.delete(own)
  }
}

async function acquire(lock: string, own: string, isLate: () => boolean): Promise<boolean> {
  for (;;) {
    try {
      await create(lock, own)
      return true
    } catch (error) {
      // The cause is reported when the cache itself is written.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
    const stale = await staleContent(lock)
    if (stale !== undefined) await removeStale(lock, stale)
    else if (isLate()) return false
    // At random intervals, so that processes that started together do not collide again.
    else await sleep(POLL_MS * (0.5 + Math.random()))
  }
}

/** Error codes of file systems without hard links, such as FAT. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/**
 * Create the lock with its content at once: an empty one, whose process was killed before it wrote, would be held until
 * it is stale.
 *
 * @throws `EEXIST` where the lock exists
 */
async function create(lock: string, own: string): Promise<void> {
  const temporary = temporaryBeside(lock)
  try {
    await fs.writeFile(temporary, own, {flag: 'wx', mode: 0o600})
    await fs.link(temporary, lock)
  } catch (error) {
    if (!NO_HARD_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    await fs.writeFile(lock, own, {flag: 'wx', mode: 0o600}).catch(async (error) => {
      // On a full disk the file exists, but is empty.
      if (error.code !== 'EEXIST' && (await textOf(lock)) === '') await fs.rm(lock).catch(() => {})
      throw error
    })
  } finally {
    await fs.rm(temporary, {force: true}).catch(() => {})
  }
}

/**
 * The content of a stale lock, whose process is gone or hangs; undefined for a lock that is held.
 *
 * @throws where a file that is not a lock has its name
 */
async function staleContent(lock: string): Promise<string | undefined> {
  const stat = await fs.lstat(lock).catch(() => undefined)
  const text = await textOf(lock)
  if (!stat) return
  const isOld = Date.now() - stat.mtimeMs > STALE_MS
  if (isForeign(stat, text, isOld)) throw new Error(`${lock} exists and is not a lock of doccheck`)
  const [, owner, owningMachine] = CONTENT.exec(text ?? '') ?? []
  if (text === undefined || owningMachine === undefined) return
  if (isOld) return text
  if (owningMachine !== machine()) return
  // An earlier process may have had the id of this one.
  const isOver = Number(owner) === process.pid ? !held.has(text) : isGone(Number(owner))
  return isOver ? text : undefined
}

/** Is a file certainly not a lock? One of another user may be unreadable, and one that is being written empty. */
function isForeign(stat: Stats, text: string | undefined, isOld: boolean): boolean {
  if (!stat.isFile() || stat.size > MAX_BYTES) return true
  return text === '' ? isOld : text !== undefined && !CONTENT.test(text)
}

/** Remove a stale lock, but not a new one that a faster process has replaced it with. */
async function removeStale(lock: string, stale: string): Promise<void> {
  const aside = temporaryBeside(lock)
  try {
    await fs.rename(lock, aside)
    if ((await textOf(aside)) !== stale) await fs.link(aside, lock)
  } catch {
    // It is gone, or was replaced again.
  }
  await fs.rm(aside, {force: true}).catch(() => {})
}

/** No lock is larger. */
const MAX_BYTES = 1000

/** The content of a lock; undefined if it is absent or not a regular file, which may be part of a tree. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return readBytes(file, MAX_BYTES).toString('utf8')
  } catch {
    return undefined
  }
}
