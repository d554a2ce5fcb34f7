import {expect, it} from 'vitest'
import {spansOutsideCode} from '../src/page/template/outside-code.ts'

/** The spans `<%…%>` of a text outside of code. */
function found(text: string): string[] {
  const endOf = (start: number) => {
    const end = text.indexOf('%>', start)
    return end === -1 ? undefined : end + 2
  }
  return spansOutsideCode(text, '<%', endOf).map(({start, end}) => text.slice(start, end))
}

it.each([
  ['~~~\n<% in %>\n~~~\n<% out %>'],
  ['```\n<% in %>\n```\n<% out %>'],
  ['~~~\n```\n<% in %>\n~~~\n<% out %>'],
  ['````\n```\n<% in %>\n````\n<% out %>'],
  ['`<% in %>` <% out %>'],
  ['a ~~~ <% out %>'],
  ['~~~\n<% out %>'],
])('finds only spans outside of code in %j', (text) => {
  expect(found(text)).toEqual(['<% out %>'])
})
