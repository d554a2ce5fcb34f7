import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {git, repository, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const page = readFileSync('docs/own-urls.md', 'utf8')

/** The URLs of a table of the page, each with the beginning of its finding; empty if there is none. */
function rowsOf(table: string): [url: string, finding: string][] {
  const text = page.split(`<!-- ${table} -->`)[1]!.split(`<!-- end of ${table} -->`)[0]!
  const rows = [...text.matchAll(/^\| `(https?:[^`]+)` \| (?:none.*|`([^`]+)`) \|$/gm)]
  return rows.map(([, url, finding = '']) => [url!, finding])
}

/** The findings about a page with one URL, without what they say of it. */
async function found(root: string, url: string): Promise<string[]> {
  write(root, {'page.md': `---\n---\n[x](${url})\n`})
  const {out} = await doccheck(root, ['--offline', '--no-config', '--reporter', 'json', 'page.md'])
  const pages: {messages: {reason: string; fatal: boolean}[]}[] = JSON.parse(out)
  return pages.flatMap(({messages}) => messages.map(({reason}) => reason))
}

const expectFinding = (all: readonly string[], finding: string) =>
  expect(all).toEqual(finding === '' ? [] : [expect.stringMatching(new RegExp(`^${finding}`))])

describe('the docs tell what is found about a URL', () => {
  it('of the repository', async () => {
    const root = await repository({
      'README.md': '# Lamp\n\n## Use\n',
      'src/lamp.ts': '1\n2\n3\n',
      'src/old.ts': '',
    })
    await git(root, 'remote', 'add', 'origin', 'https://github.com/acme/lamp.git')
    await git(root, 'commit', '-qm', 'old')
    await git(root, 'tag', 'v1.0')
    await git(root, 'rm', '-q', 'src/old.ts')
    const rows = rowsOf('repository')
    expect(rows.length).toBeGreaterThan(10)
    for (const [url, finding] of rows) expectFinding(await found(root, url), finding)
  })

  it('of the site', async () => {
    const root = folder({
      '_config.yml': 'url: https://lamp.example.org\n',
      'guide/use.md': '---\n---\n# Use\n\n## Bulbs\n',
    })
    const rows = rowsOf('site')
    expect(rows.length).toBeGreaterThan(6)
    for (const [url, finding] of rows) expectFinding(await found(root, url), finding)
  })
})
