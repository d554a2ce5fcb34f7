import {describe, expect, it} from 'vitest'
import {htmlReporter} from '../src/report/html.ts'
import {junitReporter} from '../src/report/junit.ts'
import {skippedLines} from '../src/report/skipped.ts'
import {doubt} from '../src/site/doubts.ts'
import {HARM, HOSTILE, reportOf} from './hostile-report.ts'
import {doccheck, folder} from './run-doccheck.ts'

const LETTERS = [...'abcdefghijkl']

/** A site with a link that is likely broken, and two that cannot be judged. */
const site = (more: Record<string, string> = {}) =>
  folder({
    'mkdocs.yml': 'site_name: x\nplugins: [search, unknownplugin]\n',
    'docs/links.md': `${LETTERS.map((letter) => `[x](guide/${letter}.md)`).join(' ')}\n\n[gone](guide/gone.md)\n`,
    ...Object.fromEntries(LETTERS.map((letter) => [`docs/guide/${letter}.md`, `# ${letter}\n`])),
    'docs/api.md': '[a](api/a.md) [b](api/b.md)\n',
    ...more,
  })

const LIKELY = 'all 12 other targets in docs/guide/ exist'
const MESSAGE = `Unexpected link to missing file \`guide/gone.md\` (likely: ${LIKELY})`
const REASON = 'the plugin unknownplugin may add pages or files'
const SKIPPED = `2 links not judged: ${REASON}`

const reported = async (name: string, root = site()) => {
  const {out, err, code} = await doccheck(root, ['--offline', '--reporter', name])
  expect([err, code]).toEqual(['', 0])
  return out
}

describe('a likely finding, and what was not judged', () => {
  it('are in text', async () => {
    const text = await reported('text')
    expect(text).toContain(`docs/links.md:3:8  warning  ${MESSAGE} [no-broken-link]\n`)
    expect(text.split('\n').slice(-4)).toEqual([
      expect.stringContaining(': 1 warning'),
      SKIPPED,
      expect.stringContaining('`doccheck rules no-broken-link`'),
      '',
    ])
  })

  it('are in json', async () => {
    const files = JSON.parse(await reported('json'))
    const of = (name: string) => files.find(({path}: {path: string}) => path === name)
    expect(of('docs/links.md')).toMatchObject({
      messages: [{reason: MESSAGE, likely: LIKELY, fatal: false, ruleId: 'no-broken-link'}],
    })
    expect(of('docs/api.md')).toMatchObject({messages: [], notJudged: {[REASON]: 2}})
    expect(of('docs/links.md')).not.toHaveProperty('notJudged')
  })

  it('are in sarif', async () => {
    const [run] = JSON.parse(await reported('sarif')).runs
    expect(run.results).toMatchObject([
      {level: 'warning', message: {text: MESSAGE}, properties: {likely: LIKELY}},
    ])
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      {level: 'note', descriptor: {id: 'not-judged'}, message: {text: SKIPPED}},
    ])
  })

  it('are in junit, where a case keeps its name when the evidence grows', async () => {
    const xml = await reported('junit')
    const name = '<testcase name="no-broken-link: Unexpected link to missing file `guide/gone.md`" '
    expect(xml).toContain(name)
    expect(xml).toContain(`<failure message="${MESSAGE}" type="warning">`)
    expect(xml).toContain(`    <system-out>${SKIPPED}</system-out>\n  </testsuite>`)
    const grown = {'docs/guide/new.md': '# N\n', 'docs/more.md': '[n](guide/new.md)\n'}
    const later = await reported('junit', site(grown))
    expect(later).toContain(name)
    expect(later).toContain('(likely: all 13 other targets in docs/guide/ exist)')
  })

  it('are in github', async () => {
    expect((await reported('github')).split('\n')).toEqual([
      `::warning file=docs/links.md,line=3,endLine=3,col=8,endColumn=21,title=doccheck no-broken-link::${MESSAGE}`,
      `::notice title=doccheck::${SKIPPED}`,
      '',
    ])
  })

  it('are in markdown, as far as its summary goes', async () => {
    const text = await reported('markdown')
    expect(text).toContain('## doccheck: 1 warning in 1 file\n')
    expect(text).toContain(
      `- \`docs/links.md:3\` warning: Unexpected link to missing file \`guide/gone.md\` (likely: \`${LIKELY}\`)`,
    )
    expect(text).toContain(`\n${SKIPPED}\n`)
    const none = await reported('markdown', site({'docs/links.md': '# L\n'}))
    expect(none).toBe(`**doccheck** found no problems in 14 files\n\n\`\`\`text\n${SKIPPED}\n\`\`\`\n`)
  })

  it('are in html', async () => {
    const html = await reported('html')
    expect(html).toContain('<h1><span class="warning">1 warning</span></h1>')
    expect(html).toContain(`<p class="note">Likely: ${LIKELY}</p>`)
    expect(html).toContain(`<p>${SKIPPED}</p>`)
    const none = await reported('html', site({'docs/links.md': '# L\n'}))
    expect(none).toContain('<h1><span class="good">No problems found in 14 pages</span></h1>')
    expect(none).toContain(`<p>${SKIPPED}</p>`)
    const judged = await reported('html', site({'docs/links.md': '# L\n', 'docs/api.md': '# A\n'}))
    expect(judged).toContain('<h1><span class="good">No problems in 14 pages</span></h1>')
  })

  it('are in gitlab and rdjson, which have no place for what was not judged', async () => {
    expect(JSON.parse(await reported('gitlab'))).toMatchObject([{description: MESSAGE, severity: 'minor'}])
    expect(JSON.parse(await reported('rdjson')).diagnostics).toMatchObject([
      {message: MESSAGE, severity: 'WARNING'},
    ])
  })
})

