import {randomBytes} from 'node:crypto'
import fs from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'

/** Processes hold the lock for some milliseconds; one that is this old has been left behind. */
const STALE_MS = 10_000
const PATIENCE_MS = 2000
/** Who pressed Ctrl-C wants the end within a second. */
const HURRY_MS = 300
const STEP_MS = 15

/**
 * Do something while no other process does it: a file that only one can make is the sign. It is a courtesy that keeps
 * processes from dropping each other's entries; who waits too long goes on without it.
 *
 * @param signal Says that there is little time.
 */
export async function withLock<T>(lock: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const own = `${process.pid} ${randomBytes(8).toString('hex')}`
  const isTaken = await take(lock, own, signal)
  try {
    return await work()
  } finally {
    // Who took too long has lost it to another by now.
    if (isTaken && (await textOf(lock)) === own) await fs.rm(lock, {force: true}).catch(() => {})
  }
}

async function take(lock: string, own: string, signal?: AbortSignal): Promise<boolean> {
  const start = performance.now()
  while (performance.now() - start < (signal?.aborted ? HURRY_MS : PATIENCE_MS)) {
    try {
      await fs.writeFile(lock, own, {flag: 'wx', mode: 0o600})
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        // A full disk has room for the name. All else will show when the file itself is written.
        if ((await textOf(lock)) === '') await fs.rm(lock, {force: true}).catch(() => {})
        return false
      }
    }
    const left = await leftBehind(lock)
    if (left !== undefined) await clear(lock, left)
    // Processes that began together do not go on together.
    await sleep(STEP_MS * (0.5 + Math.random()))
  }
  return false
}

/** What a lock says whose maker is gone, or does not come to an end; nothing for one that is held. */
async function leftBehind(lock: string): Promise<string | undefined> {
  const text = await textOf(lock)
  try {
    const {mtimeMs} = await fs.stat(lock)
    if (Date.now() - mtimeMs > STALE_MS) return text
    const owner = Number.parseInt(text ?? '', 10)
    if (owner > 0) process.kill(owner, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return text
  }
}

/** Remove a lock that was left behind, and not the one that a faster process has put in its place. */
async function clear(lock: string, left: string): Promise<void> {
  const aside = `${lock}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  try {
    await fs.rename(lock, aside)
    if ((await textOf(aside)) !== left) await fs.link(aside, lock)
  } catch {
    // It is gone already, or there is yet another.
  }
  await fs.rm(aside, {force: true}).catch(() => {})
}

const textOf = (file: string) => fs.readFile(file, 'utf8').catch(() => undefined)
