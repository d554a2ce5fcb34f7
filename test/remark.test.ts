import {readFileSync, renameSync, rmSync} from 'node:fs'
import path from 'node:path'
import {setImmediate} from 'node:timers/promises'
import remarkFrontmatter from 'remark-frontmatter'
import remarkLint from 'remark-lint'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import {unified} from 'unified'
import {VFile} from 'vfile'
import {expect, it} from 'vitest'
import frontMatter from '../rules/front-matter.ts'
import noBrokenLink from '../rules/no-broken-link.ts'
import noMissingAnchor from '../rules/no-missing-anchor.ts'
import noUndefinedReference from '../rules/no-undefined-reference.ts'
import {ruleUrl} from '../src/report/package-info.ts'
import {repository, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'

it('runs a rule in a remark processor, with options, severities and comments', async () => {
  const text =
    '# A\n\n[x](gone.md) [y](#b) [z][u]\n\n<!-- lint ignore no-broken-link -->\n\n[w](gone-too.md)\n'
  const cwd = folder({'a.md': text})
  const file = new VFile({cwd, path: path.join(cwd, 'a.md'), value: text})
  await unified()
    .use(remarkParse)
    .use(remarkStringify)
    .use(remarkFrontmatter)
    .use(remarkLint)
    .use(noBrokenLink, ['error'])
    .use(noMissingAnchor, {except: ['b']})
    .use(noUndefinedReference)
    .process(file)
  expect(file.messages.map(({ruleId, fatal, line, column}) => [ruleId, fatal, line, column])).toEqual([
    ['no-broken-link', true, 3, 1],
    ['no-undefined-reference', false, 3, 22],
  ])
  expect(file.messages.map(({url}) => url)).toEqual(['no-broken-link', 'no-undefined-reference'].map(ruleUrl))
})

it('puts messages where editors can put what is expected', async () => {
  const text = '# A\n\nSee *[the a](B.md "b")*.\n\n<a href="B.md">b</a>\n\n[a]: B.md\n'
  const cwd = folder({'a.md': text, 'b.md': '# B\n'})
  const file = new VFile({cwd, path: path.join(cwd, 'a.md'), value: text})
  await unified().use(remarkParse).use(remarkStringify).use(remarkLint).use(noBrokenLink).process(file)
  const repaired = file.messages.map(({place, expected}) => {
    const {start, end} = place as {start: {offset: number}; end: {offset: number}}
    return [text.slice(start.offset, end.offset), ...expected!]
  })
  expect(repaired).toEqual([
    ['[the a](B.md "b")', '[the a](b.md "b")'],
    ['B.md', 'b.md'],
    ['B.md', 'b.md'],
  ])
})

it('loses nothing of a page without any text', async () => {
  const cwd = folder({'a.md': '\n\n'})
  const file = new VFile({cwd, path: path.join(cwd, 'a.md'), value: '\n\n'})
  const schemas = [{files: ['**'], schema: {required: ['title']}}]
  await unified()
    .use(remarkParse)
    .use(remarkStringify)
    .use(remarkLint)
    .use(frontMatter, {schemas})
    .process(file)
  expect(file.messages.map(({reason}) => reason)).toEqual([
    'Unexpected page without front matter, expected `title`',
  ])
})

it('loses no message of a remark-lint plugin at the end of a page, unless a comment switches it off', async () => {
  const plugin = `export default function () {
    return (tree, file) => {
      file.message('Unexpected end', {place: tree.position.end, source: 'remark-lint', ruleId: 'no-end'})
      const {line, column, offset} = tree.children.at(-1).position.end
      file.message('Unexpected end', {place: {line, column: column - 1, offset: offset - 1}, source: 'remark-lint', ruleId: 'no-end'})
    }
  }`
  const cwd = folder({
    'a.md': '# A\n\n[a](b.md)',
    'b.md': '<!-- lint disable no-end -->\n\n[a](a.md)',
    'end.mjs': plugin,
    '.doccheckrc.json': '{"plugins": ["./end.mjs"]}',
  })
  const {out} = await doccheck(cwd, ['--reporter', 'json'])
  const told = JSON.parse(out).map(({messages}: {messages: {line: number; column: number}[]}) =>
    messages.map(({line, column}) => [line, column]),
  )
  expect(told).toEqual([
    [
      [3, 9],
      [3, 10],
    ],
    [],
  ])
})

/** A process that goes on: the same processor for each run, as language servers have it. */
function linter(cwd: string) {
  const processor = unified()
    .use(remarkParse)
    .use(remarkStringify)
    .use(remarkLint)
    .use(noBrokenLink)
    .use(noMissingAnchor)
  return async (name: string) => {
    const file = new VFile({
      cwd,
      path: path.join(cwd, name),
      value: readFileSync(path.join(cwd, name), 'utf8'),
    })
    await processor.process(file)
    return file.messages.map(({reason}) => reason.replace(/^Unexpected link to missing /, ''))
  }
}

it.each(['a folder', 'a git work tree'])(
  'sees what changes between two runs in one process: %s',
  async (kind) => {
    const page = '[b](b.md#b) [c](sub/c.md) [d](/d)\n'
    const cwd = kind === 'a folder' ? folder({'a.md': page}) : await repository({'a.md': page})
    const lint = linter(cwd)
    expect(await lint('a.md')).toEqual(['file `b.md#b`', 'file `sub/c.md`', 'file `/d`'])
    write(cwd, {'b.md': '# B\n', 'sub/c.md': '# C\n'})
    expect(await lint('a.md')).toEqual(['file `/d`'])
    write(cwd, {'b.md': '# Beta\n'})
    expect(await lint('a.md')).toEqual(['file `/d`', 'anchor `#b` in `b.md`'])
    renameSync(path.join(cwd, 'sub/c.md'), path.join(cwd, 'sub/other.md'))
    expect(await lint('a.md')).toEqual(['file `sub/c.md`', 'file `/d`', 'anchor `#b` in `b.md`'])
    rmSync(path.join(cwd, 'b.md'))
    expect(await lint('a.md')).toEqual(['file `b.md#b`', 'file `sub/c.md`', 'file `/d`'])
    const config = {'.vitepress/config.mjs': 'export default {}\n'}
    write(cwd, {'b.md': '# B\n', 'sub/c.md': '# C\n', 'd.md': '# D\n', ...config})
    expect(await lint('a.md')).toEqual([])
    // The build of a site may create what git ignores; a repository's host never has it.
    write(cwd, {'.gitignore': 'sub\n'})
    expect(await lint('a.md')).toEqual([])
    rmSync(path.join(cwd, '.vitepress'), {recursive: true})
    expect(await lint('a.md')).toHaveLength(2)
  },
)

it('a run sees the files that were there when it began, whatever runs are under way', async () => {
  const cwd = await repository({'a.md': '[b](b.md)\n'})
  const lint = linter(cwd)
  for (let turns = 0; turns < 30; turns++) {
    rmSync(path.join(cwd, 'b.md'), {force: true})
    const before = lint('a.md')
    for (let turn = 0; turn < turns ** 2; turn++) await setImmediate()
    write(cwd, {'b.md': '# B\n'})
    expect(await lint('a.md')).toEqual([])
    await before
  }
})

it('runs remark-lint plugins of the configuration beside its own rules', async () => {
  const cwd = folder({
    'a.md': '# A\n\n## A\n\n[x](gone.md)\n\n<!-- lint disable no-duplicate-headings -->\n\n## A\n',
  })
  const plugins = [path.resolve('node_modules/remark-lint-no-duplicate-headings/index.js')]
  // Only a configuration outside of the tree may name files outside.
  const outside = folder({'config.json': JSON.stringify({plugins})})
  const {out, code} = await doccheck(cwd, ['--config', path.join(outside, 'config.json')])
  expect(out).toMatch(/3:1 +warning .*no-duplicate-headings/)
  expect(out).toMatch(/5:5 +error .*no-broken-link/)
  expect(out).toContain('1 error, 1 warning')
  expect(code).toBe(1)
})

it('takes rules of your own files', async () => {
  const rule = `
    import {defineRule} from ${JSON.stringify(path.resolve('dist/index.js'))}
    export default defineRule(
      {name: 'no-shouting', url: 'https://a.test/no-shouting', needs: 'page', severity: 'warn', options: {limit: 3}},
      (page, {options, report}) => {
        for (const {start, end, text} of page.headings)
          if (text.length > options.limit && text === text.toUpperCase()) report({start, end, message: 'Unexpected shouting'})
      },
    )`
  const config = {plugins: ['./no-shouting.mjs'], rules: {'no-shouting': ['error', {limit: 5}]}}
  const cwd = folder({
    'a.md': '# LOUDER\n\n# HEY\n',
    'no-shouting.mjs': rule,
    '.doccheckrc.json': JSON.stringify(config),
  })
  const {out} = await doccheck(cwd, [])
  expect(out).toMatch(/1:1 +error +Unexpected shouting \[no-shouting\]/)
  expect(out).toContain('1 error')
  const report = JSON.parse((await doccheck(cwd, ['--reporter', 'json'])).out)
  expect(report[0].messages[0].url).toBe('https://a.test/no-shouting')
})

it('gives a rule that needs the tree its syntax tree', async () => {
  const rule = `
    import {defineRule} from ${JSON.stringify(path.resolve('dist/index.js'))}
    export default defineRule({name: 'no-break', needs: 'mdast', severity: 'error', options: {}}, (page, {tree, report}) => {
      for (const {type, position} of tree.children)
        if (type === 'thematicBreak') report({start: position.start.offset, end: position.end.offset, message: 'Unexpected break'})
    })`
  const cwd = folder({
    'a.md': '# A\n\n---\n',
    'no-break.mjs': rule,
    '.doccheckrc.json': '{"plugins": ["./no-break.mjs"]}',
  })
  const {out} = await doccheck(cwd, [])
  expect(out).toMatch(/3:1 +error +Unexpected break \[no-break\]/)
  expect(out).toContain('1 error')
})
