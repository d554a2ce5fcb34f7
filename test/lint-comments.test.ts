import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {amount} from './amount.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** What is said of a page, one line each, without the closing lines. */
async function said(files: Record<string, string>, words: string[] = []): Promise<string[]> {
  const {out, err, code} = await doccheck(folder(files), [
    '--reporter',
    'json',
    ...(words.includes('--no-cache') ? [] : ['--offline']),
    ...words.filter((word) => word !== '--offline'),
  ])
  expect(err).toBe('')
  // Neither a crash nor an end without a report.
  expect([0, 1]).toContain(code)
  return JSON.parse(out).flatMap(({path: name, messages}: {path: string; messages: Message[]}) =>
    messages.map(
      ({line, column, fatal, ruleId, reason}) =>
        `${name}:${line}:${column} ${fatal ? 'error' : 'warning'} ${ruleId}: ${reason}`,
    ),
  )
}

interface Message {
  line: number
  column: number
  fatal: boolean | null
  ruleId: string
  reason: string
}

const GONE = 'no-broken-link: Unexpected link to missing file `gone.md`'

describe('a comment with a mistake in it is a finding on its line', () => {
  it.each([
    [
      '<!-- lint disalbe no-broken-link -->',
      '1:11 error',
      'Unexpected keyword `disalbe` in a `lint` comment, expected `disable`',
    ],
    [
      '<!-- lint enabel -->',
      '1:11 error',
      'Unexpected keyword `enabel` in a `lint` comment, expected `enable`',
    ],
    [
      '<!--lint ingore no-broken-link-->',
      '1:10 error',
      'Unexpected keyword `ingore` in a `lint` comment, expected `ignore`',
    ],
    [
      '<!-- lint Disable -->',
      '1:11 error',
      'Unexpected keyword `Disable` in a `lint` comment, expected `disable`',
    ],
    [
      '<!-- lint disable-next-line no-broken-link -->',
      '1:11 error',
      'Unexpected keyword `disable-next-line` in a `lint` comment, expected `ignore`',
    ],
    [
      '<!-- lint off -->',
      '1:11 warning',
      'Unexpected keyword `off` in a `lint` comment, expected `disable`, `enable` or `ignore`',
    ],
    [
      '<!-- lint -->',
      '1:1 warning',
      'Unexpected `lint` comment without a keyword, expected `disable`, `enable` or `ignore`',
    ],
    [
      '<!-- lint ignore no-brokn-link -->',
      '1:18 warning',
      'Unexpected rule `no-brokn-link` in a `lint` comment, expected `no-broken-link`',
    ],
    [
      '<!-- lint ignore no-missing-anchor, -->',
      '1:18 warning',
      'Unexpected rule `no-missing-anchor,` in a `lint` comment, expected `no-missing-anchor`',
    ],
    [
      '<!-- lint-disable no-broken-link -->',
      '1:6 warning',
      'Unexpected `lint-disable` comment, expected `lint disable`',
    ],
    [
      '<!-- doccheck ignore -->',
      '1:6 warning',
      'Unexpected `doccheck ignore` comment, expected `lint ignore`',
    ],
    ['a <!-- lint disable no-broken-link', '1:3 error', 'Unexpected unclosed `lint` comment, expected `-->`'],
  ])('%s', async (comment, place, message) => {
    expect(await said({'a.md': `${comment}\n\n[x](gone.md)`})).toEqual([
      `a.md:${place} lint-comment: ${message}`,
      `a.md:3:5 error ${GONE}`,
    ])
  })

  it('but not one that names a rule of another linter', async () => {
    expect(await said({'a.md': '<!-- lint disable awesome-toc -->\n\n[x](gone.md)'})).toEqual([
      `a.md:3:5 error ${GONE}`,
    ])
  })

  it('and so is one that hides all that follows', async () => {
    expect(await said({'a.md': '# A\n\n<!-- lint disable no-broken-link\n\n[x](gone.md)\n'})).toEqual([
      'a.md:3:1 error lint-comment: Unexpected unclosed `lint` comment, expected `-->`',
    ])
  })

  it('costs no other page its report', async () => {
    expect(await said({'a.md': '<!-- lint disalbe -->\n', 'b.md': '[x](gone.md)\n'})).toEqual([
      'a.md:1:11 error lint-comment: Unexpected keyword `disalbe` in a `lint` comment, expected `disable`',
      `b.md:1:5 error ${GONE}`,
    ])
  })

  it('with remark plugins, too, and with remark-lint among them', async () => {
    const plugins = ['remark-lint', 'remark-lint-no-duplicate-headings'].map((name) =>
      path.resolve(`node_modules/${name}/index.js`),
    )
    const page =
      '# A\n\n# A\n\n<!-- lint ignore no-duplicate-heading -->\n\n# A\n\n<!-- lint disalbe -->\n\n# A'
    // Only a configuration outside of the tree may name files outside.
    const config = path.join(folder({'config.json': JSON.stringify({plugins})}), 'config.json')
    expect(await said({'a.md': page}, ['--config', config])).toEqual([
      'a.md:3:1 warning no-duplicate-headings: Unexpected heading with equivalent text, expected unique headings',
      'a.md:5:18 warning lint-comment: Unexpected rule `no-duplicate-heading` in a `lint` comment, expected `no-duplicate-headings`',
      'a.md:7:1 warning no-duplicate-headings: Unexpected heading with equivalent text, expected unique headings',
      'a.md:9:11 error lint-comment: Unexpected keyword `disalbe` in a `lint` comment, expected `disable`',
      'a.md:11:1 warning no-duplicate-headings: Unexpected heading with equivalent text, expected unique headings',
    ])
  })

  it.each([
    ['.remarkrc.js', 'export default {}'],
    ['docs/.remarkrc', '{}'],
    ['package.json', '{"devDependencies": {"remark-lint-no-html": "1"}}'],
    ['package.json', '{"remarkConfig": {}}'],
  ])('but a rule that may be one of remark is none: %s', async (name, content) => {
    const page = '<!-- lint disable no-unused-definitions no-html -->\n'
    expect(await said({'a.md': page})).toHaveLength(1)
    expect(await said({'a.md': page, [name]: content})).toEqual([])
  })

  it.each([
    '```md\n<!-- lint disalbe -->\n```\n',
    '    <!-- lint disalbe -->\n',
    '`<!-- lint disalbe -->`\n',
    '\\<!-- lint disalbe\n',
    '<!-- linting is off here -->\n',
    '<!-- lint-staged runs this -->\n',
    '<!-- lint: a word in prose -->\n',
    '<!-- see how we lint disalbe -->\n',
    '{/* lint disalbe */}\n',
    '<!-- lint disable no-broken-link -- the file is made by `make` -->\n',
  ])('%j is fine', async (page) => {
    expect(await said({'a.md': page})).toEqual([])
  })
})

