import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {testDataAround} from '../src/text/test-data.ts'
import {git, repository, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

const BROKEN = '[gone](gone.md)\n'

/** Run offline. @returns the exit code and the report without the duration */
async function run(root: string, ...args: string[]) {
  const {code, out, err} = await doccheck(root, ['--offline', ...args])
  expect(err).toBe('')
  return {code, out: out.replace(/ in \d+\.\d s/, '')}
}

/** The pages with messages, in order. */
async function reported(root: string, ...args: string[]): Promise<string[]> {
  const {out} = await doccheck(root, ['--offline', '--reporter', 'json', ...args])
  const files: {path: string; messages: unknown[]}[] = JSON.parse(out)
  return files.flatMap(({path, messages}) => (messages.length > 0 ? [path] : []))
}

describe('testDataAround', () => {
  it.each([
    ['fixtures/a.md', 'fixtures/'],
    ['pkg/Fixtures/deep/a.md', 'pkg/Fixtures/'],
    ['test/fixtures/README.md', 'test/fixtures/'],
    ['test-fixtures/a.md', 'test-fixtures/'],
    ['a/__fixtures__/docs/a.md', 'a/__fixtures__/'],
    ['docs/__snapshots__/a.md', 'docs/__snapshots__/'],
    ['src/__tests__/a.md', 'src/__tests__/'],
    ['pkg/testdata/testdata/a.md', 'pkg/testdata/'],
    ['TestData/a.md', 'TestData/'],
    ['test_data/a.md', 'test_data/'],
    ['tests/unit/a.md', 'tests/'],
    ['spec/a.verified.md', '*.verified.md'],
    ['spec/a.received.md', '*.received.md'],
  ])('%s is in %s', (file, place) => expect(testDataAround(file)).toBe(place))

  it.each([
    'fixtures.md',
    'tests/README.md',
    'tests/unit/readme.txt.md',
    'testing/a.md',
    'examples/a.md',
    'spec/a.md',
    'docs/tests/a.md',
    'docs/test-data/a.md',
    'pkg/doc/fixtures/a.md',
    'unverified.md',
  ])('%s is not test data', (file) => expect(testDataAround(file)).toBeUndefined())
})

describe('the presets', () => {
  const files = {
    'README.md': BROKEN,
    'fixtures/a.md': BROKEN,
    'tests/b.md': BROKEN,
    'tests/b.test.js': '',
    'tests/README.md': BROKEN,
  }

  it('leave out test data, and the summary says so', async () => {
    const {code, out} = await run(folder(files))
    expect(code).toBe(1)
    expect(out).toContain(
      '2 files checked: 2 errors\n2 files of test data not checked (fixtures/, tests/); name them to check them\n',
    )
    expect(await reported(folder(files))).toEqual(['README.md', 'tests/README.md'])
  })

  it('say nothing of test data if there is none', async () =>
    expect((await run(folder({'a.md': '# A\n'}))).out).toBe('1 file checked: no problems\n'))

  it('do not call it a success if nothing was checked', async () =>
    expect(await run(folder({'fixtures/a.md': BROKEN}))).toEqual({
      code: 0,
      out: '0 files checked\n1 file of test data not checked (fixtures/); name them to check them\n',
    }))

  it('do not call it a success in a job summary either', async () => {
    const {out} = await run(folder({'fixtures/a.md': BROKEN}), '--reporter', 'markdown')
    expect(out).toBe('**doccheck** checked no files\n')
  })

  it('name at most three folders, as the user would type them', async () => {
    const root = folder({
      'x/fixtures/a.md': '',
      ...Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`docs/${name}/testdata/x.md`, ''])),
    })
    expect((await run(path.join(root), 'docs')).out).toContain(
      '4 files of test data not checked (docs/a/testdata/, docs/b/testdata/, docs/c/testdata/, …)',
    )
  })

  it.each(['strict', 'recommended'])('%s is one of them', async (name) =>
    expect(await reported(folder({...files, '.doccheckrc.json': JSON.stringify({extends: name})}))).toEqual([
      'README.md',
      'tests/README.md',
    ]),
  )

  it('are not in effect where none is extended', async () => {
    const config = {extends: [], rules: {'no-broken-link': 'error'}}
    expect(await reported(folder({...files, '.doccheckrc.json': JSON.stringify(config)}))).toEqual([
      'README.md',
      'fixtures/a.md',
      'tests/README.md',
      'tests/b.md',
    ])
  })
})

