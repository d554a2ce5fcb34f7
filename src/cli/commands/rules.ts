import {builtIn, presets} from '../../../rules/index.ts'
import {UserError} from '../../errors/errors.ts'
import {ruleUrl} from '../../report/package-info.ts'
import type {Example} from '../../rule/docs.ts'
import {optionSchemas} from '../../rule/option-schema.ts'
import type {Rule} from '../../rule/types.ts'
import {nearest} from '../../text/nearest.ts'
import {safeJson} from '../../text/safe.ts'
import type {SitesFlags} from '../options.ts'

/** `doccheck rules [name]`: list the rules, or explain one. */
export async function showRules(name: string | undefined, {json}: SitesFlags): Promise<string> {
  const {loadDocs, summaryOf} = await import('../../rule/docs.ts')
  const docs = await loadDocs()
  if (name !== undefined && !builtIn.has(name)) throw unknownRule(name)
  if (json) {
    const shown = [...builtIn.values()]
      .filter((rule) => name === undefined || rule.name === name)
      .map((rule) => asJson(rule, summaryOf(docs.get(rule.name)!)))
    return `${safeJson(name === undefined ? shown : shown[0])}\n`
  }
  if (name === undefined) {
    const lines = [...builtIn.values()].map(
      (rule) => `${rule.name.padEnd(26)}${rule.severity.padEnd(7)}${summaryOf(docs.get(rule.name)!)}`,
    )
    return `${lines.join('\n')}\n\n\`doccheck rules <name>\` explains one of them\n`
  }
  const rule = builtIn.get(name)!
  const {text, examples} = docs.get(name)!
  const options = describeOptions(rule)
  const parts = [
    `${name} (${rule.severity})`,
    text,
    ...(options ? [options] : []),
    ...examples.map(describeExample),
    describeOff(name),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The options of a rule with their defaults; empty for a rule without options. */
function describeOptions({options, schema}: Rule): string {
  const lines = Object.entries(options).map(
    ([key, value]) => `  ${key}: ${JSON.stringify(value)}\n      ${schema?.[key]?.description ?? ''}`,
  )
  return lines.length > 0 ? ['Options', ...lines].join('\n') : ''
}

/** The ways to turn off a rule, the narrowest first. */
const describeOff = (name: string) =>
  [
    'To turn it off',
    `  for the next block or element   <!-- lint ignore ${name} -- the reason -->`,
    `  in one run                      --rule '${name}: off'`,
    `  for all, or for some files      rules or overrides in the configuration: {'${name}': 'off'}`,
  ].join('\n')

const describeExample = ({title, markdown, messages}: Example): string =>
  [
    `Example, ${title}`,
    ...markdown
      .trimEnd()
      .split('\n')
      .map((line) => `  | ${line}`.trimEnd()),
    ...messages.map((line) => `  ${line}`),
  ].join('\n')

function unknownRule(name: string): UserError {
  const suggestion = nearest(name, builtIn.keys())
  const hint = suggestion
    ? `, did you mean \`${suggestion}\`?`
    : '; `doccheck rules` lists them, and `doccheck config` those of plugins, too'
  return new UserError(`Unknown rule \`${name}\`${hint}`)
}

/** A rule for programs. */
const asJson = (rule: Rule, description: string) => ({
  name: rule.name,
  description,
  severity: Object.fromEntries(
    Object.entries(presets).map(([preset, severityIn]) => [preset, severityIn(rule)]),
  ),
  fixable: rule.fixable ?? false,
  options: {type: 'object', additionalProperties: false, properties: optionSchemas(rule)},
  url: ruleUrl(rule.name),
})
