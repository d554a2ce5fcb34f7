import type {RulePlugin} from '../src/rule/define-rule.ts'
import type {Rule} from '../src/rule/types.ts'
import frontMatter from './front-matter.ts'
import noBrokenLink from './no-broken-link.ts'
import noDeadLink from './no-dead-link.ts'
import noDuplicateDefinition from './no-duplicate-definition.ts'
import noDuplicateId from './no-duplicate-id.ts'
import noInvalidMdx from './no-invalid-mdx.ts'
import noMalformedLink from './no-malformed-link.ts'
import noMissingAnchor from './no-missing-anchor.ts'
import noUndefinedReference from './no-undefined-reference.ts'
import noUnreachableImage from './no-unreachable-image.ts'
import noUnusedDefinition from './no-unused-definition.ts'
import uniquePermalink from './unique-permalink.ts'

const plugins = {
  'front-matter': frontMatter,
  'no-broken-link': noBrokenLink,
  'no-dead-link': noDeadLink,
  'no-duplicate-definition': noDuplicateDefinition,
  'no-duplicate-id': noDuplicateId,
  'no-invalid-mdx': noInvalidMdx,
  'no-malformed-link': noMalformedLink,
  'no-missing-anchor': noMissingAnchor,
  'no-undefined-reference': noUndefinedReference,
  'no-unreachable-image': noUnreachableImage,
  'no-unused-definition': noUnusedDefinition,
  'unique-permalink': uniquePermalink,
}

/** The rules that come with doccheck, by name. */
export const builtIn: ReadonlyMap<string, Rule> = new Map(
  Object.entries(plugins).map(([name, {rule}]) => [name, rule]),
)

type OptionsOf<P> = P extends RulePlugin<infer O> ? O : never

/** The options of the rules that come with doccheck, by name. */
export type BuiltInOptions = {[N in keyof typeof plugins]: OptionsOf<(typeof plugins)[N]>}

/** Named sets of severities for `extends`. */
export const presets: Readonly<Record<string, (rule: Rule) => Rule['severity']>> = {
  recommended: ({severity}) => severity,
  strict: () => 'error',
}
