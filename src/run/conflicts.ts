import {UserError} from '../errors/errors.ts'

/**
 * Reject options that cannot be combined with another option or a command.
 *
 * @param other The option or command, as it is written.
 * @throws {@link UserError} for the first of the options that is given
 */
export function refuseWith<O extends object>(
  other: string,
  options: readonly (keyof O & string)[],
  flags: O,
): void {
  const given = options.find((option) => isGiven(flags[option]))
  if (given !== undefined) throw new UserError(`${optionName(given)} cannot be used with ${other}`)
}

/**
 * Reject an option that requires another one.
 *
 * @param needed The options of which at least one is required.
 * @throws {@link UserError} if the option is given, and none of these is
 */
export function refuseWithout<O extends object>(
  needed: readonly (keyof O & string)[],
  option: keyof O & string,
  flags: O,
): void {
  if (isGiven(flags[option]) && !needed.some((each) => isGiven(flags[each])))
    throw new UserError(`${optionName(option)} requires ${needed.map(optionName).join(' or ')}`)
}

const isGiven = (value: unknown) => value !== undefined && value !== false

/** The command line form of an option: `stdinFilename` → `--stdin-filename`. */
const optionName = (option: string) => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
