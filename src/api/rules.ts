import {builtIn} from '../../rules/index.ts'
import {ruleUrl} from '../report/package-info.ts'
import {loadDocs, summaryOf} from '../rule/docs.ts'
import type {OptionValue, Rule, Severity} from '../rule/types.ts'

/** A rule that a configuration may name. */
export interface RuleInfo {
  name: string
  /** One sentence in Markdown; absent for a rule of a plugin. */
  summary?: string
  /** The severity in the preset `recommended`. */
  severity: Severity
  /** The defaults of its options. */
  options: Record<string, OptionValue>
  /** The page about it. */
  url?: string
  /** It comes from a plugin rather than from doccheck. */
  isPlugin: boolean
}

/** Describe rules, in their order. */
export async function describeRules(rules: Iterable<Rule>): Promise<RuleInfo[]> {
  const docs = await loadDocs()
  return [...rules].map((rule) => {
    const {name, severity, options} = rule
    const isPlugin = builtIn.get(name) !== rule
    const own = isPlugin ? undefined : docs.get(name)
    const url = isPlugin ? rule.url : ruleUrl(name)
    return {
      name,
      ...(own && {summary: summaryOf(own)}),
      severity,
      options: structuredClone(options),
      ...(url !== undefined && {url}),
      isPlugin,
    }
  })
}
