import {realpathSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {watch as watchFiles} from 'chokidar'
import {UserError} from '../../errors/errors.ts'
import {belongsToCache, defaultCacheFile} from '../../remote/verdict-cache.ts'
import {safe} from '../../text/safe.ts'
import {diskTree} from '../../tree/disk.ts'
import {findTargets} from '../targets.ts'
import type {Flags, Io} from '../types.ts'
import {checkPaths, type WatchState} from './check.ts'

/** Editors write a file in several steps, and git many files at once: wait until it is quiet for so long. */
const QUIET_MS = 100

const realOf = (file: string): string => {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

/** A file's path without links to its folder; it may be gone itself. */
const placeOf = (file: string) => path.join(realOf(path.dirname(file)), path.basename(file))

/** Tells of a file, by its absolute path, whether runs write it themselves: each check would bring about another. */
function ownFiles({reports = [], cache}: WatchState, {env}: Io): (file: string) => boolean {
  const places = (file: string) => [placeOf(file), realOf(file)]
  const written = new Set(reports.flatMap(places))
  const caches = places(cache ?? defaultCacheFile(env, process.platform, homedir()))
  return (file) => {
    const place = placeOf(file)
    return written.has(place) || caches.some((own) => belongsToCache(place, own))
  }
}

/** Others' packages and git's own files are watched by nobody. */
const isLeftOut = (file: string) => /[\\/](?:\.git|node_modules)(?:[\\/]|$)/.test(file)

/**
 * `doccheck --watch [paths..]`: check, and again whenever a file changes, until Ctrl-C. Only the files that changed are
 * read again.
 *
 * @returns the exit code: that of the last check
 */
export async function watch(words: string[], flags: Flags, io: Io): Promise<number> {
  for (const flag of ['fix', 'diff', 'staged', 'stdin'] as const)
    if (flags[flag])
      throw new UserError(`--watch checks files as they change, expected no --${flag} beside it`)
  const {root} = await findTargets(words, io.cwd)
  const top = realOf(root)
  const memory: WatchState = {}
  const changed = new Set<string>()
  let ended = false
  let wake = () => {}
  // A symlink of the tree may lead to all files of the machine; what it leads to within the tree is watched there.
  const watcher = watchFiles(top, {ignored: isLeftOut, ignoreInitial: true, followSymlinks: false})
  watcher.on('all', (_event, file) => {
    changed.add(path.relative(top, file).split(path.sep).join('/'))
    wake()
  })
  watcher.on('error', (error) => {
    const why = (error as NodeJS.ErrnoException).code
    io.err(
      `doccheck: ${safe((error as Error).message)}${why === 'ENOSPC' ? '; the system watches no more files (fs.inotify.max_user_watches)' : ''}\n`,
    )
  })
  const release = io.onInterrupt(() => {
    ended = true
    wake()
  })
  const changedOrEnded = () =>
    new Promise<void>((resolve) => {
      wake = resolve
      if (ended || changed.size > 0) resolve()
    })
  const quiet = async () => {
    for (let before = -1; before !== changed.size && !ended; ) {
      before = changed.size
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    }
  }
  /** Forget the pages that changed, and those behind symlinks, which may have. */
  const forget = (pages: NonNullable<WatchState['pages']>) => {
    for (const file of pages.keys())
      if (changed.has(file) || realOf(path.join(top, file)) !== path.join(top, file)) pages.delete(file)
  }
  try {
    await new Promise<void>((resolve) => watcher.once('ready', resolve))
    let {files} = await diskTree(root)
    let code = await checkOnce()
    for (;;) {
      await changedOrEnded()
      await quiet()
      if (ended) return code
      const now = (await diskTree(root)).files
      const isOwn = ownFiles(memory, io)
      // What git ignores is no part of the tree.
      const counts = [...changed].some(
        (file) => (files.has(file) || now.has(file)) && !isOwn(path.join(top, file)),
      )
      if (memory.pages) forget(memory.pages)
      changed.clear()
      files = now
      if (counts) code = await checkOnce()
    }
  } finally {
    release()
    await watcher.close()
  }

  async function checkOnce(): Promise<number> {
    // Clear the screen, and what was scrolled off it.
    if (io.outIsTerminal) io.out('\x1b[2J\x1b[3J\x1b[H')
    let code: number
    try {
      code = await checkPaths(words, flags, io, memory)
    } catch (error) {
      // A configuration that is half written is whole in a moment.
      if (!(error instanceof UserError)) throw error
      io.err(`doccheck: ${safe(error.message)}\n`)
      code = 2
    }
    io.err('Waiting for changes; Ctrl-C ends\n')
    return code
  }
}
