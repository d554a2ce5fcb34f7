import {camelCase, withRow} from './sources.js'

const REPORTER = (name) => `import {safe} from '../text/safe.ts'
import {severityOf} from './finding-message.ts'
import {pageMessages, type Report} from './report.ts'

/** One line for each message, with its page, place, severity and rule. Say here who reads the format. */
export const ${camelCase(name)}Reporter = (report: Report): string =>
  pageMessages(report)
    .map(({message, page}) => {
      const {line, column, reason, ruleId} = message
      const place = \`\${safe(page.path)}:\${line ?? 1}:\${column ?? 1}\`
      return \`\${place}: \${severityOf(message)}: \${reason} (\${ruleId})\\n\`
    })
    .join('')
`

const TEST = (name) => `import path from 'node:path'
import {expect, it} from 'vitest'
import {${camelCase(name)}Reporter} from '../src/report/${name}.ts'
import {reportOf} from './hostile-report.ts'
import {copyOf, doccheck} from './run-doccheck.ts'

it('reports the tour', async () => {
  const {out, err} = await doccheck(copyOf('fixtures/tour'), ['--offline', '--reporter', '${name}'])
  expect(err).toBe('')
  await expect(out).toMatchFileSnapshot(path.resolve('fixtures/reports/${name}.txt'))
})

it('is empty without messages', async () => {
  expect(${camelCase(name)}Reporter(await reportOf([{path: 'a.md'}]))).toBe('')
})
`

/**
 * A reporter with its test; that writes its fixture.
 *
 * @param {import('./sources.js').Sources} sources
 * @param {string} name In kebab case.
 * @returns the tests that write what is expected of it
 */
export function addReporter(sources, name) {
  sources.add(`src/report/${name}.ts`, REPORTER(name))
  sources.add(`test/${name}.test.ts`, TEST(name))
  sources.change('src/report/reporters.ts', (text) =>
    text.replace(
      /((?:^ {2}\S+: async \(\) => \(await import\('\.\/[\w-]+\.ts'\)\)\.\w+Reporter,\n)+)/m,
      `$1  '${name}': async () => (await import('./${name}.ts')).${camelCase(name)}Reporter,\n`,
    ),
  )
  sources.change('docs/reports.md', (text) =>
    withRow(text, '| reporter | what it is for |', `| \`${name}\` | one line for each message |`),
  )
  return [`test/${name}.test.ts`]
}
