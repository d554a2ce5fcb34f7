import {realpathSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {watch as watchFiles} from 'chokidar'
import {UserError} from '../../errors/errors.ts'
import {belongsToCache, defaultCacheFile} from '../../remote/cache/verdict-cache.ts'
import {refuseWith} from '../../run/conflicts.ts'
import {pathFrom} from '../../run/setup.ts'
import {findTargets} from '../../run/targets.ts'
import {safe} from '../../text/safe.ts'
import {diskTree} from '../../tree/disk.ts'
import type {Flags, Io} from '../types.ts'
import {checkPaths} from './check.ts'
import type {WatchState} from './report-run.ts'

/**
 * Editors write a file in several steps, and Git writes many files at once: a check waits for a pause of this length.
 */
const QUIET_MS = 100

/**
 * `doccheck --watch [paths..]`: check, and check again whenever a file changes, until Ctrl-C. Only changed files are read
 * again.
 *
 * @returns the exit code of the last check
 */
export async function watch(positionals: string[], flags: Flags, io: Io): Promise<number> {
  refuseWith('--watch', ['fix', 'diff', 'staged', 'stdin'], flags)
  const {root} = await findTargets(positionals, io.cwd)
  const events = new FileEvents(root, io)
  const release = io.onInterrupt(() => events.end())
  const state: WatchState = {}
  try {
    await events.ready()
    let {files} = await diskTree(root)
    let code = await checkNow(positionals, flags, io, state)
    for (;;) {
      await events.untilQuiet()
      if (events.isEnded) return code
      const now = (await diskTree(root)).files
      const isWritten = writtenByRuns(state, io)
      // A file that Git ignores is not in the tree.
      const isDue = [...events.changed].some(
        (file) => (files.has(file) || now.has(file)) && !isWritten(events.absolute(file)),
      )
      forget(state, events)
      events.changed.clear()
      files = now
      if (isDue) code = await checkNow(positionals, flags, io, state)
    }
  } finally {
    release()
    await events.close()
  }
}

async function checkNow(positionals: string[], flags: Flags, io: Io, state: WatchState): Promise<number> {
  // Clear the screen and the scrollback.
  if (io.outIsTerminal) io.out('\x1b[2J\x1b[3J\x1b[H')
  let code: number
  try {
    code = await checkPaths(positionals, flags, io, state)
  } catch (error) {
    // A configuration that is being edited may be invalid for a moment.
    if (!(error instanceof UserError)) throw error
    io.err(`doccheck: ${safe(error.message)}\n`)
    code = 2
  }
  io.err('Watching for changes, press Ctrl-C to stop\n')
  return code
}

/** Forget the pages that changed, and those behind symlinks, which may have changed. */
function forget({pages}: WatchState, {changed, absolute}: FileEvents): void {
  for (const file of pages?.keys() ?? [])
    if (changed.has(file) || realOf(absolute(file)) !== absolute(file)) pages!.delete(file)
}

/** Unwatched files: installed packages, and those of Git. */
const isIgnored = (file: string) => /[\\/](?:\.git|node_modules)(?:[\\/]|$)/.test(file)

/** The changes of files below a folder since they were last cleared. */
class FileEvents {
  /** The paths of changed files from the folder, with `/`. */
  readonly changed = new Set<string>()
  isEnded = false
  readonly #folder: string
  readonly #watcher: ReturnType<typeof watchFiles>
  #wake = () => {}

  constructor(folder: string, io: Io) {
    this.#folder = realOf(folder)
    const toPath = pathFrom(this.#folder)
    // A symlink may lead to all files of the machine; targets inside the folder are watched there.
    this.#watcher = watchFiles(this.#folder, {ignored: isIgnored, ignoreInitial: true, followSymlinks: false})
    this.#watcher.on('all', (_event, file) => {
      this.changed.add(toPath(file))
      this.#wake()
    })
    this.#watcher.on('error', (error) => io.err(`doccheck: ${safe(describeError(error as Error))}\n`))
  }

  /** Wait until the watcher has listed all files. */
  ready = () => new Promise<void>((resolve) => this.#watcher.once('ready', resolve))

  /** The absolute path of a file. */
  absolute = (file: string) => path.join(this.#folder, file)

  /** Wait until files have changed, and then for a pause; or until the end. */
  async untilQuiet(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (this.isEnded || this.changed.size > 0) resolve()
    })
    for (let before = -1; before !== this.changed.size && !this.isEnded; ) {
      before = this.changed.size
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    }
  }

  /** Let {@link untilQuiet} return at once. */
  end(): void {
    this.isEnded = true
    this.#wake()
  }

  close = () => this.#watcher.close()
}

function describeError(error: NodeJS.ErrnoException): string {
  const hint =
    error.code === 'ENOSPC' ? '; the limit of watched files is reached (fs.inotify.max_user_watches)' : ''
  return error.message + hint
}

/** Create the test of whether runs write a file, given by its absolute path: each check would trigger another one. */
function writtenByRuns({reports = [], cache}: WatchState, {env}: Io): (file: string) => boolean {
  const placesOf = (file: string) => [placeOf(file), realOf(file)]
  const written = new Set(reports.flatMap(placesOf))
  const caches = placesOf(cache ?? defaultCacheFile(env, process.platform, homedir()))
  return (file) => {
    const place = placeOf(file)
    return written.has(place) || caches.some((own) => belongsToCache(place, own))
  }
}

/** A path with its symlinks resolved; unchanged if it does not exist. */
const realOf = (file: string): string => {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

/** A path with the symlinks of its folder resolved; the file itself may be gone. */
const placeOf = (file: string) => path.join(realOf(path.dirname(file)), path.basename(file))
