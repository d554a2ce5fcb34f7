import {execFileSync} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync, renameSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import path from 'node:path'
import {describe, expect, it, onTestFinished, vi} from 'vitest'
import {applyFixes, Doccheck, type DoccheckOptions, defineRule, UserError} from '../src/index.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** A page with a safe fix in line 3, a suggestion in line 4, and a mistake without a fix in line 5. */
const PAGE = '# A\n\n😀 [one](B.md)\n[two](b.md#headings)\n[three](c.md)\n'
const FILES = {'docs/a.md': PAGE, 'docs/b.md': '# B\n\n## Heading\n'}

const open = (cwd: string, options: DoccheckOptions = {}) =>
  new Doccheck({cwd, offline: true, env: {}, ...options})

describe('findings', () => {
  it('have positions by line and column from 1, and by offset from 0, in UTF-16 units', async () => {
    const {files} = await open(folder({'docs/a.md': `\uFEFF${PAGE}`, 'docs/b.md': '# B\n'})).checkFiles()
    const [first] = files[0]!.findings
    expect(first).toMatchObject({rule: 'no-broken-link', severity: 'error', source: 'doccheck'})
    // The emoji is two units, and the byte order mark none.
    expect(first).toMatchObject({line: 3, column: 10, endLine: 3, endColumn: 14, start: 14, end: 18})
    expect(PAGE.slice(first!.start, first!.end)).toBe('B.md')
    expect(first!.fix).toEqual({edits: [{start: 14, end: 18, text: 'b.md'}], safe: true})
    expect(first!.expected).toEqual(['b.md'])
  })

  it('are those of the command line, and survive JSON', async () => {
    const root = folder(FILES)
    const results = await open(root).checkFiles()
    const {out} = await doccheck(root, ['--offline', '--reporter', 'json'])
    const printed: {path: string; messages: {reason: string; line: number; ruleId: string}[]}[] =
      JSON.parse(out)
    const short = JSON.parse(JSON.stringify(results)).files.map((file: (typeof results.files)[0]) => [
      file.path,
      file.findings.map(({message, line, rule}) => [message, line, rule]),
    ])
    expect(short).toEqual(
      printed.map((file) => [file.path, file.messages.map((each) => [each.reason, each.line, each.ruleId])]),
    )
    expect(results).toMatchObject({errorCount: 3, warningCount: 0, warnings: [], failures: []})
  })

  it('name files relative to the folder of the program, and have no position if they are about a file', async () => {
    const root = folder({'docs/a.md': '[a](c.md)\n', 'docs/bad.md': Buffer.from([0xff, 0xfe, 0x00])})
    const {files} = await open(path.join(root, 'docs')).checkFiles('.')
    expect(files.map((file) => file.path)).toEqual(['a.md', 'bad.md'])
    expect(files[0]!.file).toBe(path.join(root, 'docs/a.md'))
    expect(files[1]!.findings[0]).toMatchObject({rule: 'unreadable', severity: 'error'})
    expect(files[1]!.findings[0]).not.toHaveProperty('line')
  })

  it('count links that could not be judged', async () => {
    const root = folder({
      'docusaurus.config.js': 'export default {plugins: ["unknown-plugin"]}\n',
      'docs/a.md': '[x](/elsewhere/x)\n',
    })
    const {files, notJudged} = await open(root).checkFiles()
    const total = (counts: Record<string, number>) =>
      Object.values(counts).reduce((sum, each) => sum + each, 0)
    expect(total(notJudged)).toBe(1)
    expect(total(files.find((file) => file.path === 'docs/a.md')!.notJudged)).toBe(1)
  })
})

