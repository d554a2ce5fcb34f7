import {builtIn} from '../../rules/index.ts'
import {UserError} from '../errors/errors.ts'
import {remoteFault} from '../remote/settings.ts'
import type {OptionValue, Rule} from '../rule/types.ts'
import {PLATFORMS} from '../site/registry.ts'
import {nearest} from '../text/nearest.ts'
import type {Config, RuleSetting} from './types.ts'

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
      return choiceFault(value, PLATFORMS)
    case 'reportUnusedDisables':
      return choiceFault(value, SEVERITIES)
    case 'overrides':
      return overridesFault(value)
    case 'remote':
      return remoteFault(value, orNearest)
  }
}

const choiceFault = (value: unknown, choices: readonly string[]) =>
  choices.includes(value as string) ? undefined : `is \`${value}\`${orNearest(String(value), choices)}`

function overridesFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'takes a list'
  const keys = ['files', 'rules']
  for (const item of value) {
    const extra = isObject(item) && Object.keys(item).find((key) => !keys.includes(key))
    if (extra) return `has the unknown key \`${extra}\`${orNearest(extra, keys)}`
    if (
      !isObject(item) ||
      !(typeof item.files === 'string' || isStrings(item.files)) ||
      !isObject(item.rules)
    )
      return 'takes objects with `files`, a list of globs, and `rules`'
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
      const kind = Array.isArray(defaults[key]) ? itemKind(rule, key) : undefined
      if (!sameKind(defaults[key]!, value, kind))
        throw new UserError(
          `${where}: option \`${key}\` of \`${name}\` takes ${kindOf(defaults[key]!, kind)}`,
        )
    }
  }
}

/** What a list among a rule's options holds. The default is empty and does not tell; a plugin's may hold either. */
export function itemKind({name}: Rule, key: string): 'string' | 'object' | undefined {
  if (!builtIn.has(name)) return
  return key === 'schemas' ? 'object' : 'string'
}

type ItemKind = ReturnType<typeof itemKind>

function sameKind(one: OptionValue, other: unknown, kind: ItemKind): boolean {
  if (!Array.isArray(one)) return typeof one === typeof other
  if (!Array.isArray(other)) return false
  return kind === undefined || (kind === 'string' ? isStrings(other) : other.every(isObject))
}

const kindOf = (value: OptionValue, kind: ItemKind) =>
  Array.isArray(value) ? `a list${kind === undefined ? '' : ` of ${kind}s`}` : `a ${typeof value}`
