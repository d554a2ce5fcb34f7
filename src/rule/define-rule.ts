import type {Root} from 'mdast'
import type {VFile} from 'vfile'
import type {Page} from '../page/types.ts'
import type {Needs, Rule, RuleContext, RuleMeta} from './types.ts'

/** A rule as a unified plugin: `use(rule, options)` in any remark processor; doccheck takes its `rule`. */
export interface RulePlugin<O extends object = object> {
  (
    options?: Partial<O> | [unknown, Partial<O>?] | false,
  ): ((tree: Root, file: VFile) => Promise<void>) | undefined
  rule: Rule
}

/**
 * Create a rule from its description and its decision.
 *
 * The result works in doccheck and, beside any `remark-lint-*` rule, in remark: as there, options are an object, or a
 * severity and an object (`['error', {…}]`).
 */
export function defineRule<O extends object, N extends Needs, P = undefined>(
  meta: RuleMeta<O, N, P>,
  check: (page: Page, context: RuleContext<O, N, P>) => void,
): RulePlugin<O> {
  const rule = {...meta, check} as unknown as Rule
  const plugin = (options?: Partial<O> | [unknown, Partial<O>?] | false) => {
    const [severity, own] = Array.isArray(options) ? options : [options !== false, options || {}]
    if (severity === false || severity === 0 || severity === 'off') return
    const fatal = severity === 2 || severity === 'error'
    return async (tree: Root, file: VFile) => {
      const {checkFile} = await import('../remark/adapter.ts')
      await checkFile(rule, {...meta.options, ...own}, [tree, file], fatal)
    }
  }
  return Object.defineProperty(Object.assign(plugin, {rule}), 'name', {
    value: `doccheck:${meta.name}`,
  }) as RulePlugin<O>
}
