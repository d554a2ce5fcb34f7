import {constants} from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {UserError} from '../../errors/errors.ts'
import type {Report, Reporter, ReporterOptions} from '../../report/report.ts'
import {loadReporter} from '../../report/reporters.ts'
import {putFile, reasonOf} from '../../tree/atomic.ts'
import {rootOf} from '../../tree/disk.ts'
import {makeFolder} from '../../tree/make-folder.ts'
import {placeOf} from '../../tree/place.ts'
import type {Flags, Io} from '../types.ts'
import {noCodeOf} from './setup.ts'

/** One report to be made. */
export interface Output {
  reporter: Reporter
  /** An absolute path; nothing for standard output. */
  file?: string
  /** Others write to the file, too. */
  append?: boolean
}

/**
 * The reports that were asked for, as `name` or `name:file`, and in GitHub Actions annotations and the job's summary.
 *
 * @throws {@link UserError} for a reporter that is not there, before anything is checked.
 */
export async function outputsOf(flags: Flags, {cwd, env}: Io): Promise<Output[]> {
  const {reporter} = flags
  const outputs: Output[] = []
  let isForPeople = true
  for (const text of reporter ?? ['text']) {
    const [, name = '', file] = /^([^:]*)(?::(.*))?$/s.exec(text)!
    if (file === '') throw new UserError(`--reporter ${text}: expected a file name behind the colon`)
    if (file === undefined && name !== 'text' && name !== 'github') isForPeople = false
    const made = await loadReporter(name, cwd, noCodeOf(flags))
    outputs.push({reporter: made, ...(file !== undefined && {file: path.resolve(cwd, file)})})
  }
  if (env.GITHUB_ACTIONS === 'true') {
    // A program that reads standard output is not to find commands in it.
    if (isForPeople && !reporter?.includes('github'))
      outputs.push({reporter: await loadReporter('github', cwd)})
    const file = env.GITHUB_STEP_SUMMARY
    if (file) outputs.push({reporter: await loadReporter('markdown', cwd), file, append: true})
  }
  return outputs
}

/** What the system calls standard output and standard error. */
const STANDARD = /^\/(?:dev\/std(?:out|(err))|(?:dev|proc\/self)\/fd\/(?:1|(2)))$/

/** Make the reports. @throws {@link UserError} where a file cannot be written */
export async function writeReports(
  outputs: readonly Output[],
  report: Report,
  screen: ReporterOptions,
  io: Io,
): Promise<void> {
  for (const {reporter, file, append} of outputs) {
    // What reads these in GitHub Actions takes commands from them; and to open a file again that a shell has redirected
    // them to would empty it.
    const standard = file === undefined ? undefined : STANDARD.exec(file)
    if (file === undefined) io.out(await reporter(report, screen))
    else if (standard) {
      const print = standard[1] || standard[2] ? io.err : io.out
      print(await reporter(report, {...screen, color: false}))
    } else {
      const text = await reporter(report, {color: false, inActions: false})
      try {
        const place = placeOf(file, [report.root, rootOf(io.cwd).root])
        await makeFolder(path.dirname(place.file))
        if (place.isStream) await (place.inTree ? sendNow : fs.appendFile)(place.file, text)
        else if (append) await appendWhole(place.file, text)
        else await replaceWhole(place.file, text)
      } catch (error) {
        throw new UserError(`The report ${file} cannot be written: ${reasonOf(error)}`)
      }
    }
  }
}

/** Write to a stream of the tree. To open a pipe waits until somebody reads from it, and here nobody may ever do so. */
async function sendNow(file: string, text: string): Promise<void> {
  const {O_WRONLY, O_NONBLOCK = 0} = constants
  const handle = await fs.open(file, O_WRONLY | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENXIO'
      ? new Error('it is a pipe that nobody reads, or a socket; name another file')
      : error
  })
  try {
    await writeSlowly(handle, Buffer.from(text))
  } finally {
    await handle.close()
  }
}

/** Write to what does not wait: a pipe that is full says so, and has room again once somebody has read from it. */
async function writeSlowly(handle: fs.FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; )
    try {
      at += (await handle.write(bytes, at)).bytesWritten
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      await sleep(20)
    }
}

/** What says that a file cannot be replaced by another, though perhaps be written to: a mount, or another's folder. */
const STAYS = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'])

async function replaceWhole(file: string, text: string): Promise<void> {
  const stat = await fs.lstat(file).catch(() => undefined)
  try {
    await putFile(file, text, stat?.isFile() ? stat : undefined)
  } catch (error) {
    if (!stat?.isFile() || !STAYS.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    await fs.writeFile(file, text)
  }
}

/** Others write to the file, too: if there is no room for all of the text, none of it stays. */
async function appendWhole(file: string, text: string): Promise<void> {
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