describe('comments switch off', () => {
  const link = (name: string) => `[x](${name}.md)`
  /** The names of the files that are said to be missing. */
  const missing = async (name: string, page: string) =>
    (await said({[name]: page}, ['--no-config'])).map(
      (line) => /missing file `(.*?)\.md`/.exec(line)?.[1] ?? line,
    )

  it.each([
    [
      'several on a line',
      `<!-- lint disable no-broken-link --> <!-- lint disable no-missing-anchor -->\n\n${link('a')} [x](#b)`,
      [],
    ],
    [
      'an ignored block, behind other comments',
      `<!-- lint ignore no-broken-link -->\n<!-- about it -->\n\n${link('a')}\n\n${link('b')}`,
      ['b'],
    ],
    [
      'within a block of HTML',
      `<div>\n<!-- lint ignore no-broken-link -->\n<a href="a.md">a</a>\n</div>\n\n${link('b')}`,
      ['b'],
    ],
    [
      'on the line of the HTML',
      `<!-- lint ignore no-broken-link --><a href="a.md">a</a>\n\n${link('b')}`,
      ['b'],
    ],
    ['within a paragraph', `a <!-- lint ignore no-broken-link --> ${link('a')} ${link('b')}`, ['b']],
    [
      'in a quotation, over lines',
      `> <!-- lint ignore\n> no-broken-link -->\n>\n> ${link('a')}\n\n${link('b')}`,
      ['b'],
    ],
    ['in a list', `- <!-- lint ignore no-broken-link -->\n  ${link('a')}\n- ${link('b')}`, ['b']],
    ['with nothing behind it', `${link('a')}\n\n<!-- lint ignore -->`, ['a']],
    [
      'all rules, and on again',
      `<!-- lint disable -->\n\n${link('a')}\n\n<!-- lint enable -->\n\n${link('b')}`,
      ['b'],
    ],
  ])('%s', async (_, page, expected) => {
    expect(await missing('page.md', page)).toEqual(expected)
  })

  it.each([
    ['a block', `{/* lint ignore no-broken-link */}\n\n${link('a')}\n\n${link('b')}`, ['b']],
    ['a block right below', `{/* lint ignore no-broken-link */}\n${link('a')}\n\n${link('b')}`, ['b']],
    [
      'several on a line',
      `{/* lint ignore no-broken-link */} {/* lint ignore no-missing-anchor */}\n\n${link('a')}\n\n${link('b')}`,
      ['b'],
    ],
    [
      'within an element',
      `<Box>\n\n  {/* lint ignore no-broken-link */}\n\n  ${link('a')}\n\n  ${link('b')}\n\n</Box>`,
      ['b'],
    ],
    [
      'deep within an element',
      `<Box>\n\n    {/* lint disable no-broken-link */}\n\n    ${link('a')}\n\n</Box>\n`,
      [],
    ],
    [
      'in code it is code',
      `\`{/* lint disable */}\`\n\n~~~\n{/* lint disable */}\n~~~\n\n${link('a')}`,
      ['a'],
    ],
    [
      'to the end',
      `{/* lint disable no-broken-link */}\n\n${link('a')}\n\n{/* lint enable */}\n\n${link('b')}`,
      ['b'],
    ],
  ])('in MDX: %s', async (_, page, expected) => {
    expect(await missing('page.mdx', page)).toEqual(expected)
  })

  it('in MDX mistakes are told, too', async () => {
    expect(
      await said({'a.mdx': '# A\n\n{/* lint disalbe */}\n\nA {/* lint ignore no-brokn-link */} b\n'}),
    ).toEqual([
      'a.mdx:3:10 error lint-comment: Unexpected keyword `disalbe` in a `lint` comment, expected `disable`',
      'a.mdx:5:19 warning lint-comment: Unexpected rule `no-brokn-link` in a `lint` comment, expected `no-broken-link`',
    ])
  })
})

