import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

/** The platform that the docs show. */
const handbook = /```js\n(\/\/ handbook\.mjs\n[\s\S]*?)```/
  .exec(readFileSync('docs/sites.md', 'utf8'))![1]!
  .replace("'doccheck-cli'", JSON.stringify(path.resolve('dist/index.js')))

const files = {
  'handbook.mjs': handbook,
  'package.json': '{"type": "module"}',
  'web/handbook.json': '{"folder": "src", "url": "https://a.test/book"}',
  'web/src/index.md':
    '# Home\n\n[a](/book/a/) [b](/book/b/) [search](/book/search/) ![c](/book/c.png) [d](#d)\n',
  'web/src/a.md': '# A\n\n[home](https://a.test/book/) [gone](https://a.test/book/guide/x/)\n',
  'web/src/guide/y.md': '# Y\n',
  'web/static/c.png': '',
  'README.md': '# R\n',
}

/** The paths that a run reports as missing. */
async function missing(root: string, ...words: string[]): Promise<string[]> {
  const {out, err} = await doccheck(root, ['--offline', '--reporter', 'json', ...words])
  expect(err).toBe('')
  const pages = JSON.parse(out) as {messages: {target: {file: string; name?: string}}[]}[]
  return pages.flatMap(({messages}) =>
    messages.map(({target: {file, name = ''}}) => (name === '' ? file : `${file}#${name}`)),
  )
}

const withConfig = (config: object) =>
  folder({...files, '.doccheckrc.json': JSON.stringify({plugins: ['./handbook.mjs'], ...config})})

describe('the platform in the docs', () => {
  it('is detected and describes its sites', async () => {
    const root = withConfig({})
    expect((await doccheck(root, ['sites'])).out).toBe(`.    github    1 page   no other platform is detected
web  handbook  3 pages  web/handbook.json exists

sites:
  - root: web
    platform: handbook
    content: src
    assets: static
    home: https://a.test/book
    routes:
      ending: slash
      index:
        - index
    ids: github-slugger
    generated:
      - /search/
    complete: true
`)
    expect(await missing(root)).toEqual(['web/src/guide/x.md', 'web/src/b.md', 'web/src/index.md#d'])
  })

  it('may be corrected, and named by --site and the configuration', async () => {
    const corrected = withConfig({sites: [{root: 'web', generated: ['/b/', '/search/'], ids: 'kramdown'}]})
    expect(await missing(corrected)).toEqual(['web/src/guide/x.md', 'web/src/index.md#d'])
    const declared = withConfig({sites: [{root: 'other', platform: 'handbook'}]})
    expect((await doccheck(declared, ['sites'])).code).toBe(0)
    expect((await doccheck(withConfig({site: 'handbook'}), ['sites', '--site', 'handbook'])).code).toBe(0)
    const misspelt = await doccheck(withConfig({}), ['sites', '--site', 'handbok'])
    expect(misspelt.err).toBe("doccheck: Invalid value 'handbok' for --site, did you mean 'handbook'?\n")
    expect((await doccheck(withConfig({site: 'handbok'}), ['sites'])).err).toContain(
      '"site" is "handbok". Did you mean "handbook"?',
    )
  })

  it('prevails over a platform that is detected beside it', async () => {
    const root = folder({
      ...files,
      'web/book.toml': '',
      '.doccheckrc.json': JSON.stringify({plugins: ['./handbook.mjs']}),
    })
    expect((await doccheck(root, ['sites'])).out).toContain('web  handbook  3 pages')
  })

  it('does not run where plugins do not', async () => {
    const {code, err} = await doccheck(withConfig({}), ['sites', '--no-config-code'])
    expect(code).toBe(2)
    expect(err).toContain('are programs, which --no-config-code does not run')
  })
})

it('what a platform does not say is fitted to the links of a site', async () => {
  const pages = [...'abcdefghijkl'].map((name, at, all) => [
    `web/docs/guide/0${at % 10}-${name}.md`,
    `# ${name}\n\n[next](/guide/${all[(at + 1) % all.length]}/)\n`,
  ])
  const root = folder({
    ...Object.fromEntries(pages),
    'web/x.json': '',
    'p.mjs': `export default {platform: {name: 'x', configuredBy: ['x.json'], describe: () => ({
      ids: 'kramdown', routes: {index: ['home']}})}}`,
    '.doccheckrc.json': '{"plugins": ["./p.mjs"]}',
  })
  expect((await doccheck(root, ['sites'])).out).toContain(`
sites:
  - root: web
    platform: x
    content: docs
    routes:
      dropsNumbers: true
      ending: slash
      index:
        - home
    ids: kramdown
`)
})

it('may have a name that all objects of JavaScript have a property of', async () => {
  const root = folder({
    'web/x.json': '',
    'web/docs/a.md': '# A\n\n[b](gone.md)\n',
    'p.mjs': `export default {platform: {name: 'constructor', configuredBy: ['x.json'], describe: () => ({
      content: 'docs', complete: true})}}`,
    '.doccheckrc.json': '{"plugins": ["./p.mjs"]}',
  })
  expect(await missing(root)).toEqual(['web/docs/gone.md'])
})

describe('a platform with a mistake', () => {
  const run = (platform: string) =>
    doccheck(
      folder({
        'web/x.json': '{}',
        'web/a.md': '# A\n\n[b](gone.md) [c](/gone)\n',
        'b.md': '# B\n\n[x](gone.md)\n',
        'p.mjs': `export default {platform: ${platform}}`,
        '.doccheckrc.json': '{"plugins": ["./p.mjs"]}',
      }),
      ['--offline'],
    )

  it.each([
    ['{}', /The plugin "\.\/p\.mjs": "name" is missing/],
    ['{name: "x", configuredBy: ["x.json"]}', /"describe" is missing/],
    ['{name: "x", configuredBy: ["x.json"], describe: 1}', /"describe" must be a function/],
    ['{name: "x", configuredBy: "x.json", describe() {}}', /"configuredBy" must be a list of paths/],
    ['{name: "x", configuredBy: [], describe() {}}', /"configuredBy" must be a list of paths/],
    ['{name: "X y", configuredBy: ["x"], describe() {}}', /"name" is "X y"\. Expected lower-case letters/],
    ['{name: "hugo", configuredBy: ["x"], describe() {}}', /"name" is "hugo", a platform that comes with/],
    ['{name: "x", configureBy: [], describe() {}}', /"configuredBy" is missing|Unknown key "configureBy"/],
  ])('is refused if it is %s', async (platform, line) => {
    const {code, err} = await run(platform)
    expect(err).toMatch(line)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })

  it.each([
    ['throw new Error("boom")', 'boom'],
    ['return {contents: "x"}', 'Unknown key "contents". Did you mean "content"?'],
    ['return {content: "../../x"}', 'leads out of the tree'],
  ])('fails only its own sites: %s', async (body, words) => {
    const {code, err, out} = await run(`{name: "x", configuredBy: ["x.json"], describe() { ${body} }}`)
    expect(err).toContain(`unexpected error: reading the x site web: `)
    expect(err).toContain(words)
    expect(err).not.toContain('bug in doccheck')
    expect(out.match(/error +Unexpected link to missing file/g)).toHaveLength(2)
    expect(code).toBe(2)
  })
})
