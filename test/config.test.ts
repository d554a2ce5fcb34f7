import {mkdirSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const page = {'a.md': '[x](gone.md)\n', 'docs/b.md': '[x](gone.md)\n'}
const write = (config: unknown, files: Record<string, string> = page) =>
  folder({...files, '.doccheckrc.json': JSON.stringify(config)})

/** Each key holds the one before ten times. */
const manyByAliases = Array.from(
  {length: 12},
  (_, index) => `a${index}: &a${index} [${Array(10).fill(index === 0 ? 'x' : `*a${index - 1}`)}]\n`,
).join('')

describe('mistakes are one line with the nearest right name, and exit 2', () => {
  it.each([
    [{rule: {}}, /: Unknown key "rule"\. Did you mean "rules"\?\n/],
    [
      {rules: {'no-broken-links': 'off'}},
      /: rules: Unknown rule "no-broken-links"\. Did you mean "no-broken-link"\?/,
    ],
    [
      {rules: {'no-broken-link': 'warning'}},
      /The severity of "no-broken-link" is "warning"\. Expected one of "off", "warn", "error"\./,
    ],
    [
      {rules: {'no-broken-link': ['warn', {exept: []}]}},
      /Unknown option "exept" of "no-broken-link"\. Did you mean "except"\?/,
    ],
    [
      {rules: {'no-broken-link': ['warn', {except: 'x'}]}},
      /Option "except" of "no-broken-link" must be a list of strings/,
    ],
    [
      {rules: {'no-broken-link': ['warn', {except: [1]}]}},
      /Option "except" of "no-broken-link" must be a list of strings/,
    ],
    [
      {rules: {'front-matter': ['warn', {schemas: [null]}]}},
      /Option "schemas" of "front-matter" must be a list of objects/,
    ],
    [
      {rules: {'no-undefined-reference': ['warn', {shortcuts: 'alway'}]}},
      /Option "shortcuts" of "no-undefined-reference" is "alway"\. Did you mean "always"\?/,
    ],
    [{rules: 'x'}, /: "rules" must be an object of rules by name/],
    [{overrides: [{files: '*'}]}, /: "overrides\[0\]\.rules" is missing/],
    [
      {overrides: [{files: '*', rules: {}, file: 1}]},
      /Unknown key "overrides\[0\]\.file"\. Did you mean "files"\?/,
    ],
    [
      {overrides: [{files: ['*'], rules: {}, ignore: ['x']}]},
      /Unknown key "overrides\[0\]\.ignore"\. Expected one of "files", "rules"\./,
    ],
    [
      {overrides: [{files: '*', rules: {}, rule: 1}]},
      /Unknown key "overrides\[0\]\.rule"\. Did you mean "rules"\?/,
    ],
    [
      {overrides: [{files: '*', rules: {x: 'off'}}]},
      /: overrides\[0\]\.rules: Unknown rule "x"\. Expected one of "front-matter", /,
    ],
    [{ignore: 'x'}, /: "ignore" must be a list of globs/],
    [{site: 'jekyl'}, /: "site" is "jekyl"\. Did you mean "jekyll"\?/],
    [{site: 'nanoc'}, /: "site" is "nanoc"\. Expected one of "github", /],
    [{reportUnusedDisables: 'warning'}, /"reportUnusedDisables" is "warning"\. Expected one of "off", /],
    [{extends: 'strikt'}, /: Unknown preset "strikt" in "extends"\. Did you mean "strict"\?/],
    [{extends: 'constructor'}, /: Cannot find "constructor" in "extends": it is not installed/],
    [JSON.parse('{"extends": "__proto__"}'), /: Cannot find "__proto__" in "extends": it is not installed/],
    [{extends: './gone.json'}, /: Cannot find "\.\/gone\.json" in "extends": there is no such file/],
    [
      {plugins: ['remark-lint-gone']},
      /: Cannot find "remark-lint-gone" in "plugins": it is not installed; try `npm install -D remark-lint-gone`/,
    ],
    [{remote: {timout: 1}}, /Unknown key "remote\.timout"\. Did you mean "timeout"\?/],
    [{remote: {perHost: 'x'}}, /"remote\.perHost" must be an integer of at least 1/],
    [
      {remote: {timeout: '10 sec'}},
      /"remote\.timeout" must be a number of seconds, or a number with a unit, such as "10s"/,
    ],
    [
      {remote: {hosts: {'a.test': {delai: 1}}}},
      /Unknown key "remote\.hosts\.a\.test\.delai"\. Did you mean "delay"\?/,
    ],
    [
      {remote: {hosts: {'a.test': {headers: {'a b': 'x'}}}}},
      /"remote\.hosts\.a\.test\.headers\.a b" is not the name of a header/,
    ],
    [{remote: {skip: ['/(/']}}, /"remote\.skip\[0\]" is "\/\(\/", which is not a valid regular expression/],
    [{remote: {treat: {40: 'dead'}}}, /"remote\.treat\.40" is not a status, such as "403" or "5xx"/],
    [
      {remote: {treat: {403: 'gone'}}},
      /"remote\.treat\.403" is "gone"\. Expected one of "alive", "dead", "blocked", "unreachable"\./,
    ],
    [
      {remote: {proxy: 'socks5://127.0.0.1'}},
      /"remote\.proxy" must be the URL of a proxy \(http: or https:\), or false/,
    ],
    [{remote: {cache: {alive: -1}}}, /"remote\.cache\.alive" must be a number of seconds/],
    [{remote: {cache: {alive: true}}}, /"remote\.cache\.alive" must be a number of seconds/],
    [{remote: {cache: true}}, /"remote\.cache" must be false or an object/],
    [{remote: {contact: 'me\r\nX: y'}}, /"remote\.contact" must be a URL or a mail address/],
    [{rules: {'front-matter': ['error', {schemas: [{files: '*'}]}]}}, /needs "schema", a JSON Schema/],
    [
      {rules: {'front-matter': ['error', {schemas: [{files: '*', schema: {type: 'x'}}]}]}},
      /: The JSON Schema is not valid: /,
    ],
    [
      {
        rules: {
          'front-matter': ['error', {schemas: [{files: '*', schema: {properties: {day: {format: 'dat'}}}}]}],
        },
      },
      /Option "schemas\[0\]" of "front-matter": Unknown format "dat" at #\/properties\/day\. Did you mean "date"\?/,
    ],
    [
      {rules: {'front-matter': ['error', {schemas: [{files: '*', schema: 'gone.json'}]}]}},
      /gone\.json, which "front-matter" names, cannot be read: there is no such file/,
    ],
    [{overrides: {}}, /"overrides" must be a list/],
    [{overrides: [[]]}, /"overrides\[0\]" must be an object/],
    [{overrides: [{rules: {}}]}, /"overrides\[0\]\.files" is missing/],
    [{remote: []}, /"remote" must be an object/],
    [{plugins: 'x'}, /"plugins" must be a list/],
    [
      {rules: {'no-duplicate-definition': ['warn', {x: 1}]}},
      /Unknown option "x" of "no-duplicate-definition", which has no options/,
    ],
    [
      {rules: {'no-broken-link': ['warn', {}, 1]}},
      /"no-broken-link" must be a severity, or a list of a severity and an object/,
    ],
    [[], /: The configuration must be an object/],
  ])('%j', async (config, line) => {
    const {code, err} = await doccheck(write(config), [])
    expect(err).toMatch(line)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })
  it.each([
    ['.doccheckrc', 'rules:\n  a: [\n', 'unexpected end of the stream within a flow collection (3:1)'],
    ['.doccheckrc.yml', 'rules: {}\nrules: {}\n', 'duplicated mapping key (2:1)'],
    ['.doccheckrc.yaml', 'rules: &a {x: *a}\n', 'it contains itself'],
    ['.doccheckrc', manyByAliases, 'it has too many values'],
    ['.doccheckrc.json', `{"rules": ${'['.repeat(300)}${']'.repeat(300)}}`, 'it is nested too deeply'],
    ['.doccheckrc.json', '{', 'Close brace expected in line 1, column 2'],
    ['.doccheckrc.json', '{\n  "rules": {},\n}\n', 'Property name expected in line 3, column 1'],
    ['.doccheckrc.json', '{\n  "rules": off\n}\n', 'Invalid symbol in line 2, column 12'],
    ['.doccheckrc.json', '{} {}', 'End of file expected in line 1, column 4'],
    ['package.json', '{"doccheck": {}', 'Close brace expected in line 1, column 16'],
    ['doccheck.config.mjs', 'throw new Error("boom\\nmore")', 'boom'],
    ['doccheck.config.mjs', 'throw "boom"', 'boom'],
    [
      'doccheck.config.mjs',
      'import "node:fs"\nawait import("gone-package")',
      /^Cannot find package 'gone-package' /,
    ],
    ['doccheck.config.mjs', 'import {statSync} from "node:fs"\nstatSync("gone")', /^ENOENT: .*'gone'/],
  ])('%s that is broken: %j', async (name, content, why) => {
    const cwd = folder({...page, [name]: content})
    const {code, err} = await doccheck(cwd, [])
    const start = `doccheck: The configuration ${path.join(cwd, name)} cannot be read: `
    expect(err.startsWith(start), err).toBe(true)
    expect(err.slice(start.length, -1)).toMatch(why)
    expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
  })
})

it.each([
  ['x.yaml', '# nothing\n'],
  ['x.json', '\n'],
  ['package.json', '{"name": "docs"}'],
])('says that a file which is named is empty: %s', async (name, text) => {
  const cwd = folder({...page, [name]: text})
  const {code, err} = await doccheck(cwd, ['--config', name])
  expect(err).toBe(`doccheck: The configuration ${path.join(cwd, name)} is empty\n`)
  expect(code).toBe(2)
})

it('extends no file again and again', async () => {
  const files = Object.fromEntries(
    Array.from({length: 30}, (_, index) => {
      const next = `./c${index + 1}.json`
      return [`c${index}.json`, JSON.stringify(index < 29 ? {extends: [next, next]} : {})]
    }),
  )
  const cwd = folder({...page, ...files})
  const {code, err} = await doccheck(cwd, ['--config', 'c0.json'])
  expect(err).toBe(
    `doccheck: ${path.join(cwd, 'c0.json')} extends more than 200 files, counted as often as they are named\n`,
  )
  expect(code).toBe(2)
})

describe('where it is found', () => {
  const off = {'no-broken-link': 'off'}
  it.each([
    ['.doccheckrc', JSON.stringify({rules: off})],
    ['.doccheckrc.yaml', 'rules: {no-broken-link: off}'],
    ['.doccheckrc.js', `module.exports = {rules: {'no-broken-link': 'off'}}`],
    ['.doccheckrc.cjs', `module.exports = {rules: {'no-broken-link': 'off'}}`],
    ['doccheck.config.js', `export default {rules: {'no-broken-link': 'off'}}`],
    ['doccheck.config.mjs', `export default {rules: {'no-broken-link': 'off'}}`],
    ['package.json', JSON.stringify({doccheck: {rules: off}})],
  ])('%s', async (name, content) => {
    expect((await doccheck(folder({...page, [name]: content}), [])).code).toBe(0)
  })
  it('above the folder, up to the root of the tree', async () => {
    const cwd = folder({...page, '.doccheckrc': JSON.stringify({rules: off})})
    mkdirSync(path.join(cwd, '.git'))
    expect((await doccheck(path.join(cwd, 'docs'), [])).code).toBe(0)
  })
  it('where it is told, or nowhere', async () => {
    const cwd = folder({...page, '.doccheckrc': JSON.stringify({rules: off}), 'other.json': '{}'})
    expect((await doccheck(cwd, ['--no-config'])).code).toBe(1)
    expect((await doccheck(cwd, ['--config', 'other.json'])).code).toBe(1)
  })
})

describe('what wins', () => {
  const severities = async (config: unknown, args: string[] = []) => {
    const cwd = write(config, {
      ...page,
      'strict.json': JSON.stringify({extends: 'strict', rules: {'front-matter': 'off'}}),
    })
    const {rules} = JSON.parse((await doccheck(cwd, ['config', ...args])).out)
    return Object.fromEntries(
      Object.entries(rules as Record<string, [string]>).map(([name, [severity]]) => [name, severity]),
    )
  }
  it('is the recommended preset where nothing is said', async () => {
    expect(await severities({})).toMatchObject({'no-broken-link': 'error', 'no-unused-definition': 'warn'})
  })
  it('is what extends the preset, and the command line above all', async () => {
    const own = await severities({extends: './strict.json', rules: {'no-broken-link': 'warn'}}, [
      '--rule',
      'no-missing-anchor: warn',
    ])
    expect(own).toMatchObject({
      'no-unused-definition': 'error',
      'no-broken-link': 'warn',
      'no-missing-anchor': 'warn',
    })
    expect(own).not.toHaveProperty('front-matter')
  })
  it('is the last override that fits', async () => {
    const config = {
      overrides: [
        {files: ['**/*.md'], rules: {'no-broken-link': 'warn'}},
        {files: 'docs/**', rules: {'no-broken-link': 'off'}},
      ],
    }
    const {out, code} = await doccheck(write(config), [])
    expect(out).toMatch(/a\.md\n1:5-1:12 +warning/)
    expect(out).not.toContain('docs/b.md')
    expect(code).toBe(0)
  })
})

it('honours the options of every rule', async () => {
  const text = '[x](gone.md) [y](#gone) [z][gone] [lone]\n\n[unused]: https://example.org\n'
  const rules = {
    'no-broken-link': ['error', {except: ['go*.md']}],
    'no-missing-anchor': ['error', {except: ['gone']}],
    'no-undefined-reference': ['error', {except: ['gone'], shortcuts: 'always'}],
    'no-unused-definition': ['error', {except: ['unused']}],
  }
  const {out} = await doccheck(write({rules}, {'a.md': text}), [])
  expect(out.match(/Unexpected[^\n]*/g)?.map((line) => line.replace(/ +/g, ' '))).toEqual([
    'Unexpected reference to undefined label `lone` no-undefined-reference doccheck',
  ])
})

it.each([
  'http://me:geheim@proxy.test:3128',
  'http://me:ein@geheim@proxy.test:3128',
  'http:\\\\me:geheim@proxy.test:3128',
])('shows what holds for remote addresses, and no secret: %s', async (proxy) => {
  const remote = {
    proxy,
    hosts: {'a.test': {delay: '1s', headers: {Authorization: 'Bearer geheim', 'X-Token': 'Token ${TOKEN}'}}},
    cache: {dead: '2h'},
    retries: 0,
  }
  const cwd = folder({'.doccheckrc.json': JSON.stringify({remote})})
  const {out} = await doccheck(cwd, ['config'], {env: {TOKEN: 'geheim'}})
  expect(out).not.toContain('geheim')
  expect(JSON.parse(out).remote).toMatchObject({
    concurrency: 32,
    retries: 0,
    proxy: 'http://(hidden)@proxy.test:3128',
    hosts: {'a.test': {delay: '1s', headers: {Authorization: '(hidden)', 'X-Token': 'Token ${TOKEN}'}}},
    cache: {dead: '2h', alive: '7d'},
  })
})
