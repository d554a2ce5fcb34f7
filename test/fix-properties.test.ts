import {type ChildProcess, spawn} from 'node:child_process'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {globbySync} from 'globby'
import {expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {check} from '../src/engine/check.ts'
import type {CheckResult} from '../src/engine/types.ts'
import {applyFixes} from '../src/fix/edits.ts'
import {sameBlocks} from '../src/page/same-blocks.ts'
import type {PlatformName} from '../src/site/registry.ts'
import {isMarkdownFile} from '../src/text/markdown-files.ts'
import {diskTree} from '../src/tree/disk.ts'
import {withTexts} from '../src/tree/overlay.ts'
import type {Tree} from '../src/tree/tree.ts'
import {copyOf, folder} from './run-doccheck.ts'

const rules = [...builtIn.values()]
  .filter(({needs}) => needs !== 'remote')
  .map((rule) => ({rule, severity: 'error' as const, options: rule.options}))

const checked = (tree: Tree, platform?: PlatformName): Promise<CheckResult> =>
  check({
    tree,
    files: [...tree.files].filter((file) => isMarkdownFile(file)).sort(),
    rulesFor: () => rules,
    ...(platform && {platform}),
  })

/** A finding in words; without its noun for a broken link, since a definition counts as an image once one uses it. */
const line = (page: string, rule: string, message: string) =>
  `${page} ${rule} ${rule === 'no-broken-link' ? message.replace(/^Unexpected [^`]*/, '') : message}`

/** What is found, without where it stands. */
const told = ({pages}: CheckResult) =>
  pages
    .flatMap(({path: page, findings}) => findings.map(({rule, message}) => line(page, rule, message)))
    .sort()

/** Apply every safe fix of a tree, one at a time, and see that it mends what it is for and nothing else. */
async function eachFixHolds(tree: Tree, platform?: PlatformName): Promise<number> {
  const before = await checked(tree, platform)
  let count = 0
  for (const {path: page, findings} of before.pages)
    for (const finding of findings) {
      if (!finding.fix?.safe) continue
      count++
      const text = await tree.read(page)
      const {text: after, applied} = applyFixes(text, [finding.fix])
      const where = `${page}: ${finding.message}\n${text}\n→\n${after}`
      expect(applied, where).toHaveLength(1)
      // What would change the page's blocks is not applied.
      if (!sameBlocks(text, after)) continue
      const result = told(await checked(withTexts(tree, new Map([[page, after]])), platform))
      const left = told(before)
      expect(left.splice(left.indexOf(line(page, finding.rule, finding.message)), 1)).toHaveLength(1)
      // One fix may mend several findings; it brings no new one.
      for (const each of result) expect(left, where).toContain(each)
      expect(result.length, where).toBeLessThanOrEqual(left.length)
      // Fixed again, nothing changes.
      const again = await check({
        tree: withTexts(tree, new Map([[page, after]])),
        files: [page],
        rulesFor: () => rules.filter(({rule}) => rule.name === finding.rule),
        ...(platform && {platform}),
      })
      // Another definition of the same label may have taken its place.
      const same = (all: readonly {message: string}[]) =>
        all.filter(({message}) => message === finding.message).length
      expect(same(again.pages[0]!.findings), where).toBeLessThan(same(findings))
    }
  return count
}

it('hold for every safe fix in the fixtures', async () => {
  let count = 0
  for (const theme of globbySync('fixtures/*', {onlyDirectories: true}))
    count += await eachFixHolds(await diskTree(copyOf(theme)))
  expect(count).toBeGreaterThan(10)
})

const TARGETS = [
  'guide.md',
  'Guide.md',
  'sub/Deep.md',
  'sub/deep.md',
  'sub%2Fdeep.md',
  'deep.md',
  'my%20page.md',
  'My%20Page.md',
  'guide',
  'guide.html',
  'sub\\\\deep.md',
  '../guide.md',
  '/guide.md',
  'none.md',
  'a%2520b.md',
]
const FRAGMENTS = [
  '',
  '',
  '#one-two',
  '#One%20Two',
  '#one-two-1',
  '#twice-1',
  '#twice-2',
  '#nowhere',
  '#Straße',
]
const url = fc
  .tuple(fc.constantFrom(...TARGETS), fc.constantFrom(...FRAGMENTS))
  .map((parts) => parts.join(''))
const label = fc.constantFrom(
  'one',
  'One',
  'o-ne',
  'two words',
  'two-words',
  'Two  Words',
  'ǆ',
  'unused',
  'x*y*',
)
const block = fc.oneof(
  url.map((to) => `Text with [a link](${to} "title") in it.`),
  url.map((to) => `- item ![](<${to.replace('<', '')}>)\n- <a href="${to}">html</a>`),
  url.map((to) => `> quoted [link](${to})\n> over lines`),
  url.map((to) => `| a | b |\n|--|:-:|\n| [x](${to}) | y |`),
  fc.tuple(label, label).map(([text, to]) => `[${text}][${to}] and [${text}][] and ![${to}]`),
  fc.tuple(label, url).map(([name, to]) => `[${name}]: ${to}`),
  fc.tuple(label, url).map(([name, to]) => `- list\n\n[${name}]: <${to}> 'a title'\n\n- list`),
  fc.tuple(label, url).map(([name, to]) => `> [${name}]: ${to}`),
  label.map((text) => `## ${text}`),
  fc.tuple(label, label).map(([a, b]) => `([${a}[${b}]]) [${a} [${b}](none.md)][${b}]`),
  fc.constantFrom(
    '## One two',
    '# Twice',
    '```md\n[a](none.md)\n```',
    '<div>\n\n[a](guide)\n\n</div>',
    '* * *',
    'text  \nbreak',
  ),
)
const page = fc
  .tuple(fc.array(block, {maxLength: 7}), fc.constantFrom('\n', '\r\n'))
  .map(([blocks, eol]) => `${blocks.join('\n\n')}\n`.replaceAll('\n', eol))

