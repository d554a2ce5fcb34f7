import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import type {Example} from '../src/rule/docs.ts'
import {ENV} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'
import {docsOf} from './source-comments.ts'

const CLI = path.resolve('node_modules/remark-cli/cli.js')

/** Nothing is asked of the network: the proxy is closed. */
const OFFLINE = {...ENV, HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: ''}

interface Message {
  line: number
  fatal: boolean | null
  ruleId: string
  reason: string
}

/** Messages as `line severity rule: message`, by path. */
function byPath(report: string): Map<string, string[]> {
  const said = new Map<string, string[]>()
  for (const {path: name, messages} of JSON.parse(report) as {path: string; messages: Message[]}[])
    said.set(
      path.normalize(name),
      messages.map(
        ({line, fatal, ruleId, reason}) => `${line} ${fatal ? 'error' : 'warning'} ${ruleId}: ${reason}`,
      ),
    )
  return said
}

/** What remark-cli says of the pages below a folder. */
function saidByRemark(cwd: string): Map<string, string[]> {
  const report = path.resolve('node_modules/vfile-reporter-json/index.js')
  const words = [CLI, '.', '--report', report]
  return byPath(spawnSync('node', words, {cwd, encoding: 'utf8', env: OFFLINE, maxBuffer: 1 << 26}).stderr)
}

/** A configuration with a built rule, as the readme has it: behind remark-lint. */
function configOf(rule: string, options: object): string {
  const own = [path.resolve(`dist/rules/${rule}.js`), ['error', options]]
  return JSON.stringify({plugins: [path.resolve('node_modules/remark-lint/index.js'), own]})
}

/** The examples of all rules, each with its rule. */
const examples = [...builtIn.keys()].flatMap((rule) =>
  docsOf(rule).examples.map((example) => ({...example, rule})),
)

const optionsOf = ({title}: Example): object => JSON.parse(/with (\{.*\})$/.exec(title)?.[1] ?? '{}')

// `npm test` builds the rules first.
it('with remark-lint loaded, remark-cli says of the examples of all rules what doccheck says', async () => {
  const files: Record<string, string> = {}
  for (const [index, example] of examples.entries()) {
    files[`${index}/.remarkrc.json`] = configOf(example.rule, optionsOf(example))
    for (const [, name] of example.title.matchAll(/`([^`{]+)`/g)) files[`${index}/${name}`] = '# x\n'
    files[`${index}/page.md`] = example.markdown
  }
  const root = folder(files)
  const said = saidByRemark(root)
  for (const [index, example] of examples.entries()) {
    const severityOf = (rule: string) =>
      rule === example.rule ? JSON.stringify(['error', optionsOf(example)]) : 'off'
    const words = [...builtIn.keys()].flatMap((rule) => ['--rule', `${rule}: ${severityOf(rule)}`])
    const {out} = await doccheck(path.join(root, `${index}`), [
      ...['page.md', '--offline', '--no-config', '--reporter', 'json'],
      ...words,
    ])
    const expected = byPath(out).get('page.md')!
    expect(expected).toHaveLength(example.messages.length)
    expect([example, said.get(path.join(`${index}`, 'page.md'))]).toEqual([example, expected])
  }
})

/** Pages that end with what is wrong, each in another kind of node, and the line that it is on. */
const ENDS: [rule: string, markdown: string, line: number][] = [
  ['no-broken-link', '[a](gone.md)', 1],
  ['no-broken-link', '# A\n\n[a](gone.md)', 3],
  ['no-broken-link', '# A\n\n[a](gone.md "a title")\n\n\n', 3],
  ['no-broken-link', '# A\n\n[](gone.md)', 3],
  ['no-broken-link', '# A\n\n![](gone.png)\n', 3],
  ['no-broken-link', '# A\n\n[![](gone.png)](#a)\n', 3],
  ['no-broken-link', '# A\n\n*[**a**](gone.md)*\n', 3],
  ['no-broken-link', '- a\n\n  > [a](gone.md)\n', 3],
  ['no-broken-link', 'a\n# [a](gone.md)\n', 2],
  ['no-broken-link', '<div>\n<a href="gone.md">a</a>\n</div>\n', 2],
  ['no-broken-link', 'a <a href="gone.md">b</a>', 1],
  ['no-broken-link', '[a]\n\n[a]: gone.md\n', 3],
  ['no-broken-link', '\uFEFFa\n\n[a](gone.md)', 3],
  ['no-broken-link', 'a\r\n\r\n[a](gone.md)\r\n', 3],
  ['no-missing-anchor', 'a\n\n[a](#gone)\n', 3],
  ['no-undefined-reference', 'a\n\n[a][b]\n', 3],
  ['no-undefined-reference', 'a\n\n![a][b]', 3],
  ['no-unused-definition', 'a\n\n[a]: b', 3],
  ['no-duplicate-definition', '[a]\n\n[a]: b\n[a]: c', 4],
  ['front-matter', '---\na: 1\na: 2\n---', 3],
]

it('with remark-lint loaded, nothing at the end of a page is lost', () => {
  const files: Record<string, string> = {}
  for (const [index, [rule, markdown]] of ENDS.entries()) {
    files[`${index}/.remarkrc.json`] = configOf(rule, {})
    files[`${index}/page.md`] = markdown
  }
  const said = saidByRemark(folder(files))
  const found = ENDS.map(([rule, markdown], index) => {
    const lines = said.get(path.join(`${index}`, 'page.md'))!
    return [rule, markdown, ...lines.map((line) => line.replace(/: Unexpected .*/, ''))]
  })
  expect(found).toEqual(ENDS.map(([rule, markdown, line]) => [rule, markdown, `${line} error ${rule}`]))
})
