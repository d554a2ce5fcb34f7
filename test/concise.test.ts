import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {command} from './needs.ts'
import {doccheck, folder} from './run-doccheck.ts'

const DOCS = {
  'docs/a: 1.md': '# A\n\n[a](gone[1].md) [b](b.md#x)\n',
  'docs/b.md': '# B\n\n[unused]: b.md\n',
}
const FOUND = [
  ['docs/a: 1.md', 3, 5, 'error', 'Unexpected link to missing file `gone[1].md`', 'no-broken-link'],
  [
    'docs/a: 1.md',
    3,
    21,
    'error',
    'Unexpected link to missing anchor `#x` in `docs/b.md`',
    'no-missing-anchor',
  ],
  ['docs/b.md', 3, 1, 'warning', 'Unexpected unused definition `unused`', 'no-unused-definition'],
]
const docs = readFileSync('docs/reports.md', 'utf8')

const report = async (cwd: string, ...args: string[]) => {
  const {out, err, code} = await doccheck(cwd, ['--reporter', 'concise', ...args])
  expect([err, code]).toEqual(['', 1])
  return out
}

it('prints one line for each finding and nothing else', async () => {
  expect(await report(folder(DOCS))).toBe(
    FOUND.map(
      ([file, line, column, severity, message, rule]) =>
        `${file}:${line}:${column}: ${severity} ${message} [${rule}]\n`,
    ).join(''),
  )
  expect((await doccheck(folder({'a.md': '# A\n'}), ['--reporter', 'concise'])).out).toBe('')
})

it('is read by the problem matcher of the docs', async () => {
  const [, json] = /```json\n(\{\n {2}"version"[\s\S]*?)```/.exec(docs)!
  const {pattern} = JSON.parse(json!).tasks[0].problemMatcher
  const found = (await report(folder(DOCS)))
    .trimEnd()
    .split('\n')
    .map((line) => {
      const match = new RegExp(pattern.regexp).exec(line)!
      const {file, line: row, column, severity, message, code} = pattern
      return [
        match[file],
        Number(match[row]),
        Number(match[column]),
        match[severity],
        match[message],
        match[code],
      ]
    })
  expect(found).toEqual(FOUND)
})

const vim = command('vim (Debian: vim)', ['vim'])

it.runIf(vim)('fills the quickfix list of Vim by the setting of the docs', async () => {
  const cwd = folder({...DOCS, 'docs/a: 1.md': '# A\n'})
  const out = await report(folder(DOCS))
  const [setting] = /^set errorformat=.*$/m.exec(docs)!
  const files = folder({'list.txt': out})
  const result = path.join(files, 'result.json')
  execFileSync(
    vim!,
    [
      ...['-es', '-u', 'NONE', '-N', '-c', setting],
      ...['-c', `cgetfile ${path.join(files, 'list.txt')}`],
      '-c',
      `call writefile([json_encode(map(getqflist(), {_, q -> [bufname(q.bufnr), q.lnum, q.col, q.type, q.text]}))], '${result}')`,
      ...['-c', 'qa!'],
    ],
    {cwd},
  )
  expect(JSON.parse(readFileSync(result, 'utf8'))).toEqual(
    FOUND.map(([file, line, column, severity, message, rule]) => [
      file,
      line,
      column,
      (severity as string)[0],
      `${message} [${rule}]`,
    ]),
  )
})

it('has colors on a terminal only', async () => {
  const {out} = await doccheck(folder(DOCS), ['--reporter', 'concise'], {terminal: true, columns: 20})
  expect(out).toContain('\x1b[31merror\x1b[39m')
  expect(out.trimEnd().split('\n')).toHaveLength(FOUND.length)
  expect(await report(folder(DOCS))).not.toContain('\x1b')
})