describe('an instance', () => {
  it('reads the configuration and the files anew for each check', async () => {
    const root = folder(FILES)
    const own = open(root)
    expect((await own.checkFiles()).errorCount).toBe(3)
    writeFileSync(path.join(root, 'docs/c.md'), '# C\n')
    expect((await own.checkFiles()).errorCount).toBe(2)
    writeFileSync(path.join(root, '.doccheckrc.json'), '{"rules": {"no-broken-link": "off"}}')
    expect((await own.checkFiles()).errorCount).toBe(1)
    renameSync(path.join(root, 'docs/b.md'), path.join(root, 'docs/B.md'))
    expect((await own.checkText(PAGE, {path: 'docs/a.md'})).files[0]!.findings).toHaveLength(0)
  })

  it('prints nothing, handles no signals and leaves the exit code alone, even if a check fails', async () => {
    const written = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'))
    onTestFinished(() => {
      for (const spy of written) spy.mockRestore()
    })
    const before = process.eventNames().map((name) => [name, process.listenerCount(name)])
    const root = folder(FILES)
    await open(root, {fix: true}).checkFiles()
    await expect(open(root).checkFiles('missing.md')).rejects.toThrow(UserError)
    expect(written.map((spy) => spy.mock.calls)).toEqual([[], []])
    expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(before)
    expect(process.exitCode).toBeUndefined()
  })

  it('works beside others, each with its own options', async () => {
    const [one, two] = [folder(FILES), folder({'a.md': '[x](y.md)\n'})]
    const all = [
      open(one),
      open(two),
      open(one, {rules: {'no-broken-link': 'off'}}),
      open(one, {quiet: true}),
    ]
    const results = await Promise.all(all.map((each) => each.checkFiles()))
    expect(results.map(({errorCount}) => errorCount)).toEqual([3, 1, 1, 3])
  })

  it('takes a configuration as an object, with rules as functions', async () => {
    const rule = defineRule({name: 'own', needs: 'page', options: {}, severity: 'warn'}, (_page, {report}) =>
      report({start: 0, end: 1, message: 'Unexpected page'}),
    )
    const own = open(folder(FILES), {
      config: {
        plugins: [rule],
        overrides: [{files: 'docs/a.md', rules: {'no-broken-link': 'off'}}],
        ignore: ['docs/b.md'],
      },
    })
    const {files} = await own.checkFiles()
    expect(files.map((file) => [file.path, file.findings.map((finding) => finding.rule)])).toEqual([
      ['docs/a.md', ['own', 'no-missing-anchor']],
    ])
    expect(await own.listRules()).toContainEqual({
      name: 'own',
      severity: 'warn',
      options: {},
      isPlugin: true,
    })
    expect((await own.configFor('docs/b.md')).isIgnored).toBe(true)
    expect((await own.configFor('docs/a.md')).rules).not.toHaveProperty('no-broken-link')
    expect((await own.configFor('docs/a.md')).rules['no-missing-anchor']![0]).toBe('error')
  })

  it('reports what fails in a rule as a failure, on its page', async () => {
    const rule = defineRule({name: 'own', needs: 'page', options: {}, severity: 'warn'}, ({path}) => {
      if (path === 'docs/b.md') throw new Error('no luck')
    })
    const {failures, files} = await open(folder(FILES), {config: {plugins: [rule]}}).checkFiles()
    expect(failures.map(({message}) => message)).toEqual(['rule own on docs/b.md: no luck'])
    expect(files[1]!.findings.map((finding) => finding.rule)).toEqual(['unchecked'])
  })

  it.each([
    [{cwdd: '.'}, 'Unknown key "cwdd". Did you mean "cwd"?'],
    [{fix: 'yes'}, '"fix" must be true or false'],
    [{config: 3}, '"config" must be the path of a file, false, or a configuration'],
    [{unsafe: true}, '"unsafe" requires "fix"'],
    [{staged: true, since: 'main'}, '"staged" cannot be used with "since"'],
    [{staged: true, fix: true}, '"staged" cannot be used with "fix"'],
    [{cwd: '/no/such/folder'}, '"cwd" is not a folder: /no/such/folder'],
  ])('refuses the options %j', (options, message) => {
    expect(() => new Doccheck(options as DoccheckOptions)).toThrow(
      new UserError(`new Doccheck(): ${message}`),
    )
  })
})