describe('the reasons for which links were not judged', () => {
  const skippedOn = (...names: string[]) =>
    names.map((name) => ({rule: 'no-broken-link', doubt: doubt('plugin-pages', name)}))

  it('are counted, most first, and beyond five together', async () => {
    const names = [...'aabcdefg']
    const {pages} = await reportOf([{path: 'a.md', skipped: skippedOn(...names)}])
    expect(skippedLines(pages)).toEqual([
      '2 links not judged: a may add pages or files',
      '1 link not judged: b may add pages or files',
      '1 link not judged: c may add pages or files',
      '1 link not judged: d may add pages or files',
      '1 link not judged: e may add pages or files',
      '2 links not judged for 2 other reasons',
    ])
    expect(junitReporter(await reportOf([{path: 'a.md', skipped: skippedOn(...names)}]))).toContain(
      '    <system-out>2 links not judged: a may add pages or files\n1 link not judged: b may',
    )
  })

  it('are cut if they are long', async () => {
    const {pages} = await reportOf([{path: 'a.md', skipped: skippedOn('x'.repeat(1e6))}])
    expect(skippedLines(pages)[0]!.length).toBeLessThan(300)
  })

  it.each(HOSTILE.map((name) => [name.slice(0, 30), name]))('do no harm: %j', async (_, name) => {
    const lines = skippedLines((await reportOf([{path: 'a.md', skipped: skippedOn(name)}])).pages)
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toMatch(HARM)
    expect(lines[0]).not.toMatch(/[\r\n]/)
  })

  it('do no harm in html', async () => {
    const name = '</script><img src=x onerror=alert(1)>'
    const report = await reportOf([{path: 'a.md', skipped: skippedOn(name)}], `x\n1 link not judged: ${name}`)
    const html = await htmlReporter({
      ...report,
      view: () => ({resolve: () => ({to: 'remote', url: 'x'})}) as never,
    })
    expect(html).toContain('&#60;/script&#62;&#60;img src=x onerror=alert(1)&#62;')
    expect(html).not.toContain('<img')
  })

  it('do no harm from a configuration, in any report', async () => {
    const plugin = '"x\\e[2J</script>]]>\\n::error::y\\u202e##[error]z"'
    const root = site({'mkdocs.yml': `site_name: x\nplugins: [search, ${plugin}]\n`})
    for (const name of ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'rdjson', 'markdown', 'html']) {
      const text = await reported(name, root)
      expect([name, /[\x1b\u202e]/.test(text)]).toEqual([name, false])
      expect([
        name,
        text.split('\n').filter((line) => /^\s*::(?!warning |notice |placeholder \{)/.test(line)),
      ]).toEqual([name, []])
      if (name !== 'html') expect(text).not.toMatch(HARM)
      if (name === 'html') expect(text.match(/<\/script>/g)).toHaveLength(2)
    }
  })
})
