import {lstatSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {isInside, realPath} from './inside.ts'

/**
 * Refuse to run a program above the current folder if another user could have put it there: a user who changes to
 * somebody's folder may not have looked at its parents. Git refuses such repositories for the same reason.
 *
 * @param file The program, or a symlink to it.
 * @param from The current folder; programs in it are trusted.
 * @param what The subject of the message.
 * @param instead Advice that ends the message.
 * @throws {@link UserError} if the file, or a folder between it and the common parent, belongs to another user
 */
export function refuseOthers(file: string, from: string, what: string, instead: string): void {
  const trusted = trustedUsers()
  if (!trusted || isInside(from, file)) return
  for (let at = file; ; at = path.dirname(at)) {
    const owner = lstatSync(at, {throwIfNoEntry: false})?.uid
    if (owner !== undefined && !trusted.includes(owner))
      throw new UserError(
        `${what} is a program and was not run: ${at} is outside the current folder and belongs to user ${owner}; ${instead}, or \`chown\` it`,
      )
    if (isInside(at, from)) return
  }
}

/**
 * The ids of users whose programs may be run: this user, root, and the user who invoked sudo. Windows has no such ids.
 */
function trustedUsers(): number[] | undefined {
  const own = process.geteuid?.()
  if (own === undefined) return
  const {SUDO_UID: before = ''} = process.env
  return [0, own, ...(own === 0 && /^\d+$/.test(before) ? [Number(before)] : [])]
}

/**
 * The path at which a package was found: its folder in `node_modules`, which may be a symlink, or its file.
 *
 * @param folder The folder that it was resolved from.
 * @param file The file that it resolved to.
 */
export function placeOfPackage(name: string, folder: string, file: string): string {
  const own = /^(?:@[^/]*\/)?[^/]*/.exec(name)![0]
  for (let at = folder; ; at = path.dirname(at)) {
    const place = path.join(at, 'node_modules', own)
    if (lstatSync(place, {throwIfNoEntry: false})) return isInside(realPath(place), file) ? place : file
    if (path.dirname(at) === at) return file
  }
}
