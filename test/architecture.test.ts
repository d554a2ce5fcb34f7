import {readFileSync} from 'node:fs'
import path from 'node:path'
import {globbySync} from 'globby'
import {describe, expect, it} from 'vitest'

/**
 * The folders each folder may import from, types included, lowest first: a folder imports from those above it in this
 * table. Biome keeps circles of files out.
 */
const MAY: Record<string, readonly string[]> = {
  'src/text': [],
  'src/errors': ['text'],
  'src/pattern': ['errors', 'text'],
  'src/data': ['errors', 'pattern', 'text'],
  'src/tree': ['errors', 'text'],
  'src/redirects': ['data', 'text'],
  'src/page': ['data', 'errors', 'redirects', 'text'],
  'src/site': [
    'data',
    'errors',
    'page',
    'pattern',
    'redirects',
    'text',
    'tree',
    'site/shared',
    'site/described',
    'site/fit',
    'site/platforms',
  ],
  'src/site/evidence': ['site', 'text'],
  'src/site/shared': ['data', 'errors', 'page', 'pattern', 'text', 'tree', 'site'],
  'src/site/described': ['page', 'text', 'tree', 'site', 'site/shared'],
  'src/site/fit': ['page', 'text', 'tree', 'site', 'site/shared', 'site/described'],
  'src/site/platforms': ['data', 'page', 'pattern', 'text', 'tree', 'site', 'site/shared'],
  'src/history': ['page', 'site', 'site/shared', 'text'],
  'src/repository': ['errors', 'site', 'site/shared', 'text', 'tree'],
  'src/remote': ['data', 'errors', 'pattern', 'text', 'tree'],
  'src/rule': ['page', 'pattern', 'remark', 'remote', 'site', 'text'],
  rules: ['data', 'errors', 'page', 'pattern', 'rule', 'site', 'text'],
  'src/engine': [
    'errors',
    'history',
    'page',
    'redirects',
    'remote',
    'repository',
    'rule',
    'site',
    'site/evidence',
    'text',
    'tree',
  ],
  'src/change': ['engine', 'errors', 'page', 'rule', 'site', 'text', 'tree'],
  'src/fix': ['engine', 'errors', 'page', 'remote', 'rule', 'text', 'tree'],
  'src/report': [
    'change',
    'engine',
    'errors',
    'fix',
    'page',
    'remote',
    'rule',
    'rules',
    'site',
    'text',
    'tree',
  ],
  'src/remark': ['engine', 'errors', 'page', 'remote', 'report', 'rule', 'tree'],
  'src/config': ['data', 'engine', 'errors', 'pattern', 'remote', 'rule', 'rules', 'site', 'text', 'tree'],
  'src/run': [
    'change',
    'config',
    'engine',
    'errors',
    'fix',
    'pattern',
    'redirects',
    'remark',
    'remote',
    'report',
    'rule',
    'rules',
    'site',
    'text',
    'tree',
  ],
  'src/api': ['config', 'data', 'engine', 'errors', 'fix', 'report', 'rule', 'rules', 'run', 'text', 'tree'],
  'src/cli': [
    'change',
    'config',
    'engine',
    'errors',
    'fix',
    'page',
    'remote',
    'report',
    'repository',
    'rule',
    'rules',
    'run',
    'site',
    'text',
    'tree',
  ],
  // The entry points: the public interface, the command line, what a thread runs.
  'src/index.ts': ['api', 'config', 'errors', 'page', 'remote', 'rule', 'site', 'text'],
  'src/main.ts': ['cli', 'tree'],
  'src/worker.ts': ['engine', 'errors', 'remote'],
}

/** Imports of folders further down in the table, which no circle of files comes of. */
const UPWARDS = [
  // What all parts of sites share stands in src/site itself: the types, and what a platform is.
  'src/site → src/site/shared',
  'src/site → src/site/described',
  'src/site → src/site/fit',
  'src/site → src/site/platforms',
  // A rule is a remark plugin, too, and loads doccheck only when remark runs it.
  'src/rule → src/remark',
]

/** Platforms with the rules of another one, by whose code they are described. */
const BUILT_ON: Readonly<Record<string, string>> = {foam: 'obsidian', zensical: 'mkdocs'}

const files = globbySync(['src/**/*.ts', 'rules/*.ts']).sort()
const UNITS = Object.keys(MAY).sort((a, b) => b.length - a.length)

/** The row of the table that a file belongs to. */
const unitOf = (file: string) => UNITS.find((unit) => file === unit || file.startsWith(`${unit}/`))

/** All modules that a file imports, of types and dynamic ones as well. */
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:^import |\bfrom |\bimport\()['"]([^'"\s]+)['"]/gm)].map(
    ([, name]) => name!,
  )