it('with reportUnusedDisables each name that switches nothing is told', async () => {
  const page = [
    '<!-- lint disable no-broken-link no-missing-anchor -->',
    '[x](gone.md)',
    '<!-- lint enable no-broken-link -->',
    '<!-- lint enable no-broken-link -->',
    '<!-- lint enable -->',
    '<!-- lint ignore no-broken-link -->',
    'Nothing here',
    '[x](gone.md)',
    '<!-- lint enable -->',
  ].join('\n\n')
  const config = '{"reportUnusedDisables": "error"}'
  expect(await said({'a.md': page, '.doccheckrc.json': config})).toEqual([
    'a.md:1:34 error unused-disable: Unexpected unused rule `no-missing-anchor` in a `lint disable` comment',
    'a.md:7:1 error unused-disable: Unexpected unused `lint enable` comment',
    'a.md:11:1 error unused-disable: Unexpected unused `lint ignore` comment',
    `a.md:15:5 error ${GONE}`,
    'a.md:17:1 error unused-disable: Unexpected unused `lint enable` comment',
  ])
})

it.each([
  ['a rule that asks the network', '--offline', {}, '<!-- lint disable no-unreachable-image -->'],
  ['a rule that is off', '--offline', {}, '<!-- lint disable no-dead-link -->'],
  ['all rules', '--offline', {}, '<!-- lint disable -->'],
  ['a rule of remark', '--no-cache', {'.remarkrc': '{}'}, '<!-- lint disable no-html -->'],
  ['all rules of remark, too', '--no-cache', {'.remarkrc': '{}'}, '<!-- lint disable -->'],
])(
  'a comment that may be of use another time is not said to be unused: %s',
  async (_, flag, files, comment) => {
    const config = {'.doccheckrc.json': '{"reportUnusedDisables": "error"}'}
    expect(await said({'a.md': comment, ...config, ...files}, [flag])).toEqual([])
    const inUse = [`a.md:1:1 error unused-disable: Unexpected unused \`lint disable\` comment`]
    expect(await said({'a.md': '<!-- lint disable no-broken-link -->', ...config, ...files}, [flag])).toEqual(
      inUse,
    )
  },
)

it('no comment ends a run', async () => {
  const part = fc.constantFrom(
    ...[
      '<!--',
      '-->',
      '{/*',
      '*/}',
      'lint',
      'disable',
      'ignore',
      'enable',
      'disalbe',
      'no-broken-link',
      ' ',
      '\n',
      '> ',
      '- ',
      '`',
      '~~~',
      '[a](gone.md)',
      '<b>',
      '\\',
    ],
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, {maxLength: 20}),
      fc.constantFrom('a.md', 'a.mdx'),
      async (parts, name) => {
        const lines = parts.join('').split('\n')
        for (const line of await said({[name]: parts.join('')}, ['--no-config'])) {
          const [, row, column] = /^a\.mdx?:(\d+):(\d+) /.exec(line)!
          expect(Number(column)).toBeLessThanOrEqual(lines[Number(row) - 1]!.length + 1)
        }
      },
    ),
    {numRuns: amount(300)},
  )
})
