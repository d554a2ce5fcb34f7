/**
 * Reports a second definition of a label, which every renderer ignores in favour of the first.
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
 * ^ 4:1-4:27 Unexpected second definition `A`, only the first one counts
 */
import {defineRule} from '../src/define-rule.ts'
import {wholeLines} from '../src/lines.ts'

export default defineRule(
  {name: 'no-duplicate-definition', needs: 'page', severity: 'warn', options: {}},
  (page, {report}) => {
    const first = new Map<string, string>()
    for (const {identifier, label, url, start, end} of page.definitions) {
      const before = first.get(identifier)
      if (before === undefined) first.set(identifier, url)
      // Definitions that serve as comments share a label.
      else if (url !== '#' && url !== '') {
        const lines = wholeLines(page, {start, end})
        report({
          start,
          end,
          message: `Unexpected second definition \`${label}\`, only the first one counts`,
          ...(lines && before === url && {fix: {edits: [{...lines, text: ''}], safe: true}}),
        })
      }
    }
  },
)
