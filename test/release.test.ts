import {chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {hasExpressions, type Job, type Ran, Runner} from './action-runner.ts'
import {copyTracked} from './copy-tracked.ts'
import {ENV, git, run, write} from './repository.ts'

const {jobs} = parse(readFileSync('.github/workflows/release.yml', 'utf8')) as {jobs: Record<string, Job>}

/** The real npm packs; it installs, builds and publishes nothing, but tells what it would publish. */
const NPM = `#!/usr/bin/env bash
case "$1" in
  pkg | pack) exec "$REAL_NPM" "$@" ;;
  run) cp -R "$DIST" dist ;;
  publish) printf '%s\\n' "$@" >>"$TOLD/npm"; cp "\${@: -1}" "$TOLD/published.tgz" ;;
esac
`
const GH = `#!/usr/bin/env bash
case "$1 $2" in
  'release view') grep -qx "released $3" "$TOLD/gh" ;;
  'release create') echo "released $3" >>"$TOLD/gh"; printf '%s\\n' "\${@:4}" >"$TOLD/gh $3"; cp "$RUNNER_TEMP/release/notes.md" "$TOLD/notes" ;;
esac
`

describe.skipIf(!hasExpressions)('a release', () => {
  let runner: Runner
  let origin: string
  let told: string
  let env: NodeJS.ProcessEnv
  beforeEach(async () => {
    runner = new Runner()
    origin = path.join(runner.root, 'origin.git')
    told = path.join(runner.root, 'told')
    const bin = path.join(runner.root, 'bin')
    write(bin, {npm: NPM, gh: GH})
    for (const name of ['npm', 'gh']) chmodSync(path.join(bin, name), 0o755)
    write(told, {npm: '', gh: ''})
    const {out: npm} = await run('.', 'bash', ['-c', 'command -v npm'])
    env = {
      ...ENV,
      PATH: `${bin}:${process.env.PATH}`,
      REAL_NPM: npm.trim(),
      DIST: path.resolve('dist'),
      TOLD: told,
      GITHUB_SERVER_URL: 'https://git.test',
      GITHUB_REPOSITORY: 'someone/doccheck',
    }
    await git('.', 'init', '-q', '--bare', '-b', 'main', origin)
  })

  /** Puts a version of this repository on the main branch. */
  async function commit(version: string, changelog: string): Promise<string> {
    const work = path.join(runner.root, 'work')
    if (!existsSync(work)) {
      await git('.', 'clone', '-q', origin, work)
      await copyTracked(work, ['.', ':!test', ':!fixtures'])
    }
    const info = JSON.parse(readFileSync('package.json', 'utf8'))
    write(work, {'package.json': JSON.stringify({...info, version}), 'CHANGELOG.md': changelog})
    await git(work, 'add', '--all')
    await git(work, '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-q', '-m', version)
    await git(work, 'push', '-q', 'origin', 'HEAD:main')
    return (await git(work, 'rev-parse', 'HEAD')).trim()
  }

  /** Runs the jobs one after the other, each in a checkout of its own, until one fails. */
  async function release(): Promise<Ran> {
    const needs: Record<string, {outputs: Record<string, string>}> = {}
    let ran: Ran | undefined
    for (const name of ['build', 'npm', 'github']) {
      runner.renew()
      const checkout = path.join(runner.root, 'checkout')
      rmSync(checkout, {recursive: true, force: true})
      mkdirSync(checkout)
      if (name !== 'npm') await git('.', 'clone', '-q', '--depth=1', `file://${origin}`, checkout)
      ran = await runner.job(jobs[name]!, checkout, {needs, github: {token: 'secret'}}, env)
      needs[name] = {outputs: ran.outputs}
      if (ran.code !== 0) return ran
    }
    return ran!
  }

  const refs = async () => {
    const lines = await git(origin, 'for-each-ref', '--format=%(refname) %(objectname)')
    return Object.fromEntries(
      lines
        .trim()
        .split('\n')
        .map((line) => line.split(' ')),
    )
  }

  it('publishes to npm, names a built tree by its tags, and then moves that of the major version only', async () => {
    const source = await commit(
      '1.2.3',
      '# Changelog\n\n## [1.2.3] - 2030-01-02\n\n- A\n\n## [1.2.2]\n\n- B\n',
    )
    expect(await release()).toMatchObject({code: 0})
    const words = readFileSync(path.join(told, 'npm'), 'utf8').split('\n')
    expect(words.slice(0, 4)).toEqual(['publish', '--provenance', '--access', 'public'])
    const {out} = await run(told, 'tar', ['-xOf', 'published.tgz', 'package/package.json'])
    const published = JSON.parse(out)
    expect(published).toMatchObject({
      version: '1.2.3',
      repository: {url: 'git+https://git.test/someone/doccheck.git'},
    })
    // What users install has no script that npm could run or warn of.
    for (const key of ['scripts', 'devDependencies']) expect(published).not.toHaveProperty(key)
    const {'refs/heads/release': built, ...rest} = await refs()
    expect(rest).toEqual({'refs/heads/main': source, 'refs/tags/v1.2.3': built, 'refs/tags/v1': built})
    const files = await git(origin, 'ls-tree', '-r', '--format=%(objectmode) %(path)', 'v1')
    expect(files).toContain('100755 bin/doccheck.js\n')
    for (const name of ['dist/main.js', 'action.yml', 'scripts/action/check.js', '.pre-commit-hooks.yaml'])
      expect(files).toContain(`100644 ${name}\n`)
    expect(files).not.toMatch(/ (?:node_modules|\.github|src\/main\.ts)\b/)
    expect(await git(origin, 'log', '-1', '--format=%P %s', 'v1')).toBe(`${source} v1.2.3\n`)
    const given = readFileSync(path.join(told, 'gh v1.2.3'), 'utf8')
    expect(given).toMatch(/^--verify-tag\n[\s\S]*doccheck-cli-1\.2\.3\.tgz\n$/)
    expect(readFileSync(path.join(told, 'notes'), 'utf8')).toBe('- A\n')

    const before = await refs()
    const next = await commit('1.3.0', '## [1.3.0]\n\n- C\n\n[1.3.0]: https://git.test\n')
    expect(await release()).toMatchObject({code: 0})
    const after = await refs()
    expect(after).toEqual({
      ...before,
      'refs/heads/main': next,
      'refs/heads/release': after['refs/tags/v1.3.0'],
      'refs/tags/v1.3.0': expect.any(String),
      'refs/tags/v1': after['refs/tags/v1.3.0'],
    })
    expect((await git(origin, 'log', '-1', '--format=%P', 'v1')).trim()).toBe(
      `${before['refs/tags/v1.2.3']} ${next}`,
    )
    expect(readFileSync(path.join(told, 'notes'), 'utf8')).toBe('- C\n')
  })

  it.each([
    ['1.2.3', '## [Unreleased]\n\n- A\n', 'No section "## [1.2.3]"'],
    ['1.2.3-rc.1', '## [1.2.3-rc.1]\n\n- A\n', '1.2.3-rc.1 in package.json is a prerelease'],
    ['1.0.0', '## [1.0.0]\n\n- A\n', 'v1.0.0 is released already: raise the version'],
  ])('ends before anything is published: %s, %j', async (version, changelog, why) => {
    writeFileSync(path.join(told, 'gh'), 'released v1.0.0\n')
    const source = await commit(version, changelog)
    const {code, out, err} = await release()
    expect({code, text: out + err}).toEqual({code: 1, text: expect.stringContaining(why)})
    expect(await refs()).toEqual({'refs/heads/main': source})
    expect(readFileSync(path.join(told, 'npm'), 'utf8')).toBe('')
  })
})

it('publishes only in a job that may not write to the repository, and runs no dependency where it may', () => {
  expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
    test: {contents: 'read'},
    build: {contents: 'read'},
    npm: {'id-token': 'write'},
    github: {contents: 'write'},
  })
  for (const {run: script = ''} of [...jobs.npm!.steps, ...jobs.github!.steps])
    expect(script).not.toMatch(/npm (?:ci|install|run|exec)|npx/)
})
