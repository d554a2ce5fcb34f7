import fs from 'node:fs/promises'
import path from 'node:path'
import {readBytes} from '../../tree/read.ts'
import {type CachedVerdicts, MAX_CACHE_BYTES, mergeVerdicts, parseCache} from './format.ts'

/** The reason why a cache file is not used. */
export type CacheFault = 'foreign' | 'newer' | 'large' | 'unreadable' | 'symlink'

/** A cache file with its part files. */
export interface ReadCache {
  entries: CachedVerdicts
  fault?: CacheFault
  /** The part files whose entries are included. */
  parts: string[]
}

/** Read a cache file and the part files that processes wrote beside it while it was locked. */
export async function readCache(file: string, now: number): Promise<ReadCache> {
  const parts: string[] = []
  let partEntries: CachedVerdicts = new Map()
  // Part files come first: one that is gone by then has been merged into the cache.
  for (const part of await findParts(file)) {
    const {entries, fault} = await readFile(part, now)
    if (fault !== undefined) continue
    parts.push(part)
    partEntries = mergeVerdicts(partEntries, entries)
  }
  const {entries, fault} = await readFile(file, now)
  return {entries: mergeVerdicts(entries, partEntries), parts, ...(fault !== undefined && {fault})}
}

/** Read a file as far as it can be trusted. */
async function readFile(file: string, now: number): Promise<Omit<ReadCache, 'parts'>> {
  const none: CachedVerdicts = new Map()
  try {
    const stat = await fs.stat(file)
    // Reading a pipe may never end, and replacing a device would remove it.
    if (!stat.isFile()) return {entries: none, fault: 'unreadable'}
    if (stat.size > MAX_CACHE_BYTES) return {entries: none, fault: 'large'}
    const bytes = readBytes(file, MAX_CACHE_BYTES)
    if (bytes.length === 0) return {entries: none}
    const parsed = parseCache(bytes.toString('utf8'), now)
    return typeof parsed === 'string' ? {entries: none, fault: parsed} : {entries: parsed}
  } catch (error) {
    // A file in place of a folder is reported when the cache is written.
    const isAbsent = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    return isAbsent ? {entries: none} : {entries: none, fault: 'unreadable'}
  }
}

/** The suffix that a part file adds to the name of the cache. */
const PART = /^\.[\da-f]{16}\.part$/

async function findParts(file: string): Promise<string[]> {
  const names = await fs.readdir(path.dirname(file)).catch(() => [])
  return names.map((name) => path.join(path.dirname(file), name)).filter((name) => isPart(name, file))
}

/** Is a file a part file of a cache? Both paths are absolute. */
export const isPart = (file: string, cache: string): boolean =>
  file.startsWith(cache) && PART.test(file.slice(cache.length))
