import {afterEach, describe, expect, it, vi} from 'vitest'
import {LinkEvidence} from '../src/site/evidence/link-evidence.ts'
import {Lookup} from '../src/site/shared/lookup.ts'
import {doccheck, folder} from './run-doccheck.ts'

/** What judges links: a site looks up files, and evidence is gathered and consulted. */
const STEPS = {
  resolve: [Lookup.prototype, 'isFile'],
  add: [LinkEvidence.prototype, 'add'],
  refute: [LinkEvidence.prototype, 'refute'],
} as const

/** Let a step fail where it is about `odd.md`. */
function spoil(what: keyof typeof STEPS, loops: boolean): void {
  const [prototype, name] = STEPS[what] as unknown as [
    Record<string, (...given: unknown[]) => unknown>,
    string,
  ]
  const original = prototype[name]!
  vi.spyOn(prototype, name).mockImplementation(function (this: unknown, ...given: unknown[]) {
    if (JSON.stringify(given).includes('odd.md')) {
      if (!loops) throw new Error('no')
      for (;;) given.length = 0
    }
    return original.apply(this, given)
  })
}

afterEach(() => {
  vi.restoreAllMocks()
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

describe.each(['resolve', 'add', 'refute'] as const)('a mistake in what judges links: %s', (what) => {
  it('that throws is told on the page, and the run goes on', async () => {
    spoil(what, false)
    const {code, err, on} = await run()
    expect(code).toBe(2)
    expect(err).toMatch(/^doccheck: unexpected error: links on docs\/bad\.md[^\n]*: no\n/)
    expect(on('bad')).toContainEqual(
      expect.stringMatching(/^Not checked completely, because of an error: links on docs\/bad\.md/),
    )
    expect(on('good')).toEqual([expect.stringContaining(LIKELY), expect.stringContaining(LABEL)])
  })

  it('that does not end is stopped, and the run goes on', {timeout: 120_000}, async () => {
    spoil(what, true)
    const {code, err, on} = await run()
    expect([code, err]).toEqual([1, ''])
    if (what !== 'add')
      expect(on('bad')).toEqual(['Not checked completely: links on docs/bad.md takes longer than 0.3 s'])
    expect(on('good')).toEqual([expect.stringContaining(LIKELY), expect.stringContaining(LABEL)])
  })
})

it('is not told where the page is not one to report on', {timeout: 120_000}, async () => {
  spoil('resolve', true)
  const {code, err, on} = await run('docs/good.md')
  expect([code, err]).toEqual([1, ''])
  expect(on('good')).toEqual([expect.stringContaining(LIKELY), expect.stringContaining(LABEL)])
})
