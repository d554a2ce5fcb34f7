import {expect, it} from 'vitest'
import {idOfListAt, idsInLists} from '../src/page/attribute-lists.ts'

it.each([
  ['a {#b}', ['b']],
  ['a {.b#c}', ['c']],
  ['a {: #b .c d="e"}', ['b']],
  ['a {: id="b"}', ['b']],
  ['a { style="color: #EF5350" }', []],
  ["a {: style='color: #EF5350' }", []],
  ['a {color=#EF5350}', []],
  ['a {title="an id=b"}', []],
  ['a {style="color: #b" #b}', ['b']],
  ['a {#b href="#c"} d {#e', ['b']],
])('finds the ids in %j', (text, expected) => {
  const ids = idsInLists(text, 0, text.length)
  expect(ids.map(({id}) => id)).toEqual(expected)
  expect(ids.map(({start, end}) => text.slice(start, end))).toEqual(expected)
})

it.each([
  ['{: #b}', 'b'],
  ['{: title="c" #b}', 'b'],
  ['{: style="color: #b"}', undefined],
])('finds the id for the block above in %j', (text, expected) => {
  expect(idOfListAt(text, 0, text.length)).toBe(expected)
})
