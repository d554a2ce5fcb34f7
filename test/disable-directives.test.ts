import fc from 'fast-check'
import {messageControl} from 'unified-message-control'
import type {Parent} from 'unist'
import {VFile} from 'vfile'
import {describe, expect, it} from 'vitest'
import {type Directive, messageFilter, RULE_SOURCE} from '../src/report/comments/directives.ts'
import {amount} from './amount.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** A comment of `<!---->`, the node behind it as long as is said. */
interface Given {
  keyword: string
  rule: string | undefined
  length: number
}

const LENGTH = 7
const TEXT = 'x'.repeat(2000)
const point = (offset: number) => ({line: 1, column: offset + 1, offset})

/** The comments, one behind the other, as both see them. */
function made(given: readonly Given[]): {entries: Directive[]; tree: Parent} {
  const entries: Directive[] = []
  const children: object[] = []
  let at = 1
  for (const {keyword, rule, length} of given) {
    const [start, end] = [at, at + LENGTH]
    const word = {text: '', start, end}
    const comment = {start, end, marker: word, words: [], scopeEnd: end + length}
    entries.push({
      comment,
      keyword,
      rule: rule === undefined ? undefined : {...word, text: rule},
      used: false,
    })
    children.push({
      type: 'comment',
      words: rule === undefined ? keyword : `${keyword} ${rule}`,
      position: {start: point(start), end: point(end)},
    })
    // What stands in the node behind a comment may be comments, too.
    children.push({type: 'scope', position: {start: point(end), end: point(end + length)}})
    at = end + (length % 3)
  }
  // Without an end of its own, nothing is taken for a gap behind the last node.
  return {entries, tree: {type: 'root', children, position: {start: point(0), end: {}}} as unknown as Parent}
}

describe('comments', () => {
  it('leave the messages that unified-message-control leaves', () => {
    const given = fc.record({
      keyword: fc.constantFrom('disable', 'enable', 'ignore'),
      rule: fc.constantFrom(undefined, 'a', 'b', '__proto__x'),
      length: fc.integer({min: 0, max: 60}),
    })
    fc.assert(
      fc.property(fc.array(given, {maxLength: 12}), (some) => {
        // What all comments leave off at the end, it leaves off from the beginning.
        const {entries, tree} = made([...some, {keyword: 'enable', rule: undefined, length: 0}])
        const file = new VFile({value: TEXT})
        for (let at = 0; at < 260; at++)
          for (const ruleId of ['a', 'b', 'c', '__proto__x'])
            file.message('x', {place: point(at), ruleId, source: RULE_SOURCE})
        const isOn = messageFilter(entries, Uint32Array.of(0))
        const own = file.messages.filter(isOn)
        messageControl(tree, {
          name: 'lint',
          source: RULE_SOURCE,
          file,
          test: 'comment',
          marker: (node) => ({name: 'lint', attributes: (node as Parent & {words: string}).words}),
        })
        expect(own).toEqual(file.messages)
      }),
      {numRuns: amount(300)},
    )
  })

  it('take away nothing that stands before them', async () => {
    const text = '[a](gone.md)\n\n<!-- lint disable -->\n\n[b](gone.md)\n'
    const {out} = await doccheck(folder({'a.md': text}), ['--offline'])
    expect(out).toMatch(/^a\.md:1:5 +error [^\n]*`gone\.md`[^\n]*\n\n {2}1 {2}no-broken-link\n/)
  })
})