/** The platform that a file belongs to. */
const platformOf = (file: string) => /^src\/site\/platforms\/([\w-]+)\//.exec(file)?.[1]

describe.each(files)('%s', (file) => {
  const own = unitOf(file)
  const imports = importsOf(file)
  const local = imports
    .filter((name) => name.startsWith('.'))
    .map((name) => path.join(path.dirname(file), name))
    .filter((target) => !target.startsWith('node_modules/'))

  it('imports only from the folders it may', () => {
    expect(own, 'the table names its folder').toBeDefined()
    const units = local.map((target) => unitOf(target)).filter((unit) => unit !== own)
    const allowed = MAY[own!]!.map((name) => (name === 'rules' ? name : `src/${name}`))
    expect(units.filter((unit) => !allowed.includes(unit!))).toEqual([])
  })

  it('is shorter than 300 lines', () => {
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(300)
  })

  it('knows no other platform than its own', () => {
    const platform = platformOf(file)
    if (platform === undefined) return
    const others = local.map(platformOf).filter((other) => other !== undefined && other !== platform)
    expect(others.filter((other) => other !== BUILT_ON[platform])).toEqual([])
  })

  it('knows platforms only if it lists them', () => {
    const platforms = local.map(platformOf).filter((platform) => platform !== undefined)
    if (platformOf(file) === undefined && file !== 'src/site/registry.ts') expect(platforms).toEqual([])
  })

  it('starts no program and loads no parser behind the back of those who may', () => {
    // git is started in one place, which sees to it that it starts no other program; doccheck itself, in another.
    if (file !== 'src/tree/git.ts' && file !== 'src/engine/isolated.ts')
      expect(imports.join()).not.toContain('child_process')
    if (file !== 'src/page/parser.ts') expect(imports.join()).not.toContain('satteri')
    if (own === 'rules') expect(imports.filter((name) => name.startsWith('node:'))).toEqual([])
  })
})

it.each(files.filter((file) => file.startsWith('src/page/')))('%s names no platform', (file) => {
  // Comments may name one as the source of a rule; MyST is a dialect, too, and `next` a word.
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, '')
  const names = globbySync('src/site/platforms/*', {onlyDirectories: true}).map((folder) =>
    path.basename(folder),
  )
  const named = names.filter((name) => new RegExp(name, 'i').test(code))
  expect(named.filter((name) => name !== 'myst' && name !== 'next')).toEqual([])
})

it('is a table of layers, in which imports go one way', () => {
  const rows = Object.keys(MAY)
  const upwards = rows.flatMap((row, index) =>
    MAY[row]!.map((name) => (name === 'rules' ? name : `src/${name}`))
      .filter((target) => rows.indexOf(target) > index)
      .map((target) => `${row} → ${target}`),
  )
  expect(upwards).toEqual(UPWARDS)
})

it('is explained in the docs, a line for each folder', () => {
  const docs = readFileSync('docs/architecture.md', 'utf8')
  const explained = [...docs.matchAll(/^\| `([^`]+)\/` \|/gm)].map(([, folder]) => folder)
  expect(explained.sort()).toEqual(UNITS.filter((unit) => !unit.endsWith('.ts')).sort())
})

it('has no row for a folder that is gone, and only entry points beside the folders', () => {
  for (const unit of UNITS) expect(files.map(unitOf)).toContain(unit)
  expect(globbySync('src/*.ts').sort()).toEqual(['src/index.ts', 'src/main.ts', 'src/worker.ts'])
})

/** The modules that are loaded with a file, types and dynamic imports left out. */
const loadedWith = (file: string) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type\b)(?:[^'"]+? from )?['"]([^'"\s]+)['"]$/gm,
    ),
  ].map(([, name]) => name!)

it('loads at the start only the packages that every run needs', () => {
  const loaded = new Set(['src/main.ts'])
  const packages = new Set<string>()
  for (const file of loaded)
    for (const name of file.startsWith('node_modules/') ? [] : loadedWith(file))
      if (name.startsWith('.')) loaded.add(path.join(path.dirname(file), name))
      else if (!name.startsWith('node:')) packages.add(name)
  expect([...packages].sort()).toEqual([
    'entities',
    'escape-string-regexp',
    'fastest-levenshtein',
    'github-slugger',
    'htmlparser2',
    'satteri',
    'vfile',
  ])
})

it('keeps to the words of the design', () => {
  const folders = new Set(
    globbySync('src/**', {onlyDirectories: true}).map((folder) => path.basename(folder)),
  )
  for (const vague of ['utils', 'helpers', 'common', 'core', 'lib', 'misc'])
    expect(folders).not.toContain(vague)
})
