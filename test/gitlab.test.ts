import {describe, expect, it} from 'vitest'
import {readPage} from '../src/page/read-page.ts'
import {gitlabIds, olderGitlabIds} from '../src/site/shared/gitlab-anchors.ts'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

// No GitLab is here to compare with: what is expected was worked out by hand from comrak's `anchorizer.rs`, and for
// versions before 17 from `table_of_contents_filter.rb` and `Gitlab::Utils::Markdown`.
const IDS: [heading: string, id: string, older: string][] = [
  ['Hello, World!', 'hello-world', 'hello-world'],
  ['API v2.0 (beta)', 'api-v20-beta', 'api-v20-beta'],
  ['C++ & C#', 'c--c', 'c-c'],
  ['snake_case and kebab-case', 'snake_case-and-kebab-case', 'snake_case-and-kebab-case'],
  ['Über Café', 'über-café', 'über-café'],
  ['你好 世界', '你好-世界', '你好-世界'],
  ['Emoji 🚀 launch', 'emoji--launch', 'emoji-launch'],
  ['`--fix` option', '--fix-option', '-fix-option'],
  ['**Bold** _it_ and [link](x.md)', 'bold-it-and-link', 'bold-it-and-link'],
  ['1\\. Numbered step', '1-numbered-step', '1-numbered-step'],
  ['Foo -- bar', 'foo----bar', 'foo-bar'],
  ['What\'s "new"?', 'whats-new', 'whats-new'],
  ['Install <b>Tag</b>', 'install-tag', 'install-tag'],
  ['A  B', 'a--b', 'a-b'],
  ['🎉', '', ''],
  ['CI/CD', 'cicd', 'cicd'],
  [':rocket: Launch', 'rocket-launch', 'rocket-launch'],
  ['AT&amp;T &copy; 2024', 'att--2024', 'att-2024'],
  ['A_*b*_ C', 'a_b_-c', 'a_b_-c'],
  ['Foo', 'foo', 'foo'],
  ['Foo', 'foo-1', 'foo-1'],
  ['Foo 1', 'foo-1-1', 'foo-1'],
  ['Straße ½ Ⅷ', 'straße-½-ⅷ', 'straße-ⅷ'],
  ['2024', '2024', 'anchor-2024'],
  ['Runners **(PREMIUM)**', 'runners-premium', 'runners-premium'],
  ['हिन्दी ไทย', 'हिन्दी-ไทย', 'हिन्दी-ไทย'],
]

it('makes the ids of GitLab', async () => {
  const {headings} = await readPage('page.md', IDS.map(([text]) => `## ${text}\n`).join('\n'), {})
  expect(gitlabIds(headings)).toEqual(IDS.map(([, id]) => id))
})

it('makes the ids of GitLab before 17', async () => {
  const {headings} = await readPage('page.md', IDS.map(([text]) => `## ${text}\n`).join('\n'), {})
  const expected = IDS.map(([, , id]) => (id === 'runners-premium' ? 'runners' : id))
  expect(olderGitlabIds(headings)).toEqual(expected)
})

describe('a repository on GitLab', () => {
  const check = async (text: string, more: Record<string, string> = {}) =>
    messagesOf(
      await checkFolder(folder({'.gitlab-ci.yml': '', 'a.md': text, 'docs/b.md': '# B\n', ...more})),
    ).map((each) => each.replace(/^\S+ \S+ /, ''))

  it.each([
    ['[L](docs/b.md) [M](/docs/b.md#b) [N](docs) [O](docs/)\n'],
    // The ids of newer versions, of older ones, and those in braces, which Hugo knows.
    ['[L](#c--x) [M](#c-x) [N](#own)\n\n# C++ / x\n\n# D {#own}\n'],
    ['[L](-/issues/1) [M](../-/merge_requests) [N](https://gitlab.com/a/b/-/blob/main/x.md)\n'],
    ['[[_TOC_]]\n\n[L](#L10-20)\n'],
    ['[L](../../x.md)\n'],
    ['[L](docs/c d.md)\n', {'docs/c d.md': ''}],
    // On GitHub, too.
    ['[L](#foo----bar) [M](#½)\n\n# Foo -- bar\n\n# ½\n'],
    ['[L](#badge-title)\n\n# ![badge](docs/x.png) Title\n', {'docs/x.png': ''}],
  ] as [string, Record<string, string>?][])('has what %j leads to', async (text, more) => {
    expect(await check(text, more)).toEqual([])
  })

  it.each([
    ['[L](docs/c.md)\n', 'Unexpected link to missing file `docs/c.md`'],
    ['[L](docs/b.md#c)\n', 'Unexpected link to missing anchor `#c` in `docs/b.md`'],
  ])('has nothing for %j', async (text, message) => {
    expect(await check(text)).toEqual([expect.stringContaining(message)])
  })

  it('is one even where another platform builds a part of it', async () => {
    const more = {'book.toml': '', 'src/SUMMARY.md': '[A](a.md)\n', 'src/a.md': '# Foo -- bar\n'}
    expect(await check('[L](src/a.md#foo----bar) [M](src/a.md#section)\n', more)).toEqual([
      expect.stringContaining('`#section` in `src/a.md`'),
    ])
  })
})
