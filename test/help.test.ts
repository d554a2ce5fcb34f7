import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {COMMANDS} from '../src/cli/help.ts'
import {copyOf, doccheck, folder} from './run-doccheck.ts'

const helpOf = async (...words: string[]) => (await doccheck(folder(), [...words, '--help'])).out
const names = Object.keys(COMMANDS)

describe('--help', () => {
  it.each([[], ...names.map((name) => [name])])(
    'fits into 80 columns, examples on one line each: %s',
    async (...words) => {
      const help = await helpOf(...words)
      for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
      const [, examples = ''] = /\nExamples:\n([\s\S]*?)(?:\n\n|\n$)/.exec(help)!
      for (const line of examples.split('\n')) expect(line).toMatch(/^ {2}doccheck .* {2}\S/)
    },
  )

  it('lists each command on one line', async () => {
    const [list] = (await helpOf()).split('\n\n')
    expect(list!.split('\n')).toHaveLength(names.length + 1)
    for (const name of names) expect(list).toContain(`\ndoccheck ${name} `)
  })

  it('shows of a command its own options only', async () => {
    const optionsOf = async (name: string) => (await helpOf(name)).match(/(?<=^ {2}.{4})--[\w-]+/gm)
    expect(await optionsOf('rules')).toEqual(['--json', '--help', '--version'])
    expect(await optionsOf('init')).toEqual([
      '--hook',
      '--ci',
      '--preset',
      '--yes',
      '--force',
      '--help',
      '--version',
    ])
    expect(await optionsOf('sites')).toContain('--explain')
    expect(await optionsOf('sites')).not.toContain('--fix')
    expect(await helpOf('--offline', 'rules')).toContain('doccheck rules [name]\n')
  })

  it('lists every exit code, as the docs do', async () => {
    const codes = (text: string) => [...text.matchAll(/^ {2}(\d+) {2,}\S/gm)].map(([, code]) => code)
    expect(codes(await helpOf())).toEqual(['0', '1', '2', '130'])
    expect(codes(readFileSync('docs/command-line.md', 'utf8'))).toEqual(['0', '1', '2', '130'])
  })
})