it('refuses arguments of other types', async () => {
  expect(() => new Doccheck('docs' as never)).toThrow(
    new UserError('new Doccheck(): expected an object of options'),
  )
  const own = open(folder(FILES))
  const told = 'checkFiles(): expected a path or a list of paths, not 42'
  await expect(own.checkFiles(['docs', 42 as never])).rejects.toThrow(new UserError(told))
  await expect(own.checkFiles([])).rejects.toThrow(
    new UserError('checkFiles(): the list of paths is empty; leave it out to check everything'),
  )
  await expect(own.checkText(undefined as never)).rejects.toThrow(
    new UserError('checkText(): expected a text, not undefined'),
  )
  await expect(own.checkFiles('docs', {fix: true} as never)).rejects.toThrow(
    'checkFiles(): Unknown key "fix"',
  )
  await expect(own.checkText('', 'docs/a.md' as never)).rejects.toThrow(
    new UserError('checkText(): expected an object of options, not docs/a.md'),
  )
  await expect(own.checkText('', {paths: 'docs/a.md'} as never)).rejects.toThrow(
    new UserError('checkText(): Unknown key "paths". Did you mean "path"?'),
  )
  await expect(own.configFor(undefined as never)).rejects.toThrow(
    new UserError('configFor(): expected a path, not undefined'),
  )
})

describe('checkText', () => {
  it('takes links from the tree, whether or not the file exists', async () => {
    const own = open(folder(FILES))
    const {files} = await own.checkText('[b](b.md#heading) [x](x.md)\n', {path: 'docs/new.md'})
    expect(files.map(({path}) => path)).toEqual(['docs/new.md'])
    expect(files[0]!.findings.map(({target}) => target)).toEqual([{file: 'docs/x.md'}])
    expect((await own.checkText('[b](docs/b.md)\n')).errorCount).toBe(0)
    await expect(own.checkText('', {path: 'a.txt'})).rejects.toThrow('does not have a Markdown extension')
  })

  it('gives the fixed text with its byte order mark', async () => {
    const own = open(folder(FILES), {fix: true})
    const {files} = await own.checkText(`\uFEFF${PAGE}`, {path: 'docs/a.md'})
    expect(files[0]).toMatchObject({output: `\uFEFF${PAGE.replace('B.md', 'b.md')}`, fixCount: 1})
    expect(files[0]!.findings.map(({line}) => line)).toEqual([4, 5])
  })

  it('checks no change', async () => {
    const own = open(folder(FILES), {since: 'main'})
    await expect(own.checkText('')).rejects.toThrow('checkText() checks no change: "since" is set')
  })
})

describe('fixes', () => {
  it('are written only by outputFixes, and not over a change', async () => {
    const root = folder({...FILES, 'docs/d.md': '[b](B.md)\n'})
    const at = (name: string) => path.join(root, name)
    const results = await open(root, {fix: true, unsafe: true}).checkFiles()
    expect(results.files.map(({fixCount}) => fixCount)).toEqual([2, undefined, 1])
    expect(readFileSync(at('docs/a.md'), 'utf8')).toBe(PAGE)
    writeFileSync(at('docs/d.md'), 'mine\n')
    await expect(Doccheck.outputFixes(results)).rejects.toThrow(
      new UserError(`docs/d.md: Cannot be fixed: it has changed since; run doccheck again`),
    )
    expect(readFileSync(at('docs/d.md'), 'utf8')).toBe('mine\n')
    expect(readFileSync(at('docs/a.md'), 'utf8')).toBe(results.files[0]!.output)
    expect(results.files[0]!.output).toContain('[one](b.md)\n[two](b.md#heading)')
  })

  it('include entries of the baseline that are no longer needed', async () => {
    const root = folder(FILES)
    await doccheck(root, ['baseline', '--offline'])
    const options = {baseline: '.doccheck-baseline.json'}
    expect((await open(root, options).checkFiles()).errorCount).toBe(0)
    writeFileSync(path.join(root, 'docs/c.md'), '# C\n')
    const [obsolete] = (await open(root, options).checkFiles()).files.slice(-1)
    expect(obsolete).toMatchObject({path: '.doccheck-baseline.json', errorCount: 1})
    await Doccheck.outputFixes(await open(root, {...options, fix: true}).checkFiles())
    expect((await open(root, options).checkFiles()).errorCount).toBe(0)
    expect(readFileSync(path.join(root, '.doccheck-baseline.json'), 'utf8')).not.toContain('c.md')
  })

  it('can be applied to a text one by one', () => {
    const fix = {edits: [{start: 4, end: 8, text: 'b.md'}], safe: true}
    const harmful = {edits: [{start: 0, end: 1, text: '# ['}], safe: true}
    const applied = applyFixes('\uFEFF[a](B.md)\n', [fix, harmful])
    expect(applied).toEqual({text: '\uFEFF[a](b.md)\n', applied: [fix], refused: [harmful]})
  })
})

