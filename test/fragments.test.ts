import {describe, expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const findings = async (rule: string, files: Record<string, string>) =>
  messagesOf(await checkFolder(folder(files), rule))

describe('fragments', () => {
  it('lead to the top of every page, in any letter case', async () => {
    expect(
      await findings('no-missing-anchor', {
        'README.md': '[a](#top) [b](#Top) [c](#TOP) [d](#t%6Fp) [e](#topp)\n',
      }),
    ).toEqual(['README.md 1:47-1:52 Unexpected link to missing anchor `#topp`'])
  })

  it('are compared with ids before they are decoded', async () => {
    const text = '<a id="a%20b"></a> <a id="c d"></a> <a id="100%"></a>\n\n'
    const links = '[a](#a%20b) [b](#a%2520b) [c](<#a b>) [d](#c%20d) [e](#100%) [f](#100%25) [g](#c%2520d)\n'
    expect(await findings('no-missing-anchor', {'README.md': text + links})).toEqual([
      'README.md 3:79-3:87 Unexpected link to missing anchor `#c%20d`',
    ])
  })
})

describe('suggestions', () => {
  it('escape the marks in the names of files', async () => {
    expect(
      await findings('no-broken-link', {
        'README.md': '[a](c#.csv) [b](foo?.md)\n',
        'c#.csv': '',
        'foo?.md': '',
      }),
    ).toEqual([
      'README.md 1:5-1:11 Unexpected link to missing file `c#.csv`, expected `c%23.csv`',
      'README.md 1:17-1:24 Unexpected link to missing file `foo?.md`, expected `foo%3F.md`',
    ])
  })

  it('are pages rather than other files of their name', async () => {
    expect(await findings('no-broken-link', {'README.md': '[a](b)\n', 'b.adoc': '', 'b.md': ''})).toEqual([
      'README.md 1:5-1:6 Unexpected link to missing file `b`, expected `b.md`',
    ])
  })
})

describe('no-duplicate-id', () => {
  const found = (text: string) => findings('no-duplicate-id', {'README.md': text})

  it('compares ids of elements', async () => {
    const text = '<a id="a" name="a"></a> A lamp, and what it stands on.\n\n<b id=a></b> <p id="a">\n\n# A\n'
    expect(await found(text)).toEqual([
      'README.md 3:7-3:8 Unexpected second element with the id `a`, links lead only to the first one',
    ])
  })

  it.each([
    '<svg><g id="a"/></svg> A lamp, and what it stands on, twice. <svg><g id="a"/></svg>\n',
    '<Card id="a" /> A lamp, and what it stands on, in cards. <Card id="a" />\n',
    '<a id="a"></a>\n<a id="a"></a>\n',
    '<a id="a"></a>\n\n```html\n<a id="a"></a>\n```\n',
    '<a id="a"></a>\n\n<!-- <a id="a"></a> -->\n',
    '## A {#a}\n\nA lamp, and what it stands on, in one line.\n\n## B {#a}\n',
    '<a id="{{ a }}"></a> <a id="{{ a }}"></a>\n',
  ])('leaves %j alone', async (text) => {
    expect(await found(text)).toEqual([])
  })

  it('knows attribute lists where they are ids', async () => {
    expect(
      await findings('no-duplicate-id', {
        'mkdocs.yml': 'site_name: A\nmarkdown_extensions: [attr_list]\n',
        'docs/index.md': '# A {#a}\n\nA lamp, and what it stands on, in one line.\n\n## B {#a}\n',
      }),
    ).toEqual([
      'docs/index.md 5:8-5:9 Unexpected second element with the id `a`, links lead only to the first one',
    ])
  })
})
