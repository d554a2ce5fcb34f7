import {execFileSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {gitIgnored} from '../src/pattern/gitignore.ts'
import {folder} from './run-doccheck.ts'

const NAMES = ['a', 'b.md', '.c', 'a b', 'ab.txt', '#d', '!e']
const PATHS = NAMES.flatMap((top) => [
  top,
  ...NAMES.flatMap((name) => [`${top}/${name}`, `${top}/x/${name}`]),
])

it.each([
  ['.*', '/a/'],
  ['a'],
  ['a/'],
  ['/a'],
  ['a/x'],
  ['*.md', '!b.md'],
  ['*.md', '!/b.md'],
  ['a', '!a/b.md'],
  ['a/*', '!a/x'],
  ['x/*', '!.c'],
  ['**/x'],
  ['x/**', '/.c/**/b.md'],
  ['a?', '?.md', '[.#]*'],
  ['\\#d', '\\!e', '# a', '', '   '],
  ['!a'],
  ['a b', 'ab.txt  '],
  ['[!a-c]*'],
])('ignores what Git ignores by %j', (...lines) => {
  const root = folder({'.gitignore': `${lines.join('\n')}\n`})
  execFileSync('git', ['init', '-q'], {cwd: root})
  const list = path.join(root, '.git/paths')
  writeFileSync(list, PATHS.join('\n'))
  let ignored: string[] = []
  try {
    const input = PATHS.join('\n')
    const out = execFileSync('git', ['-c', 'core.quotePath=false', 'check-ignore', '--no-index', '--stdin'], {
      cwd: root,
      input,
      encoding: 'utf8',
    })
    ignored = out.split('\n').filter(Boolean)
  } catch {
    // Git ignores none of them.
  }
  expect(PATHS.filter(gitIgnored(lines))).toEqual(ignored)
})
