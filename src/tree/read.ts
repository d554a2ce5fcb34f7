import {closeSync, constants, fstatSync, openSync, readSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError} from '../errors/errors.ts'
import {isInside} from './inside.ts'

/** Bytes; larger files are not read. */
export const LARGEST = 32_000_000

/** Opening a pipe or a device must not wait for its other end; Windows has none of these flags. */
const {O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0} = constants

/** Reused for all files that fit, as most do. */
const shared = Buffer.allocUnsafeSlow(65_536)

/**
 * Read a regular file. Other files, such as pipes, may never end and are refused.
 *
 * @param absolute A path that the user has named; symlinks are followed.
 * @param largest Bytes.
 * @throws {@link UnreadableError}, or the system's error
 */
export const readBytes = (absolute: string, largest = LARGEST): Buffer =>
  withFile(absolute, 0, largest, (buffer, length) => Buffer.from(buffer.subarray(0, length)))

/** Read a file as {@link readBytes} does, as UTF-8 without its byte order mark. @throws {@link UnreadableError} */
export const readText = (absolute: string): string => withoutMark(explained(() => textAt(absolute, 0)))

/**
 * Create the function that reads files of a tree as text, by their paths relative to its root. Symlinks are followed
 * only within the tree, and not into `.git`, which may contain passwords: strangers write pages, and reports may quote
 * their text.
 *
 * It is synchronous, since Node's asynchronous calls take four times as long for thousands of small files.
 *
 * @param root An absolute path, which may contain symlinks.
 * @returns takes a path, and whether to keep the byte order mark; throws {@link UnreadableError}
 */
export function readerOf(root: string): (file: string, withMark?: boolean) => string {
  const folders = new Map<string, string>()
  let top: string | undefined
  const refuse = (real: string) => {
    top ??= realpathSync.native(root)
    if (!isInside(top, real)) throw new UnreadableError('Cannot be read: it is a symlink to outside the tree')
    if (/(?:^|[\\/])\.git(?:[\\/]|$)/i.test(path.relative(top, real)))
      throw new UnreadableError("Cannot be read: it is one of git's own files")
    return real
  }
  const realFolder = (folder: string) => {
    let real = folders.get(folder)
    if (real === undefined) {
      real = refuse(realpathSync.native(path.join(root, folder)))
      folders.set(folder, real)
    }
    return real
  }
  const whole = (file: string) =>
    explained(() => {
      const place = path.join(realFolder(path.posix.dirname(file)), path.posix.basename(file))
      try {
        if (O_NOFOLLOW !== 0) return textAt(place, O_NOFOLLOW)
      } catch (error) {
        // The error codes for a symlink.
        if (!['ELOOP', 'EMLINK'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      }
      return textAt(refuse(realpathSync.native(place)), O_NOFOLLOW)
    })
  return (file, withMark = false) => (withMark ? whole(file) : withoutMark(whole(file)))
}

const textAt = (absolute: string, flags: number): string =>
  withFile(absolute, flags, LARGEST, (buffer, length) => {
    // The fastest way in Node. It replaces invalid UTF-8 by U+FFFD, so such bytes are decoded once more.
    const text = buffer.toString('utf8', 0, length)
    if (text.includes('\uFFFD') || text.includes('\0')) return decode(buffer.subarray(0, length))
    return text
  })

/** Open a file and read it to its end, which may be beyond its size: files grow, and those in `/proc` have size 0. */
function withFile<T>(
  absolute: string,
  flags: number,
  largest: number,
  use: (buffer: Buffer, length: number) => T,
): T {
  const file = openSync(absolute, O_RDONLY | O_NONBLOCK | O_NOCTTY | flags)
  try {
    const stat = fstatSync(file)
    if (stat.isDirectory()) throw new UnreadableError(FOLDER)
    if (!stat.isFile()) throw new UnreadableError(NO_FILE)
    const {size} = stat
    refuseLarge(size, largest)
    let buffer = size < shared.length ? shared : Buffer.allocUnsafe(size + 1)
    for (let length = 0; ; ) {
      const got = readSync(file, buffer, length, buffer.length - length, null)
      length += got
      refuseLarge(length, largest)
      if (got === 0 || (length >= size && length < buffer.length)) return use(buffer, length)
      if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length)
    }
  } finally {
    closeSync(file)
  }
}

function explained<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    const {code = ''} = error as NodeJS.ErrnoException
    throw new UnreadableError(READ_ERRORS[code] ?? 'Cannot be read')
  }
}

/**
 * Decode the bytes of a page, with its byte order mark.
 *
 * @throws {@link UnreadableError} if there are too many, or they are not UTF-8
 */
export function textOf(bytes: Uint8Array): string {
  refuseLarge(bytes.length)
  return decode(bytes)
}

/** The error for a page that is too large; undefined if it is not. @param size Bytes. */
export function tooLarge(size: number, largest = LARGEST): UnreadableError | undefined {
  if (size > largest)
    return new UnreadableError(
      `Cannot be read: it is too large (${Math.ceil(size / 1e6)} MB, at most ${largest / 1e6} MB)`,
    )
}

function refuseLarge(size: number, largest = LARGEST): void {
  const fault = tooLarge(size, largest)
  if (fault) throw fault
}

const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw new UnreadableError(UTF_16)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) throw new UnreadableError(UTF_16)
  try {
    const text = decoder.decode(bytes)
    if (text.includes('\0')) throw new UnreadableError(BINARY)
    return text
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    throw new UnreadableError(
      bytes.includes(0) ? BINARY : `Cannot be read: it is not UTF-8 (${badByte(bytes)})`,
    )
  }
}

/** A text without its byte order mark. To CommonMark, a second one is an ordinary character, and is kept. */
export const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

/** The place of the first byte that is not UTF-8, in words. */
function badByte(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes)
  const before = text.slice(0, text.indexOf('\uFFFD'))
  const line = before.split('\n').length
  return `invalid byte in line ${line}, column ${before.length - before.lastIndexOf('\n')}`
}

const UTF_16 = 'Cannot be read: it is UTF-16, expected UTF-8'
const BINARY = 'Cannot be read: it is binary, expected Markdown text'
const FOLDER = 'Cannot be read: it is a folder'
const NO_FILE = 'Cannot be read: it is a pipe, a socket or a device'

const READ_ERRORS: Record<string, string> = {
  EACCES: 'Cannot be read: permission denied',
  EPERM: 'Cannot be read: permission denied',
  ENOENT: 'Cannot be read: it does not exist, or is a broken symlink',
  ENOTDIR: 'Cannot be read: it does not exist, or is a broken symlink',
  ELOOP: 'Cannot be read: it is a symlink to itself',
  EISDIR: FOLDER,
  ENXIO: NO_FILE,
  EAGAIN: 'Cannot be read: it does not end',
  ENAMETOOLONG: 'Cannot be read: its name is too long',
}
