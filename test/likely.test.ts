import {readFileSync, rmSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {check} from '../src/engine/check.ts'
import type {ActiveRule, CheckResult} from '../src/engine/types.ts'
import {isMarkdownFile} from '../src/text/markdown-files.ts'
import {amount} from './amount.ts'
import {git, repository, write} from './repository.ts'
import {doccheck, folder} from './run-doccheck.ts'
import {virtualTree} from './virtual-tree.ts'

const LETTERS = [...'abcdefghijkl']

/** A section of 12 pages, each with a link to the next one. */
const section = (name: string): Record<string, string> =>
  Object.fromEntries(
    LETTERS.map((letter, index) => [
      `docs/${name}/${letter}.md`,
      `# ${letter}\n\nAbout ${name} ${letter}: [next](${LETTERS[(index + 1) % 12]}.md)\n`,
    ]),
  )

const LINKS = '# Links\n\n[gone](guide/gone.md)\n'

/** A site with a plugin that may add pages, and one broken link. */
const SITE: Record<string, string> = {
  'mkdocs.yml': 'site_name: x\nplugins: [search, unknownplugin]\n',
  'docs/index.md': '# Home\n',
  ...section('guide'),
  ...section('reference'),
  'docs/links.md': LINKS,
}

const LIKELY = 'all 12 other targets in docs/guide/ exist'
const GONE = `Unexpected link to missing file \`guide/gone.md\` (likely: ${LIKELY})`
const REASON = 'the plugin unknownplugin may add pages or files'

/** Three links to a section that the plugin may generate. */
const GENERATED = {
  'docs/api.md': '# API\n\n[a](api/a.md) [b](api/b.md) [c](api/c.md)\n',
}

interface Message {
  line: number
  reason: string
  fatal: boolean | null
  likely?: string
  fix?: {safe: boolean}
}

/** The messages of a run with their pages, and what the text report says. */
async function report(cwd: string, ...words: string[]) {
  const json = await doccheck(cwd, ['--offline', '--reporter', 'json', ...words])
  const text = await doccheck(cwd, ['--offline', ...words])
  const files: {path: string; messages: Message[]}[] = JSON.parse(json.out || '[]')
  return {
    code: text.code,
    err: text.err,
    text: text.out,
    messages: files.flatMap((file) => file.messages),
    found: files.flatMap(({path: name, messages}) =>
      messages.map(({line, reason, fatal}) => `${name}:${line} ${fatal ? 'error' : 'warning'} ${reason}`),
    ),
  }
}

const config = (value: object) => ({'.doccheckrc.json': JSON.stringify(value)})
const rule = (...setting: unknown[]) => config({rules: {'no-broken-link': setting}})

describe('a link whose target is missing unless a plugin adds it', () => {
  it('is likely broken where all else of its section exists, which is a warning', async () => {
    const {code, found, messages, text} = await report(folder(SITE))
    expect(found).toEqual([`docs/links.md:3 warning ${GONE}`])
    expect(messages[0]).toMatchObject({likely: LIKELY, fatal: false})
    expect(text).toMatch(/: 1 warning\n/)
    expect(code).toBe(0)
  })

  it('counts for --max-warnings and --quiet as warnings do', async () => {
    const root = folder(SITE)
    const {code, err} = await report(root, '--max-warnings', '0')
    expect([code, err]).toEqual([1, 'doccheck: Too many warnings: 1 (maximum: 0)\n'])
    expect((await report(root, '--max-warnings', '1')).code).toBe(0)
    expect((await report(root, '--quiet')).found).toEqual([])
  })

  it.each([
    [['error', {likely: 'error'}], [`docs/links.md:3 error ${GONE}`], 1],
    [['error', {likely: 'warn'}], [`docs/links.md:3 warning ${GONE}`], 0],
    [['error', {likely: 'off'}], [], 0],
    [['warn'], [`docs/links.md:3 warning ${GONE}`], 0],
    [['warn', {likely: 'error'}], [`docs/links.md:3 warning ${GONE}`], 0],
    [['off', {likely: 'error'}], [], 0],
  ])('has the severity that the rule gives it: %j', async (setting, found, code) => {
    expect(await report(folder({...SITE, ...rule(...setting)}))).toMatchObject({found, code})
  })

  it('may only be warn, error or off', async () => {
    const {code, err} = await report(folder({...SITE, ...rule('error', {likely: 'maybe'})}))
    expect(code).toBe(2)
    expect(err).toContain('likely')
  })

  it('is certain where the plugin is known to add none', async () => {
    const {found, code} = await report(folder({...SITE, 'mkdocs.yml': 'site_name: x\nplugins: [search]\n'}))
    expect(found).toEqual(['docs/links.md:3 error Unexpected link to missing file `guide/gone.md`'])
    expect(code).toBe(1)
  })

  it('is repaired only with --unsafe', async () => {
    const misspelled = {...SITE, 'docs/guide/install.md': '# I\n', 'docs/links.md': '[i](guide/instal.md)\n'}
    const root = folder(misspelled)
    const text = () => readFileSync(path.join(root, 'docs/links.md'), 'utf8')
    const fixed = await report(root, '--fix')
    expect(fixed.found).toEqual([
      'docs/links.md:1 warning Unexpected link to missing file `guide/instal.md`, expected `guide/install.md` (likely: docs/guide/install.md exists)',
    ])
    expect(fixed.text).toContain('Can be fixed: 1 with `--fix --unsafe`')
    expect(text()).toBe('[i](guide/instal.md)\n')
    expect((await report(root, '--fix', '--unsafe')).found).toEqual([])
    expect(text()).toBe('[i](guide/install.md)\n')
    // Different letter case is certain for doccheck, but what the plugin does is not.
    write(root, {'docs/links.md': '[i](guide/Install.md)\n'})
    await report(root, '--fix')
    expect(text()).toBe('[i](guide/Install.md)\n')
  })

  it('is found by a run on its page alone, and when it is staged, as by a run on all pages', async () => {
    const root = await repository({...SITE, ...GENERATED})
    const all = await report(root)
    expect(all.found).toHaveLength(1)
    expect((await report(root, 'docs/links.md')).found).toEqual(all.found)
    expect((await report(root, '--staged')).found).toEqual(all.found)
    const generated = await report(root, 'docs/api.md')
    expect(generated.found).toEqual([])
    expect(generated.text).toContain(`3 links not judged: ${REASON}`)
  })

  it('may be an anchor', async () => {
    const headings = LETTERS.map((letter) => `## Part ${letter}`).join('\n\n')
    // Other spellings of ids do not show that there are further ids.
    const spellings = LETTERS.slice(0, 3).map((letter) => `Part_${letter}`)
    const links = [...LETTERS.map((letter) => `part-${letter}`), 'part-gone', ...spellings]
      .map((id) => `[x](long.md#${id})`)
      .join(' ')
    const tabs = 'markdown_extensions:\n  - pymdownx.tabbed:\n      slugify: !!python/name:x.y\n'
    const site = {
      'mkdocs.yml': `site_name: x\nplugins: [search]\n${tabs}`,
      'docs/long.md': `${headings}\n\n=== "Tab"\n\n    text\n`,
      'docs/links.md': `${links}\n`,
    }
    const {found} = await report(folder(site))
    expect(found).toEqual([
      'docs/links.md:1 warning Unexpected link to missing anchor `#part-gone` in `docs/long.md` (likely: a group of tabs may add ids, but all 12 other fragments on such pages in docs/ exist)',
      ...spellings.map((id) => expect.stringContaining(`anchor \`#${id}\` in \`docs/long.md\`, expected`)),
    ])
  })
})

describe('a run on a single page', () => {
  /** 30 pages in three sections, each with links to others and to pages that do not exist. */
  const sites = fc
    .array(fc.array(fc.tuple(fc.nat(2), fc.nat(10)), {maxLength: 6}), {minLength: 30, maxLength: 30})
    .map((pages) => {
      const nameOf = (folder: number, page: number) => `docs/${'abc'[folder]}/${page}.md`
      const texts = pages.map((links, index): [string, string] => {
        const urls = links.map(([folder, page]) => `../${'abc'[folder]}/${page}.md`)
        return [nameOf(index % 3, Math.floor(index / 3)), urls.map((url) => `[x](${url})`).join(' ')]
      })
      return {'mkdocs.yml': SITE['mkdocs.yml']!, ...Object.fromEntries(texts)}
    })

  it('judges its links as a run on all pages does', async () => {
    let doubted = 0
    await fc.assert(
      fc.asyncProperty(sites, fc.nat(29), async (texts, one) => {
        const tree = virtualTree(texts)
        const pages = [...tree.files].filter(isMarkdownFile)
        const rules = [...builtIn.values()]
          .filter(({name}) => name === 'no-broken-link')
          .map((rule): ActiveRule => ({rule, severity: 'error', options: {...rule.options}}))
        const run = (files: string[]) => check({tree, files, rulesFor: () => rules})
        const path = pages[one]!
        const of = (result: CheckResult) => {
          const {findings, skipped} = result.pages.find((page) => page.path === path)!
          return {findings, skipped}
        }
        const all = await run(pages)
        expect(of(await run([path]))).toEqual(of(all))
        for (const {findings, skipped = []} of all.pages) doubted += findings.length + skipped.length
      }),
      {numRuns: amount(60)},
    )
    // The pages have links that were doubted.
    expect(doubted).toBeGreaterThan(0)
  })
})

describe('a section that a plugin may generate', () => {
  it('is not judged, and counted', async () => {
    const {found, text, code} = await report(folder({...SITE, 'docs/links.md': '# L\n', ...GENERATED}))
    expect(found).toEqual([])
    expect(text).toMatch(/ checked in \S+ s: no problems found, 3 links not judged\n/)
    expect(text.split('\n')).toContain(`3 links not judged: ${REASON}`)
    expect(code).toBe(0)
  })

  it('fails a run that insists', async () => {
    const root = folder({...SITE, 'docs/links.md': '# L\n', ...GENERATED})
    for (const most of ['0', '2']) {
      const {code, err} = await report(root, '--max-unknown', most)
      expect([code, err]).toEqual([1, `doccheck: Too many links not judged: 3 (maximum: ${most})\n`])
    }
    expect(await report(root, '--max-unknown', '3')).toMatchObject({code: 0, err: ''})
  })

  it('is broken on a site that is complete', async () => {
    const {found, text, code} = await report(
      folder({...SITE, ...GENERATED, ...config({sites: [{root: '.', complete: true}]})}),
    )
    expect(found).toEqual([
      ...['a', 'b', 'c'].map(
        (name) => `docs/api.md:3 error Unexpected link to missing file \`api/${name}.md\``,
      ),
      'docs/links.md:3 error Unexpected link to missing file `guide/gone.md`',
    ])
    expect(text).not.toContain('not judged')
    expect(code).toBe(1)
  })

  it('is silent where it is declared to be generated', async () => {
    const {found, text} = await report(
      folder({
        ...SITE,
        ...GENERATED,
        ...config({sites: [{root: '.', complete: true, generated: ['/api/**']}]}),
      }),
    )
    expect(found).toEqual(['docs/links.md:3 error Unexpected link to missing file `guide/gone.md`'])
    expect(text).not.toContain('not judged')
  })
})

describe('a baseline', () => {
  const words = ['--baseline', '.doccheck-baseline.json', '--max-warnings', '0']
  const known = '1 known problem in the baseline not shown'

  it('has likely findings, and knows them when the evidence changes', async () => {
    const root = folder(SITE)
    expect((await doccheck(root, ['baseline', '--offline'])).code).toBe(0)
    expect(await report(root, ...words)).toMatchObject({found: [], code: 0})
    write(root, {
      'docs/guide/new.md': '# N\n',
      'docs/more.md': '[n](guide/new.md) [a](guide/a.md)\n',
    })
    const {found, text} = await report(root, ...words)
    expect(found).toEqual([])
    expect(text).toContain(known)
  })

  it('keeps the entry of a link that can no longer be judged', async () => {
    const root = folder(SITE)
    await doccheck(root, ['baseline', '--offline'])
    const before = readFileSync(path.join(root, '.doccheck-baseline.json'), 'utf8')
    write(root, {'docs/more.md': '[m](guide/more.md)\n'})
    for (const more of [[], ['--fix']])
      expect(await report(root, ...words, ...more)).toMatchObject({found: [], code: 0})
    const {out} = await doccheck(root, ['baseline', '--offline'])
    expect(out).toBe('0 fixed problems removed from .doccheck-baseline.json, 1 left\n')
    rmSync(path.join(root, 'docs/more.md'))
    expect((await report(root, ...words)).text).toContain(known)
    expect(readFileSync(path.join(root, '.doccheck-baseline.json'), 'utf8')).toBe(before)
    write(root, {'docs/links.md': '# L\n'})
    expect((await report(root, ...words)).found).toEqual([
      expect.stringContaining('that no longer exists (no-broken-link: `docs/guide/gone.md`)'),
    ])
  })
})

/** A repository with such a site on `main`, and another branch. */
async function branch(files: Record<string, string>): Promise<string> {
  const root = await repository(files)
  await git(root, 'commit', '-qm', 'x')
  await git(root, 'switch', '-qc', 'topic')
  return root
}

describe.each(['--staged', '--since main'])('a change that is checked with %s', (words) => {
  const judge = async (root: string) => {
    await git(root, 'add', '--all')
    return report(root, ...words.split(' '))
  }

  it('shows the likely broken links that it adds', async () => {
    const root = await branch({...SITE, 'docs/links.md': '# Links\n'})
    write(root, {'docs/links.md': LINKS})
    expect(await judge(root)).toMatchObject({found: [`docs/links.md:3 warning ${GONE}`], code: 0})
  })

  it('does not show what was likely broken before', async () => {
    const root = await branch(SITE)
    write(root, {'docs/guide/new.md': '# N\n', 'docs/index.md': '# Home\n\n[n](guide/new.md)\n'})
    const {found, text} = await judge(root)
    expect(found).toEqual([])
    expect(text).toContain('1 known problem')
  })

  it('does not show a link that could not be judged before', async () => {
    const few = {
      'mkdocs.yml': SITE['mkdocs.yml']!,
      'docs/index.md': '# Home\n',
      'docs/links.md': LINKS,
      'docs/guide/a.md': '# A\n',
    }
    const root = await branch(few)
    expect((await report(root)).text).toContain(`1 link not judged: ${REASON}`)
    write(root, section('guide'))
    expect((await judge(root)).found).toEqual([])
    await git(root, 'commit', '-qm', 'x')
    expect((await report(root)).found).toEqual([`docs/links.md:3 warning ${GONE}`])
  })

  it('does not call fixed what can no longer be judged', async () => {
    const root = await branch(SITE)
    write(root, {'docs/index.md': '# Home\n\n[m](guide/more.md)\n'})
    const {found, text} = await judge(root)
    expect(found).toEqual([])
    if (words !== '--staged') expect(text).toContain('Since main: 0 problems fixed')
  })
})
