import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const FILES = {'guide.md': '# Guide\n', 'docs/a.md': 'as it was\n'}
const run = (input: string | Uint8Array, ...args: string[]) => {
  const cwd = folder(FILES)
  return doccheck(cwd, ['--stdin', '--stdin-filename', 'docs/a.md', '--offline', ...args], {input}).then(
    (ran) => {
      expect(readFileSync(path.join(cwd, 'docs/a.md'), 'utf8')).toBe(FILES['docs/a.md'])
      return ran
    },
  )
}

describe('--stdin --fix', () => {
  it('prints the fixed text, and the report to standard error', async () => {
    const {out, err, code} = await run('\uFEFF[g](../Guide.md)\r\n', '--fix')
    expect(out).toBe('\uFEFF[g](../guide.md)\r\n')
    expect(err).toMatch(/^1 file checked .*: no problems\n1 problem fixed in 1 file\n$/)
    expect(code).toBe(0)
  })

  it('exits with 1 if problems are left', async () => {
    const {out, err, code} = await run('[g](../Guide.md) [x](gone.md)\n', '--fix', '-f', 'concise')
    expect(out).toBe('[g](../guide.md) [x](gone.md)\n')
    expect(err).toBe('docs/a.md:1:22: error Unexpected link to missing file `gone.md` [no-broken-link]\n')
    expect(code).toBe(1)
  })

  it.each(['', 'no line break', 'a\r\rb\n\n\n'])(
    'prints text without problems as it is: %j',
    async (text) => {
      expect(await run(text, '--fix')).toMatchObject({out: text, code: 0})
    },
  )

  it('prints nothing in place of what is not text', async () => {
    const {out, err, code} = await run(Buffer.from('\uFEFF# a', 'utf16le'), '--fix')
    expect([out, code]).toEqual(['', 2])
    expect(err).toBe('doccheck: docs/a.md: Cannot be read: it is UTF-16, expected UTF-8\n')
  })

  it('shows a diff with --diff', async () => {
    const {out, code} = await run('\uFEFF[g](../Guide.md)\n', '--diff')
    expect(out).toContain('-\uFEFF[g](../Guide.md)\n+\uFEFF[g](../guide.md)\n')
    expect(code).toBe(1)
  })

  it('prints ignored text as it is', async () => {
    const ran = await run('[g](../Guide.md)\n', '--fix', '--ignore-pattern', 'docs')
    expect(ran).toMatchObject({out: '[g](../Guide.md)\n', code: 0})
  })

  it.each(['--staged', '--since=HEAD', '--localize-images'])('is refused with %s', async (option) => {
    expect(await run('', '--fix', option)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/ cannot be used with --stdin\n$/),
    })
  })
})

describe('--fix-rule', () => {
  const TEXT = '[g](../Guide.md)\n\n[a]: ../guide.md\n'

  it.each([
    [['no-broken-link'], '[g](../guide.md)\n\n[a]: ../guide.md\n'],
    [['no-unused-definition'], '[g](../Guide.md)\n'],
    [['no-broken-link', 'no-unused-definition'], '[g](../guide.md)\n'],
  ])('fixes problems of %j only', async (rules, expected) => {
    const options = rules.flatMap((rule) => ['--fix-rule', rule])
    expect((await run(TEXT, '--fix', ...options)).out.trimEnd()).toBe(expected.trimEnd())
  })

  it('works with --diff, too', async () => {
    const {out} = await run(TEXT, '--diff', '--fix-rule', 'no-broken-link')
    expect(out.match(/^[-+](?![-+]).*$/gm)).toEqual(['-[g](../Guide.md)', '+[g](../guide.md)'])
  })

  it('leaves the other fixes to a later run', async () => {
    const {err} = await run(TEXT, '--fix', '--fix-rule', 'no-broken-link')
    expect(err).toContain('Can be fixed: 1 with `--fix`\n')
  })
})
