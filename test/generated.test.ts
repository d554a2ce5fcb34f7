import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {Ajv} from 'ajv'
import {expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {configJsonSchema} from '../src/config/json-schema.ts'
import * as config from '../src/config/schema.ts'
import * as siteConfig from '../src/config/site-schema.ts'
import * as remoteConfig from '../src/remote/schema.ts'
import {REMOTE_DEFAULTS} from '../src/remote/settings.ts'
import {type RuleDocs, summaryOf} from '../src/rule/docs.ts'
import type {Rule} from '../src/rule/types.ts'
import {doubtReasons} from '../src/site/doubts.ts'
import {ALL_PLATFORMS} from '../src/site/registry.ts'
import {doccheck, folder} from './run-doccheck.ts'
import {descriptionsIn, docsOf, ruleNames} from './source-comments.ts'

/** Replaces the text between two comments of a page. */
const withText = (page: string, name: string, text: string) =>
  page.replace(
    new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end of ${name} -->)`),
    (_, open, close) => `${open}\n${text}\n\n${close}`,
  )

/** A page of the docs with the text between two of its comments replaced. */
const pageWith = (file: string, name: string, text: string) =>
  withText(readFileSync(file, 'utf8'), name, text)

const codeBlock = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``

/** The page of a rule: what its opening comment says, its options and its examples. */
function rulePage(rule: Rule, {text, examples}: RuleDocs): string {
  const table = Object.entries(rule.options).map(
    ([name, value]) => `| \`${name}\` | \`${JSON.stringify(value)}\` | ${rule.schema?.[name]?.description} |`,
  )
  return [
    `# ${rule.name}`,
    `Severity in the recommended preset: \`${rule.severity}\`.`,
    text,
    ...(table.length > 0
      ? ['## Options', ['| option | default | meaning |', '| --- | --- | --- |', ...table].join('\n')]
      : []),
    '## Examples',
    ...examples.flatMap(({title, markdown, messages}) => [
      `${title[0]!.toUpperCase()}${title.slice(1)}:`,
      codeBlock('md', markdown),
      ...(messages.length > 0 ? [codeBlock('text', messages.join('\n'))] : []),
    ]),
  ]
    .join('\n\n')
    .concat('\n')
}

// `npm run generate` writes everything that is generated; CI finds what is stale.
it('keeps the documentation of the rules in step with their comments', async () => {
  const docs = Object.fromEntries(ruleNames.map((name) => [name, docsOf(name)]))
  await expect(`${JSON.stringify(docs, null, 2)}\n`).toMatchFileSnapshot(path.resolve('src/rule/docs.json'))
  expect([...builtIn.keys()]).toEqual(ruleNames)
})

it('keeps the pages of the rules in step with the rules', async () => {
  const rows: string[] = []
  for (const rule of builtIn.values()) {
    const docs = docsOf(rule.name)
    rows.push(`| [\`${rule.name}\`](rules/${rule.name}.md) | ${rule.severity} | ${summaryOf(docs)} |`)
    await expect(rulePage(rule, docs)).toMatchFileSnapshot(path.resolve(`docs/rules/${rule.name}.md`))
  }
  const table = ['| rule | by default | what it does |', '| --- | --- | --- |', ...rows].join('\n')
  await expect(pageWith('docs/rules.md', 'rules', table)).toMatchFileSnapshot(path.resolve('docs/rules.md'))
  const pages = readdirSync('docs/rules').map((file) => file.replace('.md', ''))
  expect(pages.filter((name) => !builtIn.has(name))).toEqual([])
})

it('keeps the list of doubts in step with their reasons', async () => {
  const rows = doubtReasons().map(
    ({words, scope, testable}) =>
      `| ${words} | ${scope} | ${testable === true ? 'yes' : testable === false ? 'no' : testable} |`,
  )
  const table = ['| reason | scope | tested by evidence |', '| --- | --- | --- |', ...rows].join('\n')
  await expect(pageWith('docs/doubts.md', 'reasons', table)).toMatchFileSnapshot(
    path.resolve('docs/doubts.md'),
  )
})

