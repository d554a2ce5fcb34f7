import {readFileSync} from 'node:fs'
import path from 'node:path'
import {Ajv} from 'ajv'
import {expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {configSchema} from '../src/config/schema.ts'
import {DEFAULTS, REMOTE_KEYS, remoteFault} from '../src/remote/settings.ts'
import {type RuleDocs, readDocs} from '../src/rule/docs.ts'
import type {Rule} from '../src/rule/types.ts'
import {doccheck, folder} from './world.ts'

const documented = () =>
  Promise.all(
    [...builtIn.values()].map(async (rule): Promise<[Rule, RuleDocs]> => [rule, await readDocs(rule.name)]),
  )

/** Put text between two comments of the readme. */
const between = (readme: string, name: string, text: string) =>
  readme.replace(
    new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end of ${name} -->)`),
    (_, open, close) => `${open}\n${text}\n\n${close}`,
  )

// What is generated is a snapshot: `npx vitest run -u test/generated.test.ts` writes it anew, CI finds it stale.
it('keeps the readme in step with the rules and the help', async () => {
  const rows = (await documented()).map(
    ([rule, {text}]) =>
      `| \`${rule.name}\` | ${rule.severity} | ${text.split('\n\n')[0]!.replace(/\s+/g, ' ')} |`,
  )
  const rules = ['| rule | by default | what it does |', '| --- | --- | --- |', ...rows].join('\n')
  const {out} = await doccheck(folder(), ['--help'])
  let readme = readFileSync('README.md', 'utf8')
  readme = between(readme, 'rules', rules)
  readme = between(readme, 'help', `\`\`\`text\n${out.trimEnd()}\n\`\`\``)
  await expect(readme).toMatchFileSnapshot(path.resolve('README.md'))
})

it('keeps the schema of the configuration in step with the rules', async () => {
  const schema = configSchema(await documented())
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(path.resolve('schema.json'))
})

it('accepts with the schema what doccheck accepts, and no more', () => {
  const validate = new Ajv({strict: false}).compile(JSON.parse(readFileSync('schema.json', 'utf8')))
  const good = [
    {},
    {extends: 'strict', rules: {'no-broken-link': ['warn', {except: ['/x']}], 'of-a-plugin': 'error'}},
    {
      overrides: [{files: '**/*.md', rules: {'front-matter': 'off'}}],
      ignore: ['old/**'],
      site: 'jekyll',
      plugins: ['remark-lint-x'],
      remote: {perHost: 2},
    },
  ]
  for (const config of good) expect(validate(config), JSON.stringify(validate.errors)).toBe(true)
  const bad = [
    {rule: {}},
    {rules: {'no-broken-link': 'eror'}},
    {rules: {'no-broken-link': ['warn', {exept: []}]}},
    {site: 'x'},
    {remote: {per: 1}},
    {ignore: 'x'},
  ]
  for (const config of bad) expect(validate(config), JSON.stringify(config)).toBe(false)
})

it('shows settings for remote addresses in the readme that doccheck takes', () => {
  const block = /```js\nremote: (\{[\s\S]*?\n\})\n```/.exec(readFileSync('README.md', 'utf8'))![1]!
  const remote = new Function(`return ${block}`)()
  expect(remoteFault(remote, () => '')).toBeUndefined()
  const validate = new Ajv({strict: false}).compile(JSON.parse(readFileSync('schema.json', 'utf8')))
  expect(validate({remote}), JSON.stringify(validate.errors)).toBe(true)
  // Every setting is shown, and those that have a default with it.
  expect(Object.keys(remote).sort()).toEqual(REMOTE_KEYS.toSorted())
  expect(remote).toMatchObject(DEFAULTS)
})

it('names no machine and no registry in the lock file', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "http/)
})
