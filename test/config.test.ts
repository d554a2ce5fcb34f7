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
      /The severity of "no-broken-link" is "warning"\. Did you mean "warn"\?/,
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
    [{overrides: [{file: '*', rules: {}}]}, /: Unknown key "overrides\[0\]\.file"\. Did you mean "files"\?/],
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
    [{reportUnusedDisables: 'warning'}, /"reportUnusedDisables" is "warning"\. Did you mean "warn"\?/],
    [{reportUnusedDisables: 'on'}, /"reportUnusedDisables" is "on"\. Expected one of "off", /],
    [{rules: {'no-broken-link': 2}}, /The severity of "no-broken-link" is 2\. Did you mean "error"\?/],
    [{rules: {'no-broken-link': [0]}}, /The severity of "no-broken-link" is 0\. Did you mean "off"\?/],
    [{rules: {'no-broken-link': false}}, /The severity of "no-broken-link" is false\. Did you mean "off"\?/],
    [{rules: {'no-broken-link': 'on'}}, /is "on"\. Expected one of "off", "warn", "error"\./],
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
    [
      {remote: {hosts: {'https://x.org': {}}}},
      /"remote\.hosts\.https:\/\/x\.org" is not a host\. Did you mean "x\.org"\?/,
    ],
    [{remote: {hosts: {'https://*.x.org:80/a?b': {}}}}, /is not a host\. Did you mean "\*\.x\.org:80"\?/],
    [{remote: {hosts: {'//x.org/a/*': {}}}}, /is not a host\. Did you mean "x\.org"\?/],
    [{remote: {hosts: {'bücher.test': {}}}}, /is not a host\. Did you mean "xn--bcher-kva\.test"\?/],
    [{remote: {hosts: {'x org': {}}}}, /is not a host, such as "docs\.example\.com"/],
    [{remote: {hosts: {'': {}}}}, /"remote\.hosts\." is not a host, such as/],
    [
      {remote: {allowPrivate: ['http://localhost:3000/']}},
      /"remote\.allowPrivate\[0\]" is not a host\. Did you mean "localhost:3000"\?/,
    ],
    [
      {remote: {skip: ['x.org/a/*']}},
      /"remote\.skip\[0\]" is "x\.org\/a\/\*", which matches no URL\. Did you mean "\*:\/\/x\.org\/a\/\*"\?/,
    ],
    [
      {ignore: ['a', '/docs/**']},
      /"ignore\[1\]" is "\/docs\/\*\*", which matches no file\. Did you mean "docs\/\*\*"\?/,
    ],
    [{ignore: ['docs/']}, /matches no file\. Did you mean "docs\/\*\*"\?/],
    [{ignore: ['!/docs/']}, /matches no file\. Did you mean "!docs\/\*\*"\?/],
    [{ignore: ['docs\\b.md']}, /matches no file\. Did you mean "docs\/b\.md"\?/],
    [
      {overrides: [{files: 'docs/', rules: {}}]},
      /"overrides\[0\]\.files" is "docs\/", which matches no file\. Did you mean "docs\/\*\*"\?/,
    ],
    [
      {overrides: [{files: ['/docs'], rules: {}}]},
      /"overrides\[0\]\.files\[0\]" is "\/docs", which matches no/,
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
    ['.doccheckrc', 'rules:\n  a: [\n', ':3:1', 'unexpected end of the stream within a flow collection'],
    ['.doccheckrc.yml', 'rules: {}\nrules: {}\n', ':2:1', 'duplicated mapping key'],
    ['.doccheckrc.yaml', 'rules: &a {x: *a}\n', '', 'it contains itself'],
    ['.doccheckrc', manyByAliases, '', 'it has too many values'],
    ['.doccheckrc.json', `{"rules": ${'['.repeat(300)}${']'.repeat(300)}}`, '', 'it is nested too deeply'],
    [
      '.doccheckrc.yaml',
      `rules: ${'['.repeat(300)}${']'.repeat(300)}`,
      ':1:107',
      'nesting exceeded maxDepth (100)',
    ],
    ['.doccheckrc.toml', `rules = ${'['.repeat(300)}${']'.repeat(300)}`, '', 'it is nested too deeply'],
    ['.doccheckrc.json', '{', ':1:2', 'Close brace expected'],
    ['.doccheckrc.json', '{\n  "rules": off\n}\n', ':2:12', 'Invalid symbol'],
    ['.doccheckrc.json', '{} {}', ':1:4', 'End of file expected'],
    ['.doccheckrc.json', '{"ignore": [],\n "ignore": []}', ':2:2', 'Duplicate key "ignore"'],
    ['.doccheckrc', '{\n  "rules": {,}\n}\n', ':2:13', 'Value expected'],
    ['.doccheckrc.toml', 'ignore = [\n', ':2:1', 'Unspecified values are invalid'],
    ['pyproject.toml', '[tool.doccheck]\nignore = x\n', ':2:10', 'Unexpected character'],
    ['package.json', '{"doccheck": {}', ':1:16', 'Close brace expected'],
  ])('%s that is broken: %j', async (name, content, place, why) => {
    const cwd = folder({...page, [name]: content})
    const {code, err} = await doccheck(cwd, [])
    const start = `doccheck: The configuration ${path.join(cwd, name)}${place} cannot be read: `
    expect(err.slice(0, start.length)).toBe(start)
    expect(err.slice(start.length)).toBe(`${why}\n`)
    expect(code).toBe(2)
  })
  it.each([
    ['.doccheckrc.json', '// why\n{\n  "remote": {\n    "timout": 1}}', ':4:5'],
    ['.doccheckrc.yaml', 'remote:\n  retries: 1\n  timout: 1\n', ':3:3'],
    ['.doccheckrc.yaml', 'remote: &a\n  timout: 1\n', ':2:3'],
    ['.doccheckrc', '{remote:\n  {timout: 1}}\n', ':2:4'],
    ['.doccheckrc.toml', 'ignore = []\n[remote]\ntimout = 1\n', ':3:1'],
    ['.doccheckrc.toml', 'remote = {retries = 1, timout = 1}\n', ':1:24'],
    ['package.json', '{"doccheck":\n {"remote": {"timout": 1}}}', ':2:14'],
    ['package.yaml', 'name: x\ndoccheck:\n  remote:\n    timout: 1\n', ':4:5'],
    ['pyproject.toml', '[tool.doccheck.remote]\nretries = 1\ntimout = 1\n', ':3:1'],
    ['doccheck.config.mjs', 'export default {remote: {timout: 1}}', ''],
  ])('tells where an unknown key is: %s %j', async (name, content, place) => {
    const cwd = folder({...page, [name]: content})
    const {code, err} = await doccheck(cwd, [])
    const at = `${path.join(cwd, name)}${place}`
    expect(err).toBe(`doccheck: ${at}: Unknown key "remote.timout". Did you mean "timeout"?\n`)
    expect(code).toBe(2)
  })
  it.each([
    ['{\n"rules": {\n"no-brokn-link": "off"}}', ':3:1', 'rules: Unknown rule "no-brokn-link"'],
    ['{"rules": {\n"no-broken-link": ["warn",\n{"exept": []}]}}', ':3:2', 'rules: Unknown option "exept"'],
    ['{"overrides": [\n{"files": "*"}]}', ':2:1', '"overrides[0].rules" is missing'],
    ['{"overrides": [{"files": "*",\n"rules": {\n"x": 1}}]}', ':3:1', 'overrides[0].rules: Unknown rule "x"'],
    ['{\n "site": "jekyl"}', ':2:2', '"site" is "jekyl"'],
    ['{\n "sites": [{\n"root": ".", "platform": "jekyl"}]}', ':3:14', '"sites[0].platform" is "jekyl"'],
    ['{\n "extends": "strikt"}', ':2:2', 'Unknown preset "strikt" in "extends"'],
    ['{"extends": [\n"./gone.json"]}', ':1:2', 'Cannot find "./gone.json" in "extends"'],
    ['{"plugins": [\n"remark-lint-gone"]}', ':1:2', 'Cannot find "remark-lint-gone" in "plugins"'],
    ['{\n"baseline": "../x.json"}', ':2:1', '"baseline" leads out of the tree'],
  ])('tells where a wrong value is: %j', async (content, place, why) => {
    const cwd = folder({...page, '.doccheckrc.json': content})
    const {code, err} = await doccheck(cwd, [])
    const start = `doccheck: ${path.join(cwd, '.doccheckrc.json')}${place}: ${why}`
    expect(err.slice(0, start.length)).toBe(start)
    expect(code).toBe(2)
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
  const json = JSON.stringify({rules: off})
  const yaml = 'rules: {no-broken-link: off}\n'
  const toml = '[rules]\nno-broken-link = "off"\n'
  const module = `export default {rules: {'no-broken-link': 'off'}}`
  const script = `module.exports = {rules: {'no-broken-link': 'off'}}`
  it.each([
    ['.doccheckrc', json],
    ['.doccheckrc', `// why\n${json.replace('}}', '},}')}`],
    ['.doccheckrc', yaml],
    ['.doccheckrc', '{rules: {no-broken-link: off}}'],
    ['.doccheckrc', '{"rules": {"no-broken-link": off}, }'],
    ['.doccheckrc.json', `/* why */ ${json.replace('}}', '},}')} // so`],
    ['.doccheckrc.json', `\uFEFF${json}`],
    ['.doccheckrc.jsonc', json],
    ['.doccheckrc.yaml', yaml],
    ['.doccheckrc.yml', yaml],
    ['.doccheckrc.toml', toml],
    ['.doccheckrc.js', script],
    ['.doccheckrc.cjs', script],
    ['.doccheckrc.cjs', `exports.rules = {'no-broken-link': 'off'}`],
    ['.doccheckrc.cjs', `exports.__esModule = true; exports.default = {rules: {'no-broken-link': 'off'}}`],
    ['doccheck.config.js', module],
    ['doccheck.config.mjs', module],
    ['doccheck.config.mjs', `export default Promise.resolve({rules: {'no-broken-link': 'off'}})`],
    ['doccheck.config.cjs', script],
    ['doccheck.config.json', json],
    ['doccheck.config.jsonc', json],
    ['doccheck.config.yaml', yaml],
    ['doccheck.config.yml', yaml],
    ['doccheck.config.toml', toml],
    ['package.json', JSON.stringify({doccheck: {rules: off}})],
    ['package.yaml', 'name: x\ndoccheck: {rules: {no-broken-link: off}}\n'],
    ['pyproject.toml', '[project]\nname = "x"\n[tool.doccheck.rules]\nno-broken-link = "off"\n'],
  ])('%s: %j', async (name, content) => {
    expect(await doccheck(folder({...page, [name]: content}), [])).toMatchObject({code: 0, err: ''})
  })
  it('above the folder, up to the root of the tree', async () => {
    const cwd = folder({...page, '.doccheckrc': json})
    mkdirSync(path.join(cwd, '.git'))
    expect((await doccheck(path.join(cwd, 'docs'), [])).code).toBe(0)
  })
  it('where it is told, or nowhere', async () => {
    const cwd = folder({...page, '.doccheckrc': json, 'other.json': '{}'})
    expect((await doccheck(cwd, ['--no-config'])).code).toBe(1)
    expect((await doccheck(cwd, ['--config', 'other.json'])).code).toBe(1)
  })
  it.each([
    ['.doccheckrc.json5', '.doccheckrc.json'],
    ['doccheckrc.json', '.doccheckrc.json'],
    ['doccheckrc', '.doccheckrc'],
    ['.doccheck.config.js', 'doccheck.config.js'],
    ['doccheck.config.json5', 'doccheck.config.json'],
    ['DocCheck.config.mjs', 'doccheck.config.mjs'],
  ])('not in %s, which is an error', async (name, meant) => {
    const cwd = folder({...page, [name]: json})
    const {code, err} = await doccheck(path.join(cwd, 'docs'), [])
    expect([code, err]).toEqual([1, ''])
    expect(await doccheck(cwd, [])).toMatchObject({
      code: 2,
      err: `doccheck: The file ${path.join(cwd, name)} is not read as a configuration. Did you mean "${meant}"?\n`,
    })
    expect((await doccheck(cwd, ['--no-config'])).code).toBe(1)
    expect((await doccheck(cwd, ['--config', name])).code).toBe(/json5|mjs|\.js$/.test(name) ? 2 : 0)
  })
  it('not in .config', async () => {
    for (const name of ['doccheckrc.json', '.doccheckrc', 'doccheck.config.mjs']) {
      const cwd = folder({...page, [`.config/${name}`]: json})
      const {code, err} = await doccheck(cwd, [])
      expect(err).toBe(
        `doccheck: The configuration ${path.join(cwd, '.config', name)} is not read: move it to the folder above\n`,
      )
      expect(code).toBe(2)
    }
  })
  it('not in a file that may be something else, which is said if there is no configuration', async () => {
    for (const [name, meant] of [
      ['doccheck.json', '.doccheckrc.json'],
      ['.doccheck.yaml', '.doccheckrc.yaml'],
      ['doccheck.toml', '.doccheckrc.toml'],
    ] as const) {
      const cwd = folder({
        ...page,
        [name]: name.endsWith('.json') ? json : name.endsWith('.toml') ? toml : yaml,
      })
      const {code, err} = await doccheck(cwd, [])
      const file = path.join(cwd, name)
      expect(err).toBe(
        `doccheck: The file ${file} is not read as a configuration. Did you mean "${meant}"?\n`,
      )
      expect(code).toBe(1)
    }
    const report = await doccheck(folder({...page, '.doccheckrc.json': json, 'doccheck.json': json}), [])
    expect(report.err).toBe('')
    const cwd = folder(page)
    await doccheck(cwd, ['--reporter', 'json:doccheck.json'])
    expect((await doccheck(cwd, [])).err).toBe('')
  })
  it.each([
    ['.doccheckrc.json', 'doccheck.config.mjs'],
    ['.doccheckrc', '.doccheckrc.toml'],
    ['.doccheckrc.yaml', 'pyproject.toml'],
  ])('in %s, and says that %s beside it is ignored', async (used, other) => {
    const cwd = folder({...page, [used]: json, [other]: '[tool.doccheck]\n', 'docs/.doccheckrc': json})
    const {code, err} = await doccheck(cwd, [])
    const file = path.join(cwd, other)
    expect(err).toBe(`doccheck: The configuration ${file} is ignored, since ${used} beside it comes first\n`)
    expect(code).toBe(0)
    expect((await doccheck(path.join(cwd, 'docs'), [])).err).toBe('')
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
    expect(out).toMatch(/^a\.md:1:5 +warning/)
    expect(out).not.toContain('docs/b.md')
    expect(code).toBe(0)
  })
})

it.each([
  ['ignore', ['./docs/**', '**', 'docs/\\*.md', '!docs/b.md']],
  [
    'remote',
    {skip: ['*/x/*', 'http*://a.test/', '/^x/'], hosts: {'*.a.test': {}, '[::1]:80': {}, '127.0.0.1': {}}},
  ],
])('takes every pattern that may match: %s %j', async (key, value) => {
  expect((await doccheck(write({[key]: value}), ['config'])).err).toBe('')
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
    'Unexpected reference to undefined label `lone` [no-undefined-reference]',
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
