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

/** The rules that come with doccheck, by name. */
export const builtIn: ReadonlyMap<string, Rule> = new Map(
  [
    frontMatter,
    noBrokenLink,
    noDeadLink,
    noDuplicateDefinition,
    noDuplicateId,
    noInvalidMdx,
    noMalformedLink,
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
