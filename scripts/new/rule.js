import {camelCase, withImport} from './sources.js'

const RULE = (name) => `/**
 * Reports links to \`https://placeholder.invalid\`. Say here in one sentence what the rule reports.
 *
 * Say here why that harms readers, and what is left alone.
 *
 * @example ok
 * See [the guide](https://example.org).
 *
 * @example not ok
 * See [the guide](https://placeholder.invalid).
 * ^ 1:5-1:45 Unexpected link to \`https://placeholder.invalid\`
 */
import {defineRule} from '../src/rule/define-rule.ts'

export default defineRule({name: '${name}', needs: 'page', severity: 'warn', options: {}}, (page, {report}) => {
  for (const {url, start, end} of page.links)
    if (url === 'https://placeholder.invalid')
      report({start, end, target: {name: url}, message: \`Unexpected link to \\\`\${url}\\\`\`})
})
`

const TEST = (name) => `import {expect, it} from 'vitest'
import {checkFolder, folder, messagesOf} from './run-doccheck.ts'

const findings = async (text: string) => messagesOf(await checkFolder(folder({'a.md': text}), '${name}'))

it('reports each link', async () => {
  expect(await findings('[a](https://placeholder.invalid) [b](https://placeholder.invalid)\\n')).toEqual([
    'a.md 1:1-1:33 Unexpected link to \`https://placeholder.invalid\`',
    'a.md 1:34-1:66 Unexpected link to \`https://placeholder.invalid\`',
  ])
})

it('leaves other links alone', async () => {
  expect(await findings('[a](https://example.org) [b](#a)\\n\\n# A\\n')).toEqual([])
})
`

/** Add a line to the sorted table of rules. */
function withRule(text, name) {
  const [before, table, after] = text.split(/(?<=const plugins = \{\n)([\s\S]*?)(?=\}\n)/)
  if (after === undefined) return text
  const lines = table.split('\n').filter((line) => line !== '')
  return `${before}${[...lines, `  '${name}': ${camelCase(name)},`].sort().join('\n')}\n${after}`
}

/**
 * A rule with its test and its fixture.
 *
 * @param {import('./sources.js').Sources} sources
 * @param {string} name In kebab case.
 * @returns the tests that write what is expected of it
 */
export function addRule(sources, name) {
  sources.add(`rules/${name}.ts`, RULE(name))
  sources.add(`test/${name}.test.ts`, TEST(name))
  sources.add(`fixtures/rules/${name}/page.md`, '# Page\n\nSee [the guide](https://placeholder.invalid).\n')
  sources.change('rules/index.ts', (text) =>
    withImport(withRule(text, name), `import ${camelCase(name)} from './${name}.ts'`),
  )
  return ['test/fixtures.test.ts', '--testNamePattern', `fixtures rules/${name}$`]
}
