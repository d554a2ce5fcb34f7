/**
 * Reports ids that are given to two elements of a page, in HTML or in attribute lists: links lead only to the first one.
 *
 * Pages with components, includes or template code are left alone, since they may show only one of the elements, as are
 * the ids that headings get from their text, which platforms number.
 *
 * @example ok
 * <a id="one"></a> <a id="two"></a>
 *
 * @example not ok
 * <a id="one"></a> A paragraph about one lamp.
 *
 * <a id="one"></a> Another paragraph.
 * ^ 3:8-3:11 Unexpected second element with the id `one`, links lead only to the first one
 */
import type {Id, Page} from '../src/page/types.ts'
import {defineRule} from '../src/rule/define-rule.ts'

export default defineRule(
  {name: 'no-duplicate-id', needs: 'site', severity: 'warn', options: {}},
  (page, {report, site}) => {
    if (isConditional(page)) return
    const repeated = repeatedIds(page.ids)
    if (repeated.length === 0) return
    const anchors = site.anchorsOf(page.path)
    // Whether attribute lists are text is known only of the program that shows the page.
    for (const {id, from, start, end} of repeated)
      if (anchors?.ids.has(id) && (from === 'html' || !anchors.assumed))
        report({
          start,
          end,
          target: {name: id},
          message: `Unexpected second element with the id \`${id}\`, links lead only to the first one`,
        })
  },
)

/** May a page show only one of several parts, or parts of others? */
const isConditional = ({opaqueContent, components}: Page) =>
  opaqueContent.some((content) => !content.startsWith('<!--')) || components !== undefined

/** The ids that an earlier element has, too; attribute lists may be text, so they are compared with each other only. */
function repeatedIds(ids: readonly Id[]): Id[] {
  const ends = new Map<string, number>()
  return ids.filter(({id, from, isElement, start, end}) => {
    if (from === 'html' && !isElement) return false
    const key = `${from} ${id}`
    const before = ends.get(key)
    ends.set(key, end)
    return before !== undefined && start - before > SIDE_BY_SIDE
  })
}

/** Two elements at most this many characters apart are one place: `<a id="a"></a><a id="a"></a>`. */
const SIDE_BY_SIDE = 40