describe('format', () => {
  it('gives the report of the command line', async () => {
    const root = folder(FILES)
    const own = open(root)
    for (const reporter of ['json', 'gitlab', 'junit', 'github'])
      expect(await own.format(await own.checkFiles(), reporter)).toBe(
        (await doccheck(root, ['--offline', '--reporter', reporter])).out,
      )
  })

  it('leaves out what was removed from the results', async () => {
    const own = open(folder(FILES))
    const results = await own.checkFiles()
    results.files = results.files.filter(({path}) => path === 'docs/a.md')
    results.files[0]!.findings = results.files[0]!.findings.filter(({line}) => line === 5)
    const text = await own.format(results)
    expect(text).toContain('c.md')
    expect(text).not.toContain('B.md')
    expect(text).toMatch(/1 file checked.*: 1 error\n/)
  })

  it('refuses copies, and reporters that do not exist', async () => {
    const own = open(folder(FILES))
    const results = await own.checkFiles()
    await expect(own.format(structuredClone(results))).rejects.toThrow(UserError)
    await expect(Doccheck.outputFixes({...results})).rejects.toThrow(UserError)
    await expect(own.format(results, 'jso')).rejects.toThrow('did you mean json?')
  })
})

it('reports what a branch breaks', async () => {
  const root = folder()
  execFileSync('git', ['init', '-q', '-b', 'main'], {cwd: root})
  const commit = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text)
    execFileSync('git', ['add', '-A'], {cwd: root})
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-qm', 'x'], {cwd: root})
  }
  commit({'a.md': '[b](b.md) [old](gone.md)\n', 'b.md': '# B\n'})
  execFileSync('git', ['mv', 'b.md', 'c.md'], {cwd: root})
  commit({})
  const {files} = await open(root, {since: 'HEAD~1'}).checkFiles()
  expect(files.flatMap(({findings}) => findings).map(({target, change}) => [target, change])).toEqual([
    [{file: 'b.md'}, 'b.md was renamed to c.md in this change'],
  ])
})

describe('requests', () => {
  /** A server that answers with 404 once it is let, and counts. */
  async function server() {
    let letGo = () => {}
    const isLet = new Promise<void>((resolve) => (letGo = resolve))
    const asked: string[] = []
    const own = createServer(async (request, response) => {
      asked.push(request.url!)
      await isLet
      response.writeHead(404).end()
    })
    own.listen(0, '127.0.0.1')
    await once(own, 'listening')
    onTestFinished(() => {
      own.closeAllConnections()
      own.close()
    })
    const {port} = own.address() as AddressInfo
    const remote = {allowPrivate: [`127.0.0.1:${port}`], cache: false as const}
    return {url: `http://127.0.0.1:${port}`, remote, asked, letGo, own}
  }

  it('end with the signal, whose reason is thrown', async () => {
    const {url, remote, own} = await server()
    const abort = new AbortController()
    const checking = open(folder({'a.md': `![a](${url}/a.png)\n`}), {
      offline: false,
      config: {remote},
    }).checkFiles(undefined, {
      signal: abort.signal,
    })
    await once(own, 'request')
    abort.abort(new Error('enough'))
    await expect(checking).rejects.toThrow('enough')
  })

  it('of two checks at the same time stay as restricted as those of one', async () => {
    const [one, two] = [await server(), await server()]
    for (const {letGo} of [one, two]) letGo()
    // Each may go to its own server only.
    const page = `![a](${one.url}/a.png)\n![a](${two.url}/a.png)\n`
    const check = ({remote}: typeof one) =>
      open(folder({'a.md': page}), {offline: false, config: {remote}}).checkFiles()
    const results = await Promise.all([check(one), check(two)])
    expect(results.map(({files}) => files[0]!.findings.map(({line}) => line))).toEqual([[1], [2]])
    expect([one.asked, two.asked].map((asked) => new Set(asked))).toEqual([
      new Set(['/a.png']),
      new Set(['/a.png']),
    ])
  })

  it('before the check has begun are not made at all', async () => {
    const aborted = AbortSignal.abort()
    await expect(open(folder(FILES)).checkFiles(undefined, {signal: aborted})).rejects.toThrow('aborted')
  })
})