it('keeps the lists of platforms in step with the platforms', async () => {
  const all = ALL_PLATFORMS.map(({name, docs}) => docs ?? expect.unreachable(`${name} is not documented`))
  const known = all.flatMap(({title, detectedBy, knows}) =>
    knows === undefined ? [] : [`| ${title} | ${detectedBy} | ${knows} |`],
  )
  const fitted = all.flatMap(({title, detectedBy, knows}) =>
    knows === undefined ? [`- ${title}: ${detectedBy}`] : [],
  )
  const table = ['| site | detected by | what doccheck knows |', '| --- | --- | --- |', ...known].join('\n')
  const page = withText(
    pageWith('docs/sites.md', 'platforms', table),
    'fitted platforms',
    fitted.sort().join('\n'),
  )
  await expect(page).toMatchFileSnapshot(path.resolve('docs/sites.md'))
})

it('keeps the page of the command line in step with its help', async () => {
  const {out} = await doccheck(folder(), ['--help'])
  const page = pageWith('docs/command-line.md', 'help', codeBlock('text', out))
  await expect(page).toMatchFileSnapshot(path.resolve('docs/command-line.md'))
})

it('keeps the report in the readme in step with the tour', async () => {
  const shown = codeBlock('text', `$ doccheck\n${readFileSync('fixtures/tour.txt', 'utf8')}`)
  const readme = pageWith('README.md', 'tour', shown)
  expect(readme.split('\n').length).toBeLessThanOrEqual(150)
  await expect(readme).toMatchFileSnapshot(path.resolve('README.md'))
})

it('keeps the schema of the configuration in step with the rules and its declaration', async () => {
  const descriptions = [
    ...descriptionsIn('src/config/schema.ts', config),
    ...descriptionsIn('src/config/site-schema.ts', siteConfig),
    ...descriptionsIn('src/remote/schema.ts', remoteConfig),
  ]
  const schema = configJsonSchema(
    [...builtIn.values()].map((rule) => [rule, summaryOf(docsOf(rule.name))]),
    new Map(descriptions),
  )
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
      sites: [
        {root: '.', platform: 'of-a-plugin', generated: ['/api/*'], complete: true},
        {root: 'web', content: 'docs', assets: ['a', 'b'], ids: 'kramdown', routes: {index: ['README']}},
        {root: 'x', content: {docs: '/docs'}, base: '/x', home: 'https://a.test/x', redirects: {'/a': '/b'}},
      ],
      plugins: ['remark-lint-x'],
      remote: {perHost: 2},
    },
  ]
  for (const config of good) expect(validate(config), JSON.stringify(validate.errors)).toBe(true)
  const bad = [
    {rule: {}},
    {rules: {'no-broken-link': 'eror'}},
    {rules: {'no-broken-link': ['warn', {exept: []}]}},
    {site: 1},
    {sites: [{}]},
    {sites: [{root: '.', ids: 'x'}]},
    {sites: [{root: '.', route: {}}]},
    {remote: {per: 1}},
    {ignore: 'x'},
  ]
  for (const config of bad) expect(validate(config), JSON.stringify(config)).toBe(false)
})

it('shows settings for remote URLs in the docs that doccheck takes', () => {
  const [, block] = /^export default (\{[\s\S]*?\n\})\n```/m.exec(readFileSync('docs/remote.md', 'utf8'))!
  const {remote} = new Function(`return ${block}`)()
  expect(config.checkConfig({remote})).toEqual({remote})
  const validate = new Ajv({strict: false}).compile(JSON.parse(readFileSync('schema.json', 'utf8')))
  expect(validate({remote}), JSON.stringify(validate.errors)).toBe(true)
  // Every setting is shown, and those that have a default with it.
  expect(Object.keys(remote).sort()).toEqual(Object.keys(remoteConfig.remoteSchema.pipe[1].entries).sort())
  expect(remote).toMatchObject(REMOTE_DEFAULTS)
})

it('names no machine and no registry in the lock file', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "http/)
})
