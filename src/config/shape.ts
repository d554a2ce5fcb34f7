import {UserError} from '../errors.ts'
import {nearest} from '../nearest.ts'
import {remoteFault} from '../remote/settings.ts'
import type {OptionValue, Rule} from '../rule.ts'
import {PLATFORMS} from '../site/platforms.ts'
import type {Config, RuleSetting} from './config.ts'

const KEYS = [
  '$schema',
  'extends',
  'rules',
  'overrides',
  'ignore',
  'site',
  'plugins',
  'reportUnusedDisables',
  'baseline',
  'remote',
]
const SEVERITIES = ['off', 'warn', 'error']

/** Check keys and kinds of values. @param given What was read. @throws UserError naming the key and what it takes */
export function checkShape(given: unknown, file: string): Config {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new UserError(`${file}: expected an object`)
  for (const [key, value] of Object.entries(given)) {
    if (!KEYS.includes(key)) throw new UserError(`${file}: unknown key \`${key}\`${orNearest(key, KEYS)}`)
    const fault = faultOf(key, value)
    if (fault) throw new UserError(`${file}: \`${key}\` ${fault}`)
  }
  return given as Config
}

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
/** Is a value of a configuration an object, not a list? */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function faultOf(key: string, value: unknown): string | undefined {
  switch (key) {
    case 'extends':
      return typeof value === 'string' || isStrings(value) ? undefined : 'takes a name or a list of names'
    case 'ignore':
      return isStrings(value) ? undefined : 'takes a list of globs'
    case 'rules':
      return isObject(value) ? undefined : 'takes an object of rules by name'
    case 'plugins':
      return Array.isArray(value) ? undefined : 'takes a list'
    case 'baseline':
      return typeof value === 'string' ? undefined : 'takes a file name'
    case 'site':
      return (PLATFORMS as readonly unknown[]).includes(value)
        ? undefined
        : `is \`${value}\`, expected one of ${words(PLATFORMS)}`
    case 'reportUnusedDisables':
      return SEVERITIES.includes(value as string)
        ? undefined
        : `is \`${value}\`, expected one of ${words(SEVERITIES)}`
    case 'overrides':
      return overridesFault(value)
    case 'remote':
      return remoteFault(value, orNearest)
  }
}

function overridesFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'takes a list'
  for (const item of value) {
    if (
      !isObject(item) ||
      !(typeof item.files === 'string' || isStrings(item.files)) ||
      !isObject(item.rules)
    )
      return 'takes objects with `files`, a list of globs, and `rules`'
    const extra = Object.keys(item).find((key) => key !== 'files' && key !== 'rules')
    if (extra) return `has the unknown key \`${extra}\`${orNearest(extra, ['files', 'rules'])}`
  }
}

const words = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

const orNearest = (name: string, known: readonly string[]) => {
  const near = nearest(name, known)
  return `, expected ${near ? `\`${near}\`` : `one of ${words(known.filter((key) => key[0] !== '$'))}`}`
}

/** Check names, severities and options of rules. @param where What to call the place in a message. @throws UserError */
export function checkRules(
  rules: Record<string, RuleSetting>,
  known: Map<string, Rule>,
  where: string,
): void {
  for (const [name, setting] of Object.entries(rules)) {
    const rule = known.get(name)
    if (!rule) throw new UserError(`${where}: unknown rule \`${name}\`${orNearest(name, [...known.keys()])}`)
    const [severity, options, ...more] = Array.isArray(setting) ? setting : [setting]
    if (!SEVERITIES.includes(severity))
      throw new UserError(
        `${where}: \`${name}\` has severity \`${String(severity)}\`${orNearest(String(severity), SEVERITIES)}`,
      )
    if (more.length > 0 || (options !== undefined && !isObject(options)))
      throw new UserError(
        `${where}: \`${name}\` takes a severity, or a list of a severity and an object of options`,
      )
    for (const [key, value] of Object.entries(options ?? {})) {
      const defaults = rule.options as Record<string, OptionValue>
      if (!(key in defaults)) {
        const names = Object.keys(defaults)
        throw new UserError(
          `${where}: \`${name}\` has no option \`${key}\`${names.length > 0 ? orNearest(key, names) : ''}`,
        )
      }
      const choices = (rule.choices as Record<string, readonly string[]> | undefined)?.[key]
      if (choices && !choices.includes(value as string))
        throw new UserError(
          `${where}: option \`${key}\` of \`${name}\` is \`${String(value)}\`${orNearest(String(value), choices)}`,
        )
      if (!sameKind(defaults[key]!, value))
        throw new UserError(`${where}: option \`${key}\` of \`${name}\` takes ${kindOf(defaults[key]!)}`)
    }
  }
}

const sameKind = (one: OptionValue, other: unknown) =>
  Array.isArray(one) ? Array.isArray(other) : typeof one === typeof other

const kindOf = (value: OptionValue) => (Array.isArray(value) ? 'a list' : `a ${typeof value}`)
