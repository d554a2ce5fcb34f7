import {expect, it} from 'vitest'
import {git, repository, write} from './repository.ts'
import {doccheck} from './run-doccheck.ts'

/** Commit the files of each step after those before it, and say what a run expects in place of broken fragments. */
async function expectedAfter(...steps: Record<string, string>[]): Promise<string[]> {
  const root = await repository({'README.md': '# Readme\n'})
  for (const files of steps) {
    write(root, files)
    await git(root, 'add', '--all')
    await git(root, 'commit', '-qm', 'x')
  }
  const {out} = await doccheck(root, ['--offline', '--no-config'])
  return [...out.matchAll(/missing anchor `[^`]*`.*? expected `([^`]*)`/g)].map(([, expected]) => expected!)
}

const body = 'Some text that tells this section from all others.'

it.each([
  ['an ATX heading', '## Old Name', 'old-name'],
  ['one in a block quote', '> ## Old Name', 'old-name'],
  ['a setext heading', 'Old Name\n---', 'old-name'],
  ['marks and links', '## *Old* [Name](x.html "y")', 'old-name'],
  ['accents', '## Öld Nâme', 'öld-nâme'],
  ['other letters', '## 旧名', '旧名'],
  ['punctuation', '## Old: the `name()`!', 'old-the-name'],
])('a renamed heading is found in history: %s', async (_, heading, id) => {
  const page = (before: string) => ({'a.md': `# A\n\n${before}\n\n${body}\n`})
  expect(
    await expectedAfter(page(heading), page('## Something else'), {'b.md': `# B\n\n[x](a.md#${id})\n`}),
  ).toEqual(['#something-else'])
})

it('the second of two equal headings is found by its number', async () => {
  const page = (second: string) => ({'a.md': `# A\n\n## Old\n\nFirst.\n\n## ${second}\n\n${body}\n`})
  expect(
    await expectedAfter(page('Old'), page('Something else'), {'b.md': '# B\n\n[x](a.md#old-1)\n'}),
  ).toEqual(['#something-else'])
})

it('a heading that was renamed before its page was copied is found', async () => {
  const page = (file: string, heading: string) => ({[file]: `# A\n\n## ${heading}\n\n${body}\n`})
  expect(
    await expectedAfter(
      page('docs/a.md', 'Old name'),
      page('docs/a.md', 'Something else'),
      page('v1/a.md', 'Something else'),
      {'v1/b.md': '# B\n\n[x](a.md#old-name)\n'},
    ),
  ).toEqual(['#something-else'])
})
