import fs from 'node:fs/promises'
import {setTimeout as sleep} from 'node:timers/promises'

/** Processes hold the lock for some milliseconds; one that is this old has been left behind. */
const STALE_MS = 10_000
const PATIENCE_MS = 2000
const STEP_MS = 15

/**
 * Do something while no other process does it: a file that only one can make is the sign. It is a courtesy that keeps
 * processes from dropping each other's entries; who waits too long goes on without it.
 */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const own = await take(lock)
  try {
    return await work()
  } finally {
    if (own) await fs.rm(lock, {force: true}).catch(() => {})
  }
}

async function take(lock: string): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS
  while (performance.now() < end) {
    try {
      await fs.writeFile(lock, String(process.pid), {flag: 'wx', mode: 0o600})
      return true
    } catch (error) {
      // Anything else will show when the file itself is written.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
    if (await isLeftBehind(lock)) await fs.rm(lock, {force: true}).catch(() => {})
    // Processes that began together do not go on together.
    else await sleep(STEP_MS * (0.5 + Math.random()))
  }
  return false
}

/** Is whoever made the lock gone, or does it not come to an end? */
async function isLeftBehind(lock: string): Promise<boolean> {
  try {
    const {mtimeMs} = await fs.stat(lock)
    if (Date.now() - mtimeMs > STALE_MS) return true
    const owner = Number(await fs.readFile(lock, 'utf8'))
    if (owner > 0) process.kill(owner, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
