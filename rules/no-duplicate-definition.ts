/**
 * Reports a second definition of a label: renderers ignore it in favour of the first one, except
 * Python-Markdown, which takes the last one.
 *
 * @example ok
 * [a] [b]
 *
 * [a]: https://example.org/a
 * [b]: https://example.org/b
 *
 * @example not ok
 * [a]
 *
 * [a]: https://example.org/a
 * [A]: https://example.org/b
 * ^ 4:1-4:27 Unexpected second definition of `A`, only the first one counts
 */

import type {Definition} from '../src/page/types.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import {wholeLines} from '../src/text/lines.ts'

export default defineRule(
  {name: 'no-duplicate-definition', needs: 'site', severity: 'warn', fixable: true, options: {}},
  (page, {report, site}) => {
    const earlier = new Map<string, Definition>()
    for (const definition of page.definitions) {
      const {identifier, label, url, start, end, scope} = definition
      const key = scope === undefined ? identifier : `${scope} ${identifier}`
      const before = earlier.get(key)
      if (before === undefined || site.lastDefinition) earlier.set(key, definition)
      // Definitions used as comments share a label.
      if (before === undefined || url === '#' || url === '') continue
      // Remove the definition that is ignored: the other one may have a different title.
      const lines = wholeLines(page, site.lastDefinition ? before : definition)
      report({
        start,
        end,
        target: {name: identifier},
        message: `Unexpected second definition of \`${label}\`, ${site.lastDefinition ? 'which overrides the first one' : 'only the first one counts'}`,
        ...(lines && before.url === url && {fix: {edits: [{...lines, text: ''}], safe: true}}),
      })
    }
  },
)
