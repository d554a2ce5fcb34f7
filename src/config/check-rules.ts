import {isObject} from '../data/plain.ts'
import type {OptionSchema, Rule} from '../rule/types.ts'
import {didYouMean} from '../text/nearest.ts'
import type {Keys} from './formats.ts'
import {KeyFault, shownKeys} from './key-fault.ts'
import type {RuleSetting} from './schema.ts'
import {SEVERITIES, severityFault} from './severities.ts'

/**
 * Validate names, severities and options of rules.
 *
 * @param known All rules, including those of plugins.
 * @param above The keys that lead to the rules.
 * @throws {@link KeyFault} naming the rule and option, with the nearest known name
 */
export function checkRules(
  rules: Record<string, RuleSetting>,
  known: ReadonlyMap<string, Rule>,
  above: Keys,
): void {
  for (const [name, setting] of Object.entries(rules)) {
    const rule = known.get(name)
    const fault = rule
      ? settingFault(rule, setting)
      : {why: `Unknown rule "${name}". ${didYouMean(name, [...known.keys()])}`}
    if (fault)
      throw new KeyFault(
        [...above, name, ...(fault.keys ?? [])],
        above.length > 0 ? `${shownKeys(above)}: ${fault.why}` : fault.why,
      )
  }
}

/** What is wrong with a setting, and the keys from there to the place. */
interface Fault {
  why: string
  keys?: Keys
}

function settingFault(rule: Rule, setting: unknown): Fault | undefined {
  const [severity, options = {}, ...more] = Array.isArray(setting) ? setting : [setting]
  if (!SEVERITIES.includes(severity))
    return {why: `The severity of "${rule.name}" ${severityFault(severity)}`}
  if (more.length > 0 || !isObject(options))
    return {why: `"${rule.name}" must be a severity, or a list of a severity and an object of options`}
  for (const [key, value] of Object.entries(options)) {
    const why = optionFault(rule, key, value)
    if (why !== undefined) return {why, keys: [1, key]}
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
