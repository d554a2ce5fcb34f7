import {createHash, randomBytes} from 'node:crypto'
import {readFileSync, readlinkSync, type Stats} from 'node:fs'
import fs from 'node:fs/promises'
import {hostname, tmpdir} from 'node:os'
import path from 'node:path'

/**
 * Milliseconds. Whether a process on another machine or in another container is running is not visible, but none takes
 * that long to write a file.
 */
const LEFT_AFTER_MS = 86_400_000

/** The names of temporary files: with the machine, the process, and a random number. */
const NAME = /^\.doccheck-([\da-f]{8})-(\d+)-[\da-f]{12}\.tmp$/

/** Identifies what shares process ids: a machine since it was booted, or a container on it. @returns 8 hex digits */
export function machine(): string {
  const facts = [
    hostname(),
    systemFact(readFileSync, '/proc/sys/kernel/random/boot_id'),
    systemFact(readlinkSync, '/proc/self/ns/pid'),
  ]
  return (known ??= createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 8))
}

let known: string | undefined

/** The content of a file in `/proc`; '' on systems without it. */
function systemFact(read: (file: string, encoding: 'utf8') => string, file: string): string {
  try {
    return read(file, 'utf8')
  } catch {
    return ''
  }
}

/** A new path for a temporary file in the same folder as another. */
export const temporaryBeside = (target: string): string =>
  path.join(
    path.dirname(target),
    `.doccheck-${machine()}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`,
  )

/** Is a path that of one of doccheck's temporary files? */
export const isTemporary = (file: string): boolean => NAME.test(path.basename(file))

const cleared = new Set<string>()

/** Remove the temporary files of killed processes from a folder; once per folder. */
export async function clearLeftovers(folder: string): Promise<void> {
  if (cleared.has(folder)) return
  cleared.add(folder)
  await removeLeftovers((await fs.readdir(folder).catch(() => [])).map((name) => path.join(folder, name)))
}

/** Remove those files that are temporary files of killed processes. @param files Absolute paths. */
export async function removeLeftovers(files: readonly string[]): Promise<void> {
  for (const file of files.filter(isTemporary)) {
    const stat = await fs.lstat(file).catch(() => undefined)
    if (stat?.isFile() && isLeftover(file, stat)) await fs.rm(file, {force: true}).catch(() => {})
  }
}

/** Make a temporary folder, which its maker removes; those of killed processes are removed first. @returns its path */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = temporaryBeside(path.join(tmpdir(), 'doccheck'))
  await clearFolders(path.dirname(folder))
  await fs.mkdir(folder, {mode: 0o700})
  return folder
}

/** Run a function with a temporary folder, which is removed afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeTemporaryFolder()
  try {
    return await work(folder)
  } finally {
    await fs.rm(folder, {recursive: true, force: true})
  }
}

/** Only the user's own folders are removed: everybody may write to the folder for temporary files. */
async function clearFolders(above: string): Promise<void> {
  for (const name of (await fs.readdir(above).catch(() => [])).filter(isTemporary)) {
    const folder = path.join(above, name)
    const stat = await fs.lstat(folder).catch(() => undefined)
    if (stat?.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) && isLeftover(folder, stat))
      await fs.rm(folder, {recursive: true, force: true}).catch(() => {})
  }
}

function isLeftover(file: string, stat: Stats): boolean {
  const [, place, owner] = NAME.exec(path.basename(file))!
  if (place !== machine()) return Date.now() - stat.mtimeMs > LEFT_AFTER_MS
  // An earlier process may have had the same id.
  if (Number(owner) === process.pid) return stat.mtimeMs < performance.timeOrigin - 1000
  return isGone(Number(owner))
}

/** Is there no process with an id on this machine? */
export function isGone(id: number): boolean {
  try {
    process.kill(id, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
