import {chmodSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {randomNumbers} from './random-numbers.ts'
import {git, repository, write} from './repository.ts'
import {copyOf, doccheck, folder} from './run-doccheck.ts'

const commit = async (root: string) => {
  await git(root, 'add', '--all')
  await git(root, 'commit', '-qm', 'x')
}

/** A text that no other page resembles. */
const text = (name: string) => `# ${name}\n\n${`About ${name} and what it does. `.repeat(20)}\n`

/** The numbers in a summary: what can be fixed, with `--unsafe` in addition, and what was fixed. */
function numbersIn(out: string): {safe: number; unsafe: number; fixed: number} {
  const numberIn = (pattern: RegExp) => Number((pattern.exec(out)?.[1] ?? '0').replaceAll(',', ''))
  return {
    safe: numberIn(/^Can be fixed: ([\d,]+) with `--fix`/m),
    unsafe: numberIn(/^Can be fixed: .*?([\d,]+)(?: more)? with `--fix --unsafe`/m),
    fixed: numberIn(/^([\d,]+) problems? fixed in /m),
  }
}

interface Announced {
  safe: number
  unsafe: number
}

/** Expect that a run announces as many fixes as `--fix` and `--fix --unsafe` then report, and reports as many in JSON. */
async function expectAnnounced(
  create: () => Promise<string>,
  words: readonly string[] = [],
): Promise<Announced> {
  const options = ['--offline', ...words]
  const root = await create()
  const {safe, unsafe} = numbersIn((await doccheck(root, options)).out)
  const json = JSON.parse((await doccheck(root, [...options, '--reporter', 'json'])).out)
  const fixes = json.flatMap((file: {messages: {fix?: {safe: boolean}}[]}) =>
    file.messages.flatMap(({fix}) => fix ?? []),
  )
  expect({
    safe: fixes.filter((fix: {safe: boolean}) => fix.safe).length,
    unsafe: fixes.filter((fix: {safe: boolean}) => !fix.safe).length,
  }).toEqual({safe, unsafe})
  const fixed = numbersIn((await doccheck(root, ['--fix', ...options])).out)
  expect(fixed.fixed).toBe(safe)
  expect(fixed.safe).toBe(0)
  const all = numbersIn((await doccheck(await create(), ['--fix', '--unsafe', ...options])).out)
  expect(all.fixed).toBe(safe + unsafe)
  return {safe, unsafe}
}

describe('what can be fixed is counted as it will be fixed', () => {
  it('by the history of git', async () => {
    const create = async () => {
      const root = await repository({
        'old.md': `${text('one')}\n## Setup\n\nHow to set it up.\n`,
        'a.md': '[a](old.md) [b](old.md#setup)\n\n[c](gone.md)\n',
        'b.md': '[d](a.md#nothing) [e](old.md)\n',
      })
      await commit(root)
      await git(root, 'mv', 'old.md', 'new.md')
      await commit(root)
      write(root, {'new.md': `${text('one')}\n## Set it up\n\nHow to set it up.\n`})
      await commit(root)
      return root
    }
    expect(await expectAnnounced(create)).toEqual({safe: 3, unsafe: 0})
  })

  it('with overlapping edits, edits that change blocks, and chains of them', async () => {
    const files = {
      'docs/guide.md': '# Guide\n\n## Get started\n\n## Options\n',
      'page.md': [
        '[a](docs/Guide.md#Get-Started-1) [b](docs/Guide.md) [c](docs/guid.md#optons)',
        '[![x](docs/Guide.md)](docs/Guide.md)',
        '[a][guide] [b][guide-]\n\n[guide]: docs/guide.md\n[unused]: docs/guide.md',
        '- a\n\n[unused2]: docs/guide.md\n\n- b',
      ].join('\n\n'),
    }
    const {safe, unsafe} = await expectAnnounced(async () => folder(files))
    expect(safe).toBeGreaterThan(3)
    expect(unsafe).toBeGreaterThan(0)
  })

  it('without files that may not be written', async () => {
    const root = folder({'docs/guide.md': '', 'a.md': '[a](docs/Guide.md)\n', 'b.md': '[a](docs/Guide.md)\n'})
    chmodSync(path.join(root, 'a.md'), 0o444)
    const {out} = await doccheck(root, ['--offline'])
    expect(out).toContain('2 errors')
    expect(numbersIn(out)).toEqual({safe: 1, unsafe: 0, fixed: 0})
    expect(numbersIn((await doccheck(root, ['--offline', '--fix'])).out)).toEqual({
      safe: 0,
      unsafe: 0,
      fixed: 1,
    })
  })

  it('without what --quiet hides', async () => {
    const files = {
      'guide.md': '',
      'a.md': '[a](Guide.md)\n\n[b]: guide.md\n[c]: guide.md\n\n[b] [c]\n\n[d]: guide.md\n',
    }
    const all = await expectAnnounced(async () => folder(files))
    const quiet = await expectAnnounced(async () => folder(files), ['--quiet'])
    expect(quiet).toEqual({safe: 1, unsafe: 0})
    expect(all.safe).toBeGreaterThan(1)
  })

  it('with a baseline, whose outdated entries are fixed as well', async () => {
    const create = async () => {
      const root = folder({'guide.md': '', 'a.md': '[a](Guide.md) [b](x.md) [c](y.md)\n'})
      await doccheck(root, ['baseline', '--offline'])
      writeFileSync(path.join(root, 'a.md'), '[a](Guide.md) [b](x.md)\n\n[d](./Guide.md)\n')
      return root
    }
    expect(
      (await doccheck(await create(), ['--offline', '--baseline', '.doccheck-baseline.json'])).out,
    ).toContain('Can be fixed: 2 with `--fix`')
    const {out} = await doccheck(await create(), [
      '--offline',
      '--fix',
      '--baseline',
      '.doccheck-baseline.json',
    ])
    expect(out).toContain('2 problems fixed in 2 files')
  })

  it.each([
    ['--since', 'HEAD~1'],
    ['--since', 'HEAD'],
  ])('of a change, with %s %s', async (...words) => {
    const create = async () => {
      const root = await repository({
        'old.md': text('one'),
        'guide.md': '',
        'a.md': '[a](Guide.md) [b](old.md)\n',
      })
      await commit(root)
      write(root, {'b.md': '[c](Guide.md)\n'})
      await commit(root)
      await git(root, 'mv', 'old.md', 'new.md')
      write(root, {'c.md': '[c](Guide.md) [d](old.md)\n'})
      return root
    }
    const {safe} = await expectAnnounced(create, words)
    expect(safe).toBe(words[1] === 'HEAD' ? 3 : 4)
  })

  it('of what is staged, if nothing else is changed', async () => {
    const root = await repository({'old.md': text('one'), 'a.md': '[b](old.md)\n'})
    await commit(root)
    await git(root, 'mv', 'old.md', 'new.md')
    const {safe} = numbersIn((await doccheck(root, ['--offline', '--staged'])).out)
    expect(safe).toBe(1)
    expect(numbersIn((await doccheck(root, ['--offline', '--fix'])).out).fixed).toBe(safe)
  })

  it('of several sites, and of generated trees', async () => {
    const next = randomNumbers(7)
    const among = <T>(all: readonly T[]): T => all[next(all.length)]!
    for (let round = 0; round < 3; round++) {
      const names = ['guide', 'setup', 'use', 'faq']
      const headings = ['Get started', 'Options', 'Node.js', 'Get started']
      const files: Record<string, string> = {'a/mkdocs.yml': 'site_name: A\n', 'b/_config.yml': 'title: B\n'}
      const link = () =>
        `[x](${among(['', './', '/', '../'])}${among(names)}${among(['.md', '', '.html', '.MD', 's.md'])}${among(['', '#options', '#Get-Started', '#get-started-1', '#nodejs', '#optoins'])})`
      for (const place of ['', 'a/docs/', 'b/'])
        for (const name of names)
          files[`${place}${name}.md`] = [
            `# ${name}`,
            ...headings.map((heading) => `## ${heading}`),
            ...Array.from({length: 6}, link),
            `[${among(names)}] [one][${among(names)}]`,
            `[${among(names)}]: ${among(names)}.md\n[${among(names)}]: ${among(names)}.md`,
          ].join('\n\n')
      const {safe, unsafe} = await expectAnnounced(async () => folder(files))
      expect(safe + unsafe).toBeGreaterThan(0)
    }
  })

  it('of the fixtures', async () => {
    for (const name of ['tour'])
      expect(await expectAnnounced(async () => copyOf(`fixtures/${name}`), ['--no-config'])).not.toEqual({
        safe: 0,
        unsafe: 0,
      })
  })
})
