import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const NAMES = [...'abcdefghijkl'].map((name) => `chapter-${name}`)

/** An old edition of a book in a folder of the new one, each of whose chapters leads to the new one. */
const books = (more: Record<string, string>) => ({
  'book.toml': '[book]\ntitle = "x"\n',
  'src/SUMMARY.md': NAMES.map((name) => `- [${name}](${name}.md)\n`).join(''),
  'old/book.toml': '[book]\ntitle = "x"\n',
  'old/src/SUMMARY.md': [...NAMES, 'more'].map((name) => `- [${name}](${name}.md)\n`).join(''),
  ...Object.fromEntries(
    NAMES.flatMap((name) => [
      [`src/${name}.md`, '# Use\n'],
      [`old/src/${name}.md`, `[x](../${name}.html)\n`],
    ]),
  ),
  ...more,
})

async function found(more: Record<string, string>): Promise<string[]> {
  const {out} = await doccheck(folder(books(more)), ['--offline', '--no-config', '--reporter', 'json'])
  const pages: {messages: {reason: string; fatal: boolean}[]}[] = JSON.parse(out)
  return pages.flatMap(({messages}) => messages.map(({fatal, reason}) => `${fatal ? 'E' : 'W'} ${reason}`))
}

describe('a link that leaves its site for the one whose folder is around it', () => {
  it.each<[string, string[]]>([
    [
      '../gone.html',
      ['W Unexpected link to missing file `../gone.html` (likely: all 12 other targets in ../ exist)'],
    ],
    [
      '../chpter-a.html',
      ['W Unexpected link to missing file `../chpter-a.html` (likely: all 12 other targets in ../ exist)'],
    ],
    ['../chapter-b.html#use', []],
    ['../../gone.html', []],
    ['../other/gone.html', []],
  ])('%s', async (url, expected) =>
    expect(await found({'old/src/more.md': `[x](${url})\n`})).toEqual(expected),
  )

  it('is not judged if others lead nowhere, too', async () => {
    const gone = Object.fromEntries(
      NAMES.slice(4).map((name) => [`old/src/${name}.md`, `[x](../gone-${name}.html)\n`]),
    )
    expect(await found({...gone, 'old/src/more.md': '[x](../gone.html)\n'})).toEqual([])
  })
})