describe('test data is checked', () => {
  const files = {
    'README.md': '# Readme\n',
    'tests/fixtures/a.md': BROKEN,
    'tests/fixtures/b.md': BROKEN,
    'tests/run.py': '',
  }
  const [a, b] = ['tests/fixtures/a.md', 'tests/fixtures/b.md']

  it.each([
    [[a], [a]],
    [['tests'], [a, b]],
    [['tests/fixtures/'], [a, b]],
    [['.', a], [a]],
    [['tests/fixtures/*.md'], [a, b]],
    [['**/*.md'], []],
    [['**/*.md', '!tests/**'], []],
    [['**/*.md', b], [b]],
  ])('if it is named: %j', async (args, pages) =>
    expect(await reported(folder(files), ...args)).toEqual(pages),
  )

  it('in a folder of it', async () =>
    expect(await reported(path.join(await repository(files), 'tests/fixtures'))).toEqual(['a.md', 'b.md']))

  it('on standard input', async () => {
    const {code} = await doccheck(folder(files), ['--offline', '--stdin', '--stdin-filename', a], {
      input: BROKEN,
    })
    expect(code).toBe(1)
  })

  it('by one line of configuration', async () =>
    expect(await reported(folder({...files, '.doccheckrc.yaml': 'testData: true\n'}))).toEqual([a, b]))

  it('with --test-data', async () => expect(await reported(folder(files), '--test-data')).toEqual([a, b]))

  it.each([
    ['testData: false\n', []],
    ['extends: recommended\n', ['--no-test-data']],
  ])('never where that is asked for: %j %j', async (config, flags) => {
    const {code, out} = await run(folder({...files, '.doccheckrc.yaml': config}), ...flags, a)
    expect({code, out}).toEqual({
      code: 0,
      out: '0 files checked\n1 file of test data not checked (tests/fixtures/)\n',
    })
  })
})

describe('pages that are published or explained are no test data:', () => {
  it('a section of docs about tests', async () =>
    expect(
      await reported(
        folder({'runtime/test/a.md': BROKEN, 'runtime/test/a.png': '', 'runtime/test/meta.json': ''}),
      ),
    ).toEqual(['runtime/test/a.md']))

  it('a section of a site, unless the whole site is test data', async () => {
    const site = {'_config.yml': 'title: A\n', 'tests/a.md': '[gone](gone.md)\n', 'tests/a.js': ''}
    const below = (prefix: string) =>
      Object.fromEntries(Object.entries(site).map(([name, text]) => [`${prefix}/${name}`, text]))
    const args = ['--rule', 'no-broken-link: error']
    expect(await reported(folder(below('web')), ...args)).toEqual(['web/tests/a.md'])
    const only = {'next.config.js': '', 'a/fixtures/a.md': BROKEN, 'a/__tests__/a.md': '[gone](../gone.md)\n'}
    expect((await run(folder(only))).out).toContain('1 file of test data not checked (a/__tests__/)')
    expect(await reported(folder(below('fixtures/web')), ...args)).toEqual([])
  })
})

it('links lead to test data, and its pages are read', async () => {
  const root = folder({
    'a.md': '[b](fixtures/b.md#there)\n[c](fixtures/b.md#gone)\n',
    'fixtures/b.md': '# There\n',
  })
  const {out} = await run(root)
  expect(out).toContain('missing anchor `#gone`')
  expect(out).toContain('1 file checked: 1 error\n')
})

it('a change to test data is not reported, one that breaks links to it is', async () => {
  const root = await repository({'a.md': '[b](fixtures/b.md)\n', 'fixtures/b.md': '# B\n'})
  await git(root, 'commit', '-qm', 'a')
  await git(root, 'mv', 'fixtures/b.md', 'fixtures/c.md')
  write(root, {'fixtures/d.md': BROKEN})
  await git(root, 'add', '--all')
  expect(await reported(root, '--staged')).toEqual(['a.md'])
  expect(await reported(root, '--since', 'main')).toEqual(['a.md'])
  expect(await reported(root, '--since', 'main', '--test-data')).toEqual(['a.md', 'fixtures/d.md'])
})

it('`doccheck sites` counts no test data', async () => {
  const {out} = await doccheck(folder({'a.md': '', 'fixtures/b.md': ''}), ['sites'])
  expect(out).toContain('1 page')
})

it('`doccheck config` tells when test data is checked', async () => {
  const root = folder({'.doccheckrc.yaml': 'testData: true\n'})
  expect(JSON.parse((await doccheck(root, ['config'])).out).testData).toBe('always')
  expect(JSON.parse((await doccheck(root, ['config', '--no-config'])).out).testData).toBe('named')
})

it('hooks that pass names leave out test data', () => {
  for (const entry of readFileSync('.pre-commit-hooks.yaml', 'utf8').matchAll(/^ {2}entry: (.*)$/gm))
    expect(entry[1]).toMatch(/--no-test-data|--staged/)
})
