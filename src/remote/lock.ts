import {randomBytes} from 'node:crypto'
import type {Stats} from 'node:fs'
import fs from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'
import {readBytes} from '../tree/read.ts'
import {isGone, machine, temporaryBeside} from '../tree/temporary.ts'

/** Processes hold the lock for some milliseconds, or seconds on a busy machine; one that is this old was left behind. */
const STALE_MS = 3_600_000
const STEP_MS = 15

/** The content of a lock: process id, machine and a random number. */
const LOCK = /^(\d+) ([\da-f]{8}) [\da-f]{16}$/

/** Locks of this process. */
const held = new Set<string>()

/**
 * Do something while no other process does it: a file that only one can make is the sign.
 *
 * @param isLate Says that it is not worth waiting for any longer; asked after the first attempt.
 * @returns whether it was done
 * @throws where the name of the lock is that of somebody's file, which stays
 */
export async function withLock(
  lock: string,
  work: () => Promise<void>,
  isLate: () => boolean,
): Promise<boolean> {
  const own = `${process.pid} ${machine()} ${randomBytes(8).toString('hex')}`
  held.add(own)
  try {
    if (!(await take(lock, own, isLate))) return false
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

async function take(lock: string, own: string, isLate: () => boolean): Promise<boolean> {
  for (;;) {
    try {
      await put(lock, own)
      return true
    } catch (error) {
      // Writing the cache itself will report the cause.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
    const left = await leftBehind(lock)
    if (left !== undefined) await clear(lock, left)
    else if (isLate()) return false
    // Processes that began together do not go on together.
    else await sleep(STEP_MS * (0.5 + Math.random()))
  }
}

/** Where a file has no second name, as on FAT. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/**
 * Make the lock with what it says: were it empty for a moment, that of a process killed then would be nobody's, and held
 * for an hour.
 *
 * @throws `EEXIST` where there is one
 */
async function put(lock: string, own: string): Promise<void> {
  const whole = temporaryBeside(lock)
  try {
    await fs.writeFile(whole, own, {flag: 'wx', mode: 0o600})
    await fs.link(whole, lock)
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    await fs.writeFile(lock, own, {flag: 'wx', mode: 0o600}).catch(async (error) => {
      // A full disk has room for the name.
      if (error.code !== 'EEXIST' && (await textOf(lock)) === '') await fs.rm(lock).catch(() => {})
      throw error
    })
  } finally {
    await fs.rm(whole, {force: true}).catch(() => {})
  }
}

/**
 * Read a stale lock, whose process is gone or hangs; nothing for a lock that is held.
 *
 * @throws where somebody's file has its name
 */
async function leftBehind(lock: string): Promise<string | undefined> {
  const stat = await fs.lstat(lock).catch(() => undefined)
  const text = await textOf(lock)
  if (!stat) return
  const isOld = Date.now() - stat.mtimeMs > STALE_MS
  if (isForeign(stat, text, isOld)) throw new Error(`its lock would be ${lock}, which is another file`)
  const [, owner, place] = LOCK.exec(text ?? '') ?? []
  if (text === undefined || place === undefined) return
  if (isOld) return text
  if (place !== machine()) return
  // An earlier process may have had the number of this one.
  const isOver = Number(owner) === process.pid ? !held.has(text) : isGone(Number(owner))
  return isOver ? text : undefined
}

/** Is it no lock of doccheck's? One that another user holds cannot be read, one that is being written may be empty. */
function isForeign(stat: Stats, text: string | undefined, isOld: boolean): boolean {
  if (!stat.isFile() || stat.size > LONGEST_BYTES) return true
  return text === '' ? isOld : text !== undefined && !LOCK.test(text)
}

/** Remove a lock that was left behind, and not the one that a faster process has put in its place. */
async function clear(lock: string, left: string): Promise<void> {
  const aside = temporaryBeside(lock)
  try {
    await fs.rename(lock, aside)
    if ((await textOf(aside)) !== left) await fs.link(aside, lock)
  } catch {
    // It is gone already, or there is yet another.
  }
  await fs.rm(aside, {force: true}).catch(() => {})
}

/** More than a lock says. */
const LONGEST_BYTES = 1000

/** What a lock says; nothing where there is none, or what the tree has brought in its place: a pipe, a device. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return readBytes(file, LONGEST_BYTES).toString('utf8')
  } catch {
    return undefined
  }
}
