import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const undefinedIn = async (text: string) =>
  messagesOf(await checkFolder(folder({'a.md': text, 'b.md': '# B\n'}), 'no-undefined-reference'))

it('text that is a lone tag elsewhere makes a reference two tags', async () => {
  expect(await undefinedIn('[Menu] x\n\ny [Menu][Popover]\n\n[guide]: b.md\n')).toEqual([])
})

it('a tag right before makes a reference two tags', async () => {
  expect(await undefinedIn('x [Slow] [Menu][Popover] y\n\n- [x] [Item][gone]\n\n[guide]: b.md\n')).toEqual([
    'a.md 3:7-3:19 Unexpected reference to undefined label `gone`',
  ])
})

it('another spelling of a label is no tag, since its fix would take the tag away', async () => {
  expect(await undefinedIn('[set-up] x\n\ny [set-up][gone]\n\n[set up]: b.md\n')).toEqual([
    'a.md 1:1-1:9 Unexpected reference to undefined label `set-up`, expected `set up`',
    'a.md 3:3-3:17 Unexpected reference to undefined label `gone`',
  ])
})

it('a text that is repeated with several labels, which are repeated, too, makes them pairs of tags', async () => {
  const pairs =
    '[Optional][String] a\n\n[Optional][Boolean] b\n\n[Optional][String] c\n\n[Required][Items] d\n'
  expect(await undefinedIn(`${pairs}\n[Optional][Boolean] e\n`)).toEqual([])
  expect(await undefinedIn(pairs)).toHaveLength(4)
  expect(await undefinedIn(`${pairs}\n[Optional][Boolean] e, [text][guide]\n\n[guide]: b.md\n`)).toHaveLength(
    5,
  )
})

it('definitions in a file that consists of them are not unused', async () => {
  const files = {
    'links.md': '[setup]: b.md\n[more]: b.md\n\n[c]: b.md\n',
    'a.md': '# A\n\n[c]: b.md\n',
    'b.md': '# B\n',
    'two.md': '[d]: b.md\n[e]: b.md\n',
  }
  expect(messagesOf(await checkFolder(folder(files), 'no-unused-definition'))).toEqual([
    'a.md 3:1-3:10 Unexpected unused definition `c`',
    'two.md 1:1-1:10 Unexpected unused definition `d`',
    'two.md 2:1-2:10 Unexpected unused definition `e`',
  ])
})

it('the path of an item of code may be known to the program that shows the page with it', async () => {
  expect(await undefinedIn('[a][crate::Lamp] [b][`lamp::on()`] [c][lamp:on]\n')).toEqual([
    'a.md 1:36-1:48 Unexpected reference to undefined label `lamp:on`',
  ])
  expect(await undefinedIn('[a][lamp::on]\n\n[lamp::on()]: b.md\n')).toHaveLength(1)
})
