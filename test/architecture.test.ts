import {readFileSync} from 'node:fs'
import path from 'node:path'
import {globbySync} from 'globby'
import {expect, it} from 'vitest'

/** Who may import whom among the project's own files, by folder or file; types may come from anywhere. */
const MAY: Record<string, string[]> = {
  'rules/': [
    'define-rule',
    'define-remote-rule',
    'labels',
    'nearest',
    'paths',
    'urls',
    'lines',
    'errors',
    'wildcard',
    'expression',
    'glob',
  ],
  page: ['page', 'errors', 'labels', 'plain', 'sorted', 'toml', 'yaml'],
  tree: ['tree', 'errors', 'make-folder'],
  site: [
    'site',
    'errors',
    'labels',
    'linear',
    'nearest',
    'paths',
    'plain',
    'realms',
    'sorted',
    'toml',
    'trim',
    'urls',
    'yaml',
  ],
  repair: ['check', 'errors', 'fix', 'page', 'tree'],
  fix: ['sorted'],
  'make-folder': [],
  remote: ['remote', 'errors', 'expression', 'make-folder', 'tree', 'wildcard'],
  report: [
    'report',
    'lines',
    'limit',
    'page',
    'about',
    'docs',
    'errors',
    'fix',
    'nearest',
    'owner',
    'paths',
    'read-texts',
    'rules',
    'sorted',
    'trim',
  ],
  owner: ['errors', 'tree'],
  config: [
    'config',
    'errors',
    'glob',
    'nearest',
    'owner',
    'plain',
    'remote',
    'rules',
    'site',
    'tree',
    'yaml',
  ],
  compare: ['report'],
  check: ['page', 'remote', 'world', 'errors', 'limit', 'mistakes'],
  world: ['errors', 'limit', 'mistakes', 'page', 'site', 'pool', 'read-texts', 'former', 'moves', 'urls'],
  former: [],
  moves: ['paths', 'realms', 'urls'],
  realms: [],
  // The words of the command line may use everything but each other's insides.
  cli: ['about', 'commands', 'report', 'site', 'errors', 'nearest'],
  localize: ['world', 'paths', 'tree', 'urls'],
}

const place = (file: string) => /^(?:src\/)?(rules\/|[\w-]+)/.exec(file)![1]!

it.each(globbySync(['src/**/*.ts', 'rules/*.ts']).sort())('%s imports only what it may', (file) => {
  const source = readFileSync(file, 'utf8')
  const own = place(file)
  const imports = [...source.matchAll(/(?:^import (?!type\b)[^'"]*?|\bimport\()['"]([^'"]+)['"]/gm)].map(
    (match) => match[1]!,
  )
  // A braced import of types only brings in no code.
  const code = imports.filter(
    (name) =>
      !new RegExp(`import \\{(?:\\s*type [^,}]+,?)+\\s*\\} from '${name.replaceAll('.', '\\.')}'`).test(
        source,
      ),
  )
  const local = code
    .filter((name) => name.startsWith('.'))
    .map((name) => place(path.join(path.dirname(file), name)))
    .filter((name) => name !== 'node_modules')
  const allowed = MAY[own]
  if (allowed) expect(local.filter((name) => !allowed.includes(name))).toEqual([])
  if (own === 'rules/') expect(code.filter((name) => name.startsWith('node:'))).toEqual([])
  // git is started in one place, which sees to it that it starts no other program; doccheck itself, in another.
  if (file !== 'src/tree/git.ts' && file !== 'src/engine/isolated.ts')
    expect(code.join()).not.toContain('child_process')
  if (file !== 'src/page/parser.ts') expect(code.join()).not.toContain('satteri')
})

it('keeps to the words of the design', () => {
  const folders = new Set(
    globbySync('src/**', {onlyDirectories: true}).map((folder) => path.basename(folder)),
  )
  for (const vague of ['utils', 'helpers', 'common', 'core', 'lib', 'misc'])
    expect(folders).not.toContain(vague)
})
