import {execFileSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {templateOf} from '../src/repository/source-hosts.ts'
import {report} from './browser.ts'
import {ENV} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const gitIn = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    cwd,
    env: ENV,
    encoding: 'utf8',
  })

describe('the page of a line', () => {
  const job = {
    gitlab: {GITLAB_CI: 'true', CI_PROJECT_URL: 'https://code.example.org/team/docs'},
    gitea: {
      GITHUB_ACTIONS: 'true',
      GITEA_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://git.example.org',
      GITHUB_REPOSITORY: 'Team/docs',
    },
  }

  it.each([
    [
      'git@github.com:Owner/name.git',
      {},
      'https://github.com/Owner/name/blob/{commit}/{path}?plain=1#L{line}',
    ],
    [
      'https://user:secret@github.com/Owner/name/',
      {},
      'https://github.com/Owner/name/blob/{commit}/{path}?plain=1#L{line}',
    ],
    [
      'ssh://git@gitlab.example.org:2222/a/b/c.git',
      {},
      'https://gitlab.example.org/a/b/c/-/blob/{commit}/{path}?plain=1#L{line}',
    ],
    ['https://gitlab.com:8443/a/b', {}, 'https://gitlab.com:8443/a/b/-/blob/{commit}/{path}?plain=1#L{line}'],
    ['git@bitbucket.org:a/b.git', {}, 'https://bitbucket.org/a/b/src/{commit}/{path}#lines-{line}'],
    [
      'https://codeberg.org/a/b.git',
      {},
      'https://codeberg.org/a/b/src/commit/{commit}/{path}?display=source#L{line}',
    ],
    [
      'git@ssh.dev.azure.com:v3/org/project/docs',
      {},
      'https://dev.azure.com/org/project/_git/docs?path=/{path}&version=GC{commit}&line={line}&lineEnd={line}&lineStartColumn={column}&lineEndColumn={column}&_a=contents',
    ],
    [
      'https://gitlab-ci-token:x@code.example.org/team/docs.git',
      job.gitlab,
      'https://code.example.org/team/docs/-/blob/{commit}/{path}?plain=1#L{line}',
    ],
    [
      'git@git.example.org:team/docs.git',
      job.gitea,
      'https://git.example.org/Team/docs/src/commit/{commit}/{path}?display=source#L{line}',
    ],
    // Neither the name nor the job tells what runs there.
    ['git@code.example.org:team/docs.git', {}, undefined],
    ['git@code.example.org:other/docs.git', job.gitlab, undefined],
    ['/srv/git/docs.git', {}, undefined],
    ['C:\\docs', {}, undefined],
    ['https://github.com/a/b?x#y', {}, undefined],
  ])('of %s', (remote, env, url) => expect(templateOf(remote, env)).toBe(url))
})

describe('a report', () => {
  const links = (html: string) => [...html.matchAll(/class="at" href="([^"]+)"/g)].map(([, url]) => url)

  /** A clone in which one page has changed since its commit. */
  const clone = () => {
    const root = folder({'a b.md': '# A\n\n[x](gone.md)\n', 'c.md': '[x](gone.md)\n'})
    gitIn(root, 'init', '-q')
    gitIn(root, 'add', '--all')
    gitIn(root, 'commit', '-q', '-m', 'x')
    gitIn(root, 'remote', 'add', 'origin', 'git@github.com:owner/name.git')
    writeFileSync(path.join(root, 'c.md'), '\n[x](gone.md)\n')
    return {root, head: gitIn(root, 'rev-parse', 'HEAD').trim()}
  }

  it('links the lines that the host has, and no others', async () => {
    const {root, head} = clone()
    expect(links((await report(root)).html)).toEqual([])
    gitIn(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
    expect(links((await report(root)).html)).toEqual([
      `https://github.com/owner/name/blob/${head}/a%20b.md?plain=1#L3`,
    ])
  })

  it('links the lines to the URL that the user gives', async () => {
    const {root, head} = clone()
    const url = 'https://git.example.org/docs/{path}?at={commit}&n={line}:{column}'
    expect(links((await report(root, '--source-url', url)).html)).toEqual([
      `https://git.example.org/docs/a%20b.md?at=${head}&#38;n=3:5`,
      `https://git.example.org/docs/c.md?at=${head}&#38;n=2:5`,
    ])
  })

  it.each([
    ['/{path}', 'expected an HTTP URL with {path}'],
    ['javascript:{path}', 'expected an HTTP URL with {path}'],
    [
      'https://example.org/{path}#{row}',
      'expected one of {commit}, {path}, {line}, {column} instead of {row}',
    ],
    ['https://example.org/{commit}/{path}', '{commit} in --source-url needs a Git repository with a commit'],
  ])('cannot be linked to %s', async (url, message) => {
    const root = folder({'a.md': '[x](gone.md)\n'})
    const {code, err} = await doccheck(root, ['--offline', '--reporter', 'html', '--source-url', url])
    expect(err).toContain(message)
    expect(code).toBe(2)
  })
})
