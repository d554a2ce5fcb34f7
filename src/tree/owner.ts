import {lstatSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {isInside, realPath} from './inside.ts'

/**
 * Refuse to run a program that lies above the current folder where somebody else could have put it there: in a folder of
 * theirs, nobody needs to have looked at what is around it. Git refuses their repositories likewise.
 *
 * @param file The program, or the symlink that leads to it.
 * @param from The current folder; what is below it is run.
 * @param what It is called so in the message.
 * @param instead What to do.
 * @throws {@link UserError} for one of which the file, or a folder up to the one that both are in, is another user's
 */
export function refuseOthers(file: string, from: string, what: string, instead: string): void {
  const trusted = trustedUsers()
  if (!trusted || isInside(from, file)) return
  for (let at = file; ; at = path.dirname(at)) {
    const owner = lstatSync(at, {throwIfNoEntry: false})?.uid
    if (owner !== undefined && !trusted.includes(owner))
      throw new UserError(
        `${what} is a program, and not run: ${at} belongs to the user ${owner}, and is not below the current folder; ${instead}, or \`chown\` makes it yours`,
      )
    if (isInside(at, from)) return
  }
}

/** Who may have programs run: this user, root, and whoever became root by sudo. Windows does not number its users. */
function trustedUsers(): number[] | undefined {
  const own = process.geteuid?.()
  if (own === undefined) return
  const {SUDO_UID: before = ''} = process.env
  return [0, own, ...(own === 0 && /^\d+$/.test(before) ? [Number(before)] : [])]
}

/**
 * Where a package was found: in a folder of packages, where it may be a symlink, else its file.
 *
 * @param folder Where it was looked for, upwards.
 * @param file The file that it led to.
 */
export function placeOfPackage(name: string, folder: string, file: string): string {
  const own = /^(?:@[^/]*\/)?[^/]*/.exec(name)![0]
  for (let at = folder; ; at = path.dirname(at)) {
    const place = path.join(at, 'node_modules', own)
    if (lstatSync(place, {throwIfNoEntry: false})) return isInside(realPath(place), file) ? place : file
    if (path.dirname(at) === at) return file
  }
}
