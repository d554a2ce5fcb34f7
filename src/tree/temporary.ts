import {createHash, randomBytes} from 'node:crypto'
import {readFileSync, readlinkSync, type Stats} from 'node:fs'
import fs from 'node:fs/promises'
import {hostname, tmpdir} from 'node:os'
import path from 'node:path'

/** Of another machine, or a container, it cannot be seen whether a process goes on: none writes one file for so long. */
const LEFT_AFTER_MS = 86_400_000

/** Names that doccheck alone gives: the machine, the process, and a random number. */
const NAME = /^\.doccheck-([\da-f]{8})-(\d+)-[\da-f]{12}\.tmp$/

/** Where process numbers mean the same: one machine since it was started, and on it one container. */
export function machine(): string {
  const facts = [
    hostname(),
    told(readFileSync, '/proc/sys/kernel/random/boot_id'),
    told(readlinkSync, '/proc/self/ns/pid'),
  ]
  return (known ??= createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 8))
}

let known: string | undefined

/** What a file of the system says, where the system has it. */
function told(read: (file: string, encoding: 'utf8') => string, file: string): string {
  try {
    return read(file, 'utf8')
  } catch {
    return ''
  }
}

/** The name of a file, in the folder of another, that is to take its place. */
export const temporaryBeside = (target: string): string =>
  path.join(
    path.dirname(target),
    `.doccheck-${machine()}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`,
  )

/** Has a file, by its path, the name of one that doccheck is writing? */
export const isTemporary = (file: string): boolean => NAME.test(path.basename(file))

const cleared = new Set<string>()

/** Remove, once, the files from a folder that processes left behind there that were killed while they wrote. */
export async function clearLeftovers(folder: string): Promise<void> {
  if (cleared.has(folder)) return
  cleared.add(folder)
  await removeLeft((await fs.readdir(folder).catch(() => [])).map((name) => path.join(folder, name)))
}

/** Of these files, by their absolute paths, remove those that a process of doccheck has left behind. */
export async function removeLeft(files: readonly string[]): Promise<void> {
  for (const file of files.filter(isTemporary)) {
    const stat = await fs.lstat(file).catch(() => undefined)
    if (stat?.isFile() && isLeft(file, stat)) await fs.rm(file, {force: true}).catch(() => {})
  }
}

/** Do something with a folder of one's own, which is removed afterwards; those that were left behind are, too. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryBeside(path.join(tmpdir(), 'doccheck'))
  await clearFolders(path.dirname(folder))
  await fs.mkdir(folder, {mode: 0o700})
  try {
    return await work(folder)
  } finally {
    await fs.rm(folder, {recursive: true, force: true})
  }
}

/** What is in a folder that everybody may write to may be somebody else's. */
async function clearFolders(above: string): Promise<void> {
  for (const name of (await fs.readdir(above).catch(() => [])).filter(isTemporary)) {
    const folder = path.join(above, name)
    const stat = await fs.lstat(folder).catch(() => undefined)
    if (stat?.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) && isLeft(folder, stat))
      await fs.rm(folder, {recursive: true, force: true}).catch(() => {})
  }
}

function isLeft(file: string, stat: Stats): boolean {
  const [, place, owner] = NAME.exec(path.basename(file))!
  if (place !== machine()) return Date.now() - stat.mtimeMs > LEFT_AFTER_MS
  // An earlier process may have had the same number.
  if (Number(owner) === process.pid) return stat.mtimeMs < performance.timeOrigin - 1000
  return isGone(Number(owner))
}

/** Is there no process of a number, on this machine? */
export function isGone(id: number): boolean {
  try {
    process.kill(id, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
