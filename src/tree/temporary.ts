import {createHash, randomBytes} from 'node:crypto'
import {readFileSync, readlinkSync} from 'node:fs'
import fs from 'node:fs/promises'
import {hostname} from 'node:os'
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
  for (const file of files.filter(isTemporary))
    if (await isLeft(file)) await fs.rm(file, {force: true}).catch(() => {})
}

async function isLeft(file: string): Promise<boolean> {
  const stat = await fs.lstat(file).catch(() => undefined)
  if (!stat?.isFile()) return false
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