describe('options', () => {
  const DOCS = {'a.md': '[b](b.md)\n\n[unused]: a.md\n'}

  it('have the short forms of ESLint', async () => {
    const cwd = folder({...DOCS, 'own.json': '{"rules": {"no-broken-link": "off"}}'})
    const {out, code} = await doccheck(cwd, ['-qf', 'concise', '-o', 'out.txt', '-c', 'own.json'])
    expect([out, code]).toEqual(['', 0])
    expect(readFileSync(path.join(cwd, 'out.txt'), 'utf8')).toBe('')
    expect((await doccheck(cwd, ['-v'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect((await doccheck(cwd, ['-h'])).out).toBe((await doccheck(cwd, ['--help'])).out)
  })

  it.each([
    [['--format', 'json'], /Unknown option --format, did you mean --reporter\?/],
    [['--ext', '.mdx'], /Unknown option --ext, did you mean a glob, such as 'docs\/\*\*\/\*\.mdx'\?/],
    [['--ignore', 'x'], /did you mean --ignore-pattern\?/],
    [['--exclude=x'], /did you mean --ignore-pattern\?/],
    [['--fix-dry-run'], /did you mean --diff\?/],
    [['--cache-file', 'x'], /did you mean --cache-location\?/],
    [['--output', 'x'], /did you mean --output-file\?/],
    [['--no-eslintrc'], /did you mean --no-config\?/],
    [['--unsafe-fixes'], /did you mean --fix --unsafe\?/],
    [['rules', '--staged'], /--staged cannot be used with `doccheck rules` \(see `doccheck rules --help`\)/],
    [
      ['sites', '--explaine'],
      /Unknown option --explaine, did you mean --explain\? \(see `doccheck sites --help`\)/,
    ],
    [['-c', 'a.json', '-c', 'b.json'], /--config cannot be given more than once/],
    [['-c', ''], /--config requires a value/],
    [['--fix-rule', 'no-broken-link'], /--fix-rule requires --fix or --diff/],
    [['--fix', '--fix-rule', 'no-brokn-link'], /for --fix-rule, did you mean 'no-broken-link'\?/],
    [
      ['-o', 'x.txt', '-f', 'text', '-f', 'json'],
      /--output-file takes one reporter; write `--reporter name:file`/,
    ],
    [['-o', 'x.txt', '-f', 'json:y.json'], /--output-file takes one reporter/],
    [['--ignore-pattern', '[[:alpha:]]*'], /Invalid value .* for --ignore-pattern/],
  ])('that doccheck does not take: %j', async (args, line) => {
    const {code, err, out} = await doccheck(folder(DOCS), args)
    expect(err).toMatch(line)
    expect([code, out, err.trimEnd().split('\n').length]).toEqual([2, '', 1])
  })

  it.each([
    [['--color=always'], true],
    [['--color=never'], false],
    [['--color=auto'], true],
  ])('for colors as in git and ruff: %j', async (args, colored) => {
    const {out} = await doccheck(folder(DOCS), args, {terminal: true})
    expect(out.includes('\x1b[31m')).toBe(colored)
  })

  it('write the report to a file', async () => {
    const cwd = folder(DOCS)
    const {out, code} = await doccheck(cwd, ['--output-file', 'reports/out.json', '--reporter', 'json'])
    expect([out, code]).toEqual(['', 1])
    expect(JSON.parse(readFileSync(path.join(cwd, 'reports/out.json'), 'utf8'))).toHaveLength(1)
    const both = await doccheck(cwd, ['-o', 'out.txt', '-f', 'concise', '-f', 'json:out.json'])
    expect(both.out).toBe('')
    expect(readFileSync(path.join(cwd, 'out.txt'), 'utf8')).toMatch(/^a\.md:1:5: error /)
  })

  it('exit with 0 all the same, but for failures', async () => {
    const run = async (...args: string[]) => (await doccheck(folder(DOCS), ['--exit-zero', ...args])).code
    expect(await run()).toBe(0)
    expect(await run('--max-warnings', '0')).toBe(0)
    expect(await run('--diff')).toBe(0)
    expect(await run('gone.md')).toBe(2)
  })
})

describe('rules --json', () => {
  it('describes each rule for programs', async () => {
    const rules = JSON.parse((await doccheck(folder(), ['rules', '--json'])).out)
    expect(rules.map(({name}: {name: string}) => name)).toContain('no-dead-link')
    const own = JSON.parse((await doccheck(folder(), ['rules', 'no-dead-link', '--json'])).out)
    expect(own).toMatchObject({
      name: 'no-dead-link',
      description: expect.stringMatching(/^Reports links to other hosts/),
      severity: {recommended: 'off', strict: 'error'},
      fixable: true,
      options: {type: 'object', properties: {redirected: {default: expect.any(String)}}},
      url: expect.stringMatching(/^https:.*no-dead-link/),
    })
    expect(rules).toContainEqual(own)
  })

  it('says of a rule that it is fixable if any of its findings in the fixtures is', async () => {
    const {out} = await doccheck(copyOf('fixtures'), ['--offline', '--test-data', '-f', 'json'])
    const files: {messages: {ruleId: string; fix?: object}[]}[] = JSON.parse(out)
    const fixed = new Set(
      files.flatMap(({messages}) => messages).flatMap(({ruleId, fix}) => (fix ? [ruleId] : [])),
    )
    const rules: {name: string; fixable: boolean}[] = JSON.parse(
      (await doccheck(folder(), ['rules', '--json'])).out,
    )
    const fixable = rules.filter((rule) => rule.fixable).map(({name}) => name)
    expect(fixable).toEqual(expect.arrayContaining([...fixed]))
    expect(fixable.filter((name) => !fixed.has(name))).toEqual([
      // Their fixes need schemas, a definition twice, or the network, and have tests of their own.
      'front-matter',
      'no-dead-link',
      'no-duplicate-definition',
      'no-unreachable-image',
    ])
  })
})
