import path from 'node:path'
import {expect, it} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

const doccheckModule = JSON.stringify(path.resolve('dist/index.js'))

/** Run a rule on a page, from a plugin with this default export. */
const runPlugin = (content: string) =>
  doccheck(
    folder({
      'a.md': '# HELLO\n',
      '.doccheckrc.json': '{"plugins": ["./p.mjs"]}',
      'p.mjs': `import {defineRule} from ${doccheckModule}\nexport default ${content}\n`,
    }),
    ['--offline'],
  )

const KEYS = {name: "'no-x'", needs: "'page'", severity: "'warn'", options: '{}'}
const defined = (keys: Record<string, string>, check = '() => {}') =>
  `defineRule({${Object.entries(keys).map(([key, value]) => `${key}: ${value}`)}}, ${check})`
const without = (key: string) =>
  defined(Object.fromEntries(Object.entries(KEYS).filter(([name]) => name !== key)))

it.each([
  [without('name'), 'The plugin "./p.mjs": "name" is missing'],
  [without('needs'), 'The plugin "./p.mjs": "needs" is missing'],
  [without('severity'), 'The plugin "./p.mjs": "severity" is missing'],
  [without('options'), 'The plugin "./p.mjs": "options" is missing'],
  [defined({...KEYS, needs: "'pages'"}), 'The plugin "./p.mjs": "needs" is "pages". Did you mean "page"?'],
  [defined({...KEYS, severity: '1'}), 'The plugin "./p.mjs": "severity" is 1. Did you mean "warn"?'],
  [defined({...KEYS, options: "['a']"}), 'The plugin "./p.mjs": "options" must be an object of defaults'],
  [defined(KEYS, "'x'"), 'The plugin "./p.mjs": "check" must be a function'],
  [
    '{meta: {}, create() {}}',
    'Failed to load plugin "./p.mjs": its default export must come from defineRule or definePlatform, or be a remark plugin or preset',
  ],
])('a rule that is not one: %s', async (content, message) => {
  const {code, err} = await runPlugin(content)
  expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
  expect(err.trimEnd().endsWith(message), err).toBe(true)
})

it.each(['{plugins: []}', '{settings: {}}', '() => () => {}'])(
  'takes what remark takes: %s',
  async (content) => {
    expect(await runPlugin(content)).toMatchObject({code: 0, err: ''})
  },
)

it.each(['{line: 1, message: "x"}', '{start: 0, end: 7}', '{start: 7, end: 0, message: "x"}'])(
  'a finding without its place or message is an error of the rule: %s',
  async (finding) => {
    const {code, out} = await runPlugin(defined(KEYS, `(page, {report}) => report(${finding})`))
    expect(code).toBe(2)
    expect(out).toContain(
      'rule no-x on a.md: report() expects a `message`, and `start` and `end` as offsets in the text of the page [unchecked]',
    )
  },
)
