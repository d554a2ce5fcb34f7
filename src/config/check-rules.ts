import {isObject} from '../data/plain.ts'
import {UserError} from '../errors/errors.ts'
import type {OptionSchema, Rule} from '../rule/types.ts'
import {didYouMean} from '../text/nearest.ts'
import type {RuleSetting} from './schema.ts'

const SEVERITIES = ['off', 'warn', 'error']

/**
 * Validate names, severities and options of rules.
 *
 * @param known All rules, including those of plugins.
 * @param where The file and key for messages.
 * @throws {@link UserError} naming the rule and option, with the nearest known name
 */
export function checkRules(
  rules: Record<string, RuleSetting>,
  known: ReadonlyMap<string, Rule>,
  where: string,
): void {
  for (const [name, setting] of Object.entries(rules)) {
    const rule = known.get(name)
    const fault = rule
      ? settingFault(rule, setting)
      : `Unknown rule "${name}". ${didYouMean(name, [...known.keys()])}`
    if (fault !== undefined) throw new UserError(`${where}: ${fault}`)
  }
}

function settingFault(rule: Rule, setting: unknown): string | undefined {
  const [severity, options = {}, ...more] = Array.isArray(setting) ? setting : [setting]
  if (!SEVERITIES.includes(severity))
    return `The severity of "${rule.name}" is ${JSON.stringify(severity)}. ${didYouMean(String(severity), SEVERITIES)}`
  if (more.length > 0 || !isObject(options))
    return `"${rule.name}" must be a severity, or a list of a severity and an object of options`
  for (const [key, value] of Object.entries(options)) {
    const fault = optionFault(rule, key, value)
    if (fault !== undefined) return fault
  }
}

function optionFault(rule: Rule, key: string, value: unknown): string | undefined {
  const defaults = rule.options
  const known = Object.keys(defaults)
  if (!Object.hasOwn(defaults, key))
    return known.length > 0
      ? `Unknown option "${key}" of "${rule.name}". ${didYouMean(key, known)}`
      : `Unknown option "${key}" of "${rule.name}", which has no options`
  const {enum: words, items} = rule.schema?.[key] ?? {}
  if (words && !words.includes(value as string))
    return `Option "${key}" of "${rule.name}" is ${JSON.stringify(value)}. ${didYouMean(String(value), words)}`
  const kind = typeof defaults[key]
  if (!Array.isArray(defaults[key]))
    return typeof value === kind ? undefined : `Option "${key}" of "${rule.name}" must be a ${kind}`
  if (!Array.isArray(value) || !value.every((item) => isItem(item, items)))
    return `Option "${key}" of "${rule.name}" must be a list${items ? ` of ${items.type}s` : ''}`
}

const isItem = (value: unknown, items: OptionSchema['items']): boolean =>
  items === undefined || (items.type === 'object' ? isObject(value) : typeof value === items.type)
