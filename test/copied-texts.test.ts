import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** A text whose relative links all lead nowhere, seen from where it stands. */
const TEXT =
  '[a](../blob/main/CONTRIBUTING.md) [b](contributing.md) [c](/Contributing.md) [d](#no) [e](../../nowhere.md)\n'
const HOST = {'CONTRIBUTING.md': '# Contributing\n', 'README.md': '# R\n', 'docs/a.md': '# A\n'}

/** What is found on one page of a tree, and what `--fix --unsafe` makes of it. */
async function leftAlone(name: string, files: Record<string, string>) {
  const root = folder(files)
  const {out} = await doccheck(root, ['--fix', '--unsafe', '--offline', '--no-config'])
  return {
    out,
    isSame: readFileSync(path.join(root, name), 'utf8') === files[name],
    found: out.match(/Unexpected/g)?.length ?? 0,
  }
}

describe('texts that a host copies elsewhere are left alone', () => {
  it.each([
    '.github/PULL_REQUEST_TEMPLATE.md',
    '.github/pull_request_template.md',
    '.github/PULL_REQUEST_TEMPLATE/feature.md',
    '.github/ISSUE_TEMPLATE.md',
    '.github/ISSUE_TEMPLATE/bug.md',
    '.github/DISCUSSION_TEMPLATE/ideas.md',
    'PULL_REQUEST_TEMPLATE.md',
    'issue_template.md',
    'ISSUE_TEMPLATE/bug.md',
    'docs/pull_request_template.md',
    'docs/PULL_REQUEST_TEMPLATE/a.md',
    'packages/vendored/.github/ISSUE_TEMPLATE/bug.md',
    '.github/actions/greet/first-issue.md',
    '.gitlab/issue_templates/Bug.md',
    '.gitlab/merge_request_templates/Default.md',
    '.gitea/issue_template/bug.md',
    '.forgejo/pull_request_template.md',
    '.azuredevops/pull_request_template/branches/main.md',
  ])('%s', async (name) => {
    expect(await leftAlone(name, {...HOST, [name]: TEXT})).toMatchObject({isSame: true, found: 0})
    // Whatever site is built from the tree.
    const site = {'mkdocs.yml': 'site_name: T\n', '_config.yml': 'title: T\n'}
    expect(await leftAlone(name, {...HOST, ...site, [name]: TEXT})).toMatchObject({isSame: true, found: 0})
  })

  it.each([
    '.github/CONTRIBUTING.md',
    '.github/actions/greet/README.md',
    '.github/SUPPORT.md',
    'docs/issue-templates.md',
    'templates/bug.md',
  ])('but not %s, which is shown where it is', async (name) => {
    expect((await leftAlone(name, {...HOST, [name]: TEXT})).out).toContain('Unexpected link to missing')
  })

  it('but for what is true wherever they are', async () => {
    const name = '.github/ISSUE_TEMPLATE/bug.md'
    const files = {
      'docusaurus.config.js':
        'export default {title: "T", url: "https://docs.example.org", baseUrl: "/", presets: [["classic", {docs: {}}]]}\n',
      'docs/guide/a.md': '# A\n',
      'docs/index.md': '# I\n',
      [name]:
        '[a](https://docs.example.org/docs/guide/a/) [b](https://docs.example.org/docs/guide/b/) [c][d]\n',
    }
    const {out} = await leftAlone(name, files)
    expect(out).toContain('Unexpected link to missing file `https://docs.example.org/docs/guide/b/`')
    expect(out).toContain('Unexpected reference to undefined label `d`')
    expect(out).not.toContain('guide/a/')
  })
})

describe('parts of other pages are left alone', () => {
  const part = '[a](target.html) [b](#of-the-page) [c](target.md) [d](/target)\n'
  it.each([
    ['jekyll', '_includes/part.md', {'_config.yml': 'title: T\n', 'docs/target.md': '---\n---\n'}],
    ['jekyll', 'docs/_part.md', {'_config.yml': 'title: T\n', 'target.md': '---\n---\n'}],
    ['jekyll', 'docs/_parts/part.md', {'_config.yml': 'title: T\n', 'target.md': '---\n---\n'}],
    ['quarto', 'docs/_part.md', {'_quarto.yml': 'project:\n  type: website\n', 'target.md': '# T\n'}],
    [
      'vitepress',
      'parts/part.md',
      {'.vitepress/config.js': "export default {srcExclude: ['parts/**']}\n", 'target.md': '# T\n'},
    ],
  ])('%s: %s', async (_, name, files: Record<string, string>) => {
    expect(await leftAlone(name, {...files, [name]: part})).toMatchObject({isSame: true, found: 0})
  })

  it('but not what Jekyll publishes, or GitHub shows', async () => {
    const files = {
      '_config.yml': 'title: T\n',
      '_posts/2024-01-02-a.md': `---\n---\n${part}`,
      'docs/b.md': part,
    }
    const {out} = await leftAlone('docs/b.md', files)
    expect(out).toMatch(/docs\/b\.md:.*Unexpected link to missing/)
    expect(out).toMatch(/_posts\/2024-01-02-a\.md:.*Unexpected link to missing/)
  })
})

it('definitions that hold data for other programs are left alone', async () => {
  const text = '[_metadata_:author]:- "Jo Doe"\n[_metadata_:tags]:- "a b"\n\n# T\n'
  expect(await leftAlone('a.md', {'a.md': text})).toMatchObject({isSame: true, found: 0})
  const other = '[author]: - "Jo Doe"\n'
  expect((await leftAlone('a.md', {'a.md': other})).out).toContain('1 problem fixed')
})
