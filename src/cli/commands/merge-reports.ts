import {type Dirent, readdirSync, statSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../../errors/errors.ts'
import {mergeBlobs} from '../../report/blob/merge.ts'
import {type FoundFile, type NamedBlob, readBlob} from '../../report/blob/read.ts'
import {plural} from '../../report/numbers.ts'
import {rootOf} from '../../tree/disk.ts'
import type {Flags, Io} from '../types.ts'
import {printWarning} from '../world.ts'
import {exceeds} from './report-run.ts'
import {outputsOf, writeReports} from './reports.ts'
import {screenOf} from './screen.ts'

/** `doccheck merge-reports <paths..>`: merge the reports of all shards, and report the whole. @returns the exit code */
export async function mergeReports(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  if (paths.length === 0)
    throw new UserError('`doccheck merge-reports` requires files or folders with the reports of shards')
  const found = paths.flatMap((each) => filesIn(each, io.cwd))
  const blobs = found.filter((each): each is NamedBlob => each !== undefined && 'blob' in each)
  const outputs = await outputsOf(flags, io)
  const {root} = rootOf(io.cwd)
  const report = mergeBlobs(blobs, root, flags.quiet)
  const {checkTemplate, sourceLinks} = await import('../../repository/source-links.ts')
  if (flags.sourceUrl !== undefined) checkTemplate(flags.sourceUrl)
  const links = {root, env: io.env, template: flags.sourceUrl}
  const linked = {...report, sourceLinks: () => sourceLinks(links)}
  await writeReports(outputs, linked, screenOf(flags, io), io)
  await mergeVerdicts(found, flags, io)
  for (const failure of report.run.failures) printWarning(io, `unexpected error: ${failure}`)
  const isOver = exceeds(flags, report.counts, report.pages, io)
  if (report.run.failures.length > 0) return 2
  return (report.counts.errors > 0 || isOver) && !flags.exitZero ? 1 : 0
}

/** The reports and caches at a path: a file, or all of a folder, since artifacts are downloaded into one each. */
function filesIn(given: string, cwd: string): FoundFile[] {
  const absolute = path.resolve(cwd, given)
  const stat = statSync(absolute, {throwIfNoEntry: false})
  if (!stat) throw new UserError(`No such file or folder: ${given}`)
  if (!stat.isDirectory()) {
    const found = readBlob(absolute, given)
    if (!found)
      throw new UserError(`${given} is not a report of a shard: write it with \`--reporter blob:${given}\``)
    return [found]
  }
  return readdirSync(absolute, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.relative(absolute, path.join(folderOf(entry), entry.name)))
    .sort()
    .map((file) => readBlob(path.join(absolute, file), path.join(given, file)))
}

/** The folder of an entry; Node 20 still has it under its former name. */
const folderOf = (entry: Dirent & {path?: string}): string => entry.parentPath ?? entry.path!

/** Merge the verdict caches among the files into that of `--cache-location`. */
async function mergeVerdicts(found: readonly FoundFile[], {cacheLocation}: Flags, io: Io): Promise<void> {
  const caches = found.flatMap((each) => (each && 'cache' in each ? [each.cache] : []))
  if (caches.length === 0) return
  if (cacheLocation === undefined)
    return printWarning(
      io,
      `${plural(caches.length, 'cache')} not merged: name a file for them with --cache-location`,
    )
  const {mergeCaches} = await import('../../remote/cache/merge.ts')
  const target = path.resolve(io.cwd, cacheLocation)
  for (const warning of await mergeCaches(target, caches, [rootOf(io.cwd).root])) printWarning(io, warning)
}
