/**
 * Reports a second definition of a label: renderers ignore it in favour of the first, but for Python-Markdown, which
 * takes the last.
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
  {name: 'no-duplicate-definition', needs: 'site', severity: 'warn', options: {}},
  (page, {report, site}) => {
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
          target: {name: identifier},
          message: `Unexpected second definition \`${label}\`, ${site.lastDefinition ? 'it replaces the first one' : 'only the first one counts'}`,
          ...(lines && before === url && {fix: {edits: [{...lines, text: ''}], safe: true}}),
        })
      }
    }
  },
)
