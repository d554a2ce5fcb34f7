import {beforeEach, describe, expect, it, vi} from 'vitest'
import {doccheck, folder} from './run-doccheck.ts'

type Call = (...given: never[]) => unknown

/** A function of doccheck that fails on some calls. */
interface Failing {
  /** The name of the function. */
  what?: 'resolve' | 'add' | 'refute'
  /** The call fails if one of its arguments contains this. */
  on: string
  loops: boolean
}

const failing = vi.hoisted((): Failing => ({on: '', loops: false}))

const spoil = vi.hoisted(() => (what: Failing['what'], call: Call): Call => {
  return function (this: unknown, ...given) {
    if (failing.what === what && JSON.stringify(given).includes(failing.on)) {
      if (!failing.loops) throw new Error('no')
      for (;;) given.length = 0
    }
    return call.apply(this, given)
  }
})

vi.mock('../src/site/platforms/mkdocs/links.ts', async (original) => {
  const module = await original<Record<string, Call>>()
  return {...module, resolveMkdocsLink: spoil('resolve', module.resolveMkdocsLink!)}
})

vi.mock('../src/site/evidence/link-evidence.ts', async (original) => {
  const module = await original<{LinkEvidence: {prototype: Record<'add' | 'refute', Call>}}>()
  const {prototype} = module.LinkEvidence
  prototype.add = spoil('add', prototype.add)
  prototype.refute = spoil('refute', prototype.refute)
  return module
})

const LETTERS = [...'abcdefghijklmnopqrstu']

/** A site with a plugin that may add pages, a likely broken link and a certain one. */
const SITE = {
  'mkdocs.yml': 'site_name: x\nplugins: [search, unknownplugin]\n',
  'docs/all.md': LETTERS.map((letter) => `[x](guide/${letter}.md)`).join(' '),
  ...Object.fromEntries(LETTERS.map((letter) => [`docs/guide/${letter}.md`, '# X\n'])),
  'docs/good.md': '[gone](guide/gone.md) [label][none]\n',
  'docs/bad.md': '[odd](guide/odd.md) [label][none]\n',
}

const LABEL = 'Unexpected reference to undefined label `none`'
const LIKELY = 'Unexpected link to missing file `guide/gone.md` (likely: '

/** Run all, and the HTML report, which asks for each link again. */
async function run(...words: string[]) {
  const reporters = ['--reporter', 'json', '--reporter', 'html:report.html']
  const ran = await doccheck(folder(SITE), ['--offline', ...reporters, ...words], {
    env: {DOCCHECK_PAGE_SECONDS: '0.3'},
  })
  const files: {path: string; messages: {reason: string; ruleId: string}[]}[] = JSON.parse(ran.out)
  const on = (name: string) =>
    files.find(({path}) => path === `docs/${name}.md`)!.messages.map(({reason}) => reason)
  return {...ran, on}
}

beforeEach(() => {
  delete failing.what
})

describe.each(['resolve', 'add', 'refute'] as const)('a mistake in what judges links: %s', (what) => {
  it('that throws is told on the page, and the run goes on', async () => {
    Object.assign(failing, {what, on: 'odd.md', loops: false})
    const {code, err, on} = await run()
    expect(code).toBe(2)
    expect(err).toMatch(/^doccheck: unexpected error: links on docs\/bad\.md[^\n]*: no\n/)
    expect(on('bad')).toContainEqual(
      expect.stringMatching(/^Not checked completely, because of an error: links on docs\/bad\.md/),
    )
    expect(on('good')).toEqual([expect.stringContaining(LIKELY), expect.stringContaining(LABEL)])
  })

  it('that does not end is stopped, and the run goes on', {timeout: 120_000}, async () => {
    Object.assign(failing, {what, on: 'odd.md', loops: true})
    const {code, err, on} = await run()
    expect([code, err]).toEqual([1, ''])
    if (what !== 'add')
      expect(on('bad')).toEqual(['Not checked completely: links on docs/bad.md takes longer than 0.3 s'])
    expect(on('good')).toEqual([expect.stringContaining(LIKELY), expect.stringContaining(LABEL)])
  })
})

it('is not told where the page is not one to report on', {timeout: 120_000}, async () => {
  Object.assign(failing, {what: 'resolve', on: 'odd.md', loops: true})
  const {code, err, on} = await run('docs/good.md')
  expect([code, err]).toEqual([1, ''])
  expect(on('good')).toEqual([expect.stringContaining(LIKELY), expect.stringContaining(LABEL)])
})