it('hold for every safe fix of generated pages', async () => {
  const root = folder({
    'guide.md': '# Guide\n\n## One two\n\n## Twice\n\n## Twice\n\n## Straße\n',
    'sub/deep.md': '# Deep\n\n## One two\n',
    'my page.md': '# My page\n',
    'a b.md': '# A b\n',
  })
  const tree = await diskTree(root)
  let count = 0
  await fc.assert(
    fc.asyncProperty(page, fc.constantFrom('page.md', 'sub/page.md'), async (text, name) => {
      // More is certain where the platform is known.
      count += await eachFixHolds(withTexts(tree, new Map([[name, text]])), 'github')
    }),
    {numRuns: 300},
  )
  // About 240 fixes, with a deviation of 15 from run to run.
  expect(count).toBeGreaterThan(100)
})

const FILES = 200
const KILLS = 25

it(`leaves every file as it was or as it is to be when it is killed, ${KILLS} times over ${FILES} files`, async () => {
  const name = (index: number) => `page-${index}.md`
  const before = (index: number) => `# Page ${index}\n\n${'words '.repeat(300)}\n\n[a](Guide.md)\n`
  const after = (index: number) => before(index).replace('Guide.md', 'guide.md')
  const all = Array.from({length: FILES}, (_, index) => index)
  const cwd = folder({
    'guide.md': '# Guide\n',
    ...Object.fromEntries(all.map((index) => [name(index), before(index)])),
  })
  const start = () =>
    spawn(process.execPath, [path.resolve('bin/doccheck.js'), '--fix', '--offline', '--no-config'], {
      cwd,
      stdio: 'ignore',
    })
  const end = (child: ChildProcess) => new Promise((done) => child.on('close', done))
  const read = (index: number) => readFileSync(path.join(cwd, name(index)), 'utf8')
  const reset = () => {
    for (const index of all)
      if (read(index) !== before(index)) writeFileSync(path.join(cwd, name(index)), before(index))
  }
  await end(start())
  for (const index of all) expect(read(index)).toBe(after(index))
  let midway = 0
  for (let round = 0; round < KILLS; round++) {
    reset()
    const child = start()
    let isOver = false
    const ended = end(child).then(() => (isOver = true))
    // Files are written in order, so this one tells how far it has come.
    const index = Math.floor((FILES * round) / KILLS)
    while (!isOver && read(index) === before(index)) await new Promise((done) => setTimeout(done, 2))
    child.kill('SIGKILL')
    await ended
    const changed = all.filter((index) => read(index) !== before(index))
    for (const index of changed) expect(read(index)).toBe(after(index))
    if (changed.length > 0 && changed.length < FILES) midway++
  }
  expect(midway).toBeGreaterThan(0)
  // What the killed ones left behind is removed by each next run.
  expect(readdirSync(cwd).filter((each) => each.endsWith('.tmp')).length).toBeLessThanOrEqual(1)
  reset()
  await end(start())
  expect(readdirSync(cwd)).toHaveLength(FILES + 1)
})

it('keeps the old file where a new one has no room', async () => {
  const text = `${'words '.repeat(500)}\n\n[a](Guide.md)\n`
  const cwd = folder({'guide.md': '# Guide\n', 'large.md': text, 'small.md': '[a](Guide.md)\n'})
  // The shell lets no file grow over a kilobyte.
  const words = [
    '-c',
    'trap "" XFSZ; ulimit -f 1; exec "$0" "$@"',
    process.execPath,
    path.resolve('bin/doccheck.js'),
    '--fix',
    '--offline',
    '--no-config',
  ]
  const child = spawn('bash', words, {cwd, stdio: ['ignore', 'ignore', 'pipe']})
  let err = ''
  child.stderr.on('data', (data) => (err += data))
  const code = await new Promise((done) => child.on('close', done))
  expect(err).toBe('doccheck: large.md: Cannot be fixed: the file is larger than the system allows\n')
  expect(code).toBe(2)
  expect(readFileSync(path.join(cwd, 'large.md'), 'utf8')).toBe(text)
  expect(readFileSync(path.join(cwd, 'small.md'), 'utf8')).toBe('[a](guide.md)\n')
  expect(readdirSync(cwd).sort()).toEqual(['guide.md', 'large.md', 'small.md'])
})
