import frontMatter from '../../rules/front-matter.ts'
import noBrokenLink from '../../rules/no-broken-link.ts'
import noDeadLink from '../../rules/no-dead-link.ts'
import noDuplicateDefinition from '../../rules/no-duplicate-definition.ts'
import noMissingAnchor from '../../rules/no-missing-anchor.ts'
import noUndefinedReference from '../../rules/no-undefined-reference.ts'
import noUnreachableImage from '../../rules/no-unreachable-image.ts'
import noUnusedDefinition from '../../rules/no-unused-definition.ts'
import uniquePermalink from '../../rules/unique-permalink.ts'
import type {Rule} from './types.ts'

/** The rules that come with doccheck, by name. */
export const builtIn: ReadonlyMap<string, Rule> = new Map(
  [
    frontMatter,
    noBrokenLink,
    noDeadLink,
    noDuplicateDefinition,
    noMissingAnchor,
    noUndefinedReference,
    noUnreachableImage,
    noUnusedDefinition,
    uniquePermalink,
  ].map(({rule}) => [rule.name, rule]),
)

/** Named sets of severities for `extends`. */
export const presets: Readonly<Record<string, (rule: Rule) => Rule['severity']>> = {
  recommended: ({severity}) => severity,
  strict: () => 'error',
}
