import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {VFile} from 'vfile'
import {expect, it} from 'vitest'
import {messageAsShown} from '../src/report/shown-paths.ts'
import {git, repository} from './repository.ts'
import {doccheck} from './run-doccheck.ts'

const FILES = {
  'docs/guide/a.md': '# A\n\n[b](../b.md#no)\n\n[up](../../top.md#no)\n\n[x](x.md)\n',
  'docs/b.md': '# B\n',
  'top.md': '# Top\n',
}

/** The output in the root and in a folder, where both check that folder. */
async function inBoth(root: string, ...words: string[]) {
  const folder = path.join(root, 'docs/guide')
  const above = await doccheck(root, ['docs/guide', '--offline', ...words])
  const inside = await doccheck(folder, ['--offline', ...words])
  return {above: above.out, inside: inside.out}
}

it('names files in places and messages relative to the working directory', async () => {
  const {above, inside} = await inBoth(await repository(FILES))
  expect(above).toMatch(/^docs\/guide\/a\.md:3:5 /)
  expect(above).toContain('`#no` in `docs/b.md`')
  expect(above).toContain('`#no` in `top.md`')
  expect(inside).toMatch(/^a\.md:3:5 /)
  expect(inside).toContain('`#no` in `../b.md`')
  expect(inside).toContain('`#no` in `../../top.md`')
})

it('does so in JSON, targets included', async () => {
  const {inside} = await inBoth(await repository(FILES), '--reporter', 'json')
  const [{path: name, messages}] = JSON.parse(inside)
  expect(name).toBe('a.md')
  expect(messages.map(({target}: {target: object}) => target)).toEqual([
    {file: '../b.md', name: 'no'},
    {file: '../../top.md', name: 'no'},
    {file: 'x.md'},
  ])
  expect(messages[0].reason).toContain('in `../b.md`')
})

it.each(['sarif', 'gitlab', 'github', 'rdjson', 'junit', 'markdown'])(
  'makes no difference to reports whose paths are those of the repository: %s',
  async (reporter) => {
    const {above, inside} = await inBoth(await repository(FILES), '--reporter', reporter)
    // The time that a run takes is in some.
    const timeless = (text: string) => text.replace(/in \d+\.\d s/g, '')
    expect(above).toContain('docs/b.md')
    expect(timeless(inside)).toBe(timeless(above))
  },
)

it('makes no difference to baselines', async () => {
  const root = await repository(FILES)
  await doccheck(root, ['baseline', '--offline'])
  const baseline = ['--baseline', path.join(root, '.doccheck-baseline.json')]
  const {above, inside} = await inBoth(root, ...baseline)
  for (const out of [above, inside]) {
    expect(out).toContain('no problems')
    expect(out).toContain('3 known problems')
  }
})

it('makes no difference to which problems of a change are known, and is kept in their causes', async () => {
  const root = await repository(FILES)
  await git(root, 'commit', '-qm', 'x')
  await git(root, 'mv', 'docs/b.md', 'docs/c.md')
  const {above, inside} = await inBoth(root, '--since', 'HEAD')
  expect(above).toContain('(docs/b.md was renamed to docs/c.md in this change)')
  expect(inside).toContain('(../b.md was renamed to ../c.md in this change)')
  expect(above).toContain('2 known problems not shown')
  expect(inside).toContain('2 known problems not shown')
})

it('leaves other text of a message alone that looks like the path', () => {
  const message = new VFile({path: 'a.md'}).message(
    'Unexpected link to `x/b.md`, `/b.md`, `#b.md` and `b.md-` in `b.md` (b.md was deleted in this change)',
  )
  Object.assign(message, {
    paths: ['b.md'],
    change: 'b.md was deleted in this change',
    changePaths: ['b.md'],
  })
  expect(messageAsShown(message, (file) => `../${file}`).reason).toBe(
    'Unexpected link to `x/b.md`, `/b.md`, `#b.md` and `b.md-` in `../b.md` (../b.md was deleted in this change)',
  )
})

it('names the page on which a step takes too long', async () => {
  const root = await repository({'docs/guide/a.md': '# A\n'})
  mkdirSync(path.join(root, 'rules'))
  writeFileSync(
    path.join(root, 'rules/fails.mjs'),
    'const rule = {name: "fails", needs: "page", severity: "error", options: {}, check() { throw new Error("no") }}\nexport default Object.assign(() => {}, {rule})\n',
  )
  writeFileSync(
    path.join(root, '.doccheckrc.json'),
    JSON.stringify({plugins: ['./rules/fails.mjs'], rules: {fails: 'error'}}),
  )
  const {inside} = await inBoth(root)
  expect(inside).toContain('rule fails on a.md: no')
})
