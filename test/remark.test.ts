import path from 'node:path'
import remarkFrontmatter from 'remark-frontmatter'
import remarkLint from 'remark-lint'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import {unified} from 'unified'
import {VFile} from 'vfile'
import {expect, it} from 'vitest'
import noBrokenLink from '../rules/no-broken-link.ts'
import noMissingAnchor from '../rules/no-missing-anchor.ts'
import noUndefinedReference from '../rules/no-undefined-reference.ts'
import {doccheck, folder} from './world.ts'

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
    ['no-broken-link', true, 3, 5],
    ['no-undefined-reference', false, 3, 22],
  ])
})

it('runs remark-lint plugins of the configuration beside its own rules', async () => {
  const cwd = folder({
    'a.md': '# A\n\n## A\n\n[x](gone.md)\n\n<!-- lint disable no-duplicate-headings -->\n\n## A\n',
    '.doccheckrc.json': JSON.stringify({
      plugins: [path.resolve('node_modules/remark-lint-no-duplicate-headings/index.js')],
    }),
  })
  const {out, code} = await doccheck(cwd, [])
  expect(out).toMatch(/3:1-3:5 +warning .*no-duplicate-headings/)
  expect(out).toMatch(/5:5-5:12 +error .*no-broken-link/)
  expect(out).toContain('1 error, 1 warning')
  expect(code).toBe(1)
})

it('takes rules of your own files', async () => {
  const rule = `
    import {defineRule} from ${JSON.stringify(path.resolve('dist/index.js'))}
    export default defineRule(
      {name: 'no-shouting', needs: 'page', severity: 'warn', options: {limit: 3}},
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
  expect(out).toMatch(/1:1-1:9 +error +Unexpected shouting +no-shouting/)
  expect(out).toContain('1 error')
})

it('gives a rule that needs the tree its syntax tree', async () => {
  const rule = `
    import {defineRule} from ${JSON.stringify(path.resolve('dist/index.js'))}
    export default defineRule({name: 'no-break', needs: 'tree', severity: 'error', options: {}}, (page, {tree, report}) => {
      for (const {type, position} of tree.children)
        if (type === 'thematicBreak') report({start: position.start.offset, end: position.end.offset, message: 'Unexpected break'})
    })`
  const cwd = folder({
    'a.md': '# A\n\n---\n',
    'no-break.mjs': rule,
    '.doccheckrc.json': '{"plugins": ["./no-break.mjs"]}',
  })
  const {out} = await doccheck(cwd, [])
  expect(out).toMatch(/3:1-3:4 +error +Unexpected break +no-break/)
  expect(out).toContain('1 error')
})
