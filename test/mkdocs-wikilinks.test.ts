import {spawnSync} from 'node:child_process'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {urlOfLabel} from '../src/site/platforms/mkdocs/wikilinks.ts'
import {python} from './needs.ts'
import {checkFolder, doccheck, folder, messagesOf} from './run-doccheck.ts'

const site = (settings: string, pages: Record<string, string>) =>
  folder({'mkdocs.yml': `site_name: Lamps\n${settings}\n`, ...pages})

async function check(settings: string, pages: Record<string, string>): Promise<string[]> {
  const root = site(settings, pages)
  const found = ['no-broken-link', 'no-missing-anchor'].map((rule) => checkFolder(root, rule))
  return (await Promise.all(found)).flatMap(messagesOf)
}

const PAGES = {
  'docs/parts/warm-lamp.md': '---\nalias: [glow, shine]\n---\n\n# Lamp\n\n## Set up: run it\n',
  'docs/img/Bulb One.png': '',
}

it('leaves double brackets alone without a plugin for them', async () => {
  expect(await check('', {...PAGES, 'docs/index.md': '[[Nowhere]]\n'})).toEqual([])
})

it('finds files as roamlinks does: by name in any folder, or by path from that of the pages', async () => {
  const text = [
    '[[Warm Lamp]] [[warm_lamp|text]] [[warm-lamp.md]] [[parts/warm-lamp#Set up: run it]] ![[bulb one.png]]',
    '[[Cold lamp]] [[other/warm-lamp]] [[../parts/warm-lamp]] [[warm lamp#Nowhere]] [[#Here]] [[#There]]',
    '## Here',
  ]
  expect(
    await check('plugins: [search, roamlinks]', {...PAGES, 'docs/a/b.md': `${text.join('\n\n')}\n`}),
  ).toEqual([
    'docs/a/b.md 3:3-3:12 Unexpected link to missing file `Cold lamp`',
    'docs/a/b.md 3:17-3:32 Unexpected link to missing file `other/warm-lamp`, expected `parts/warm-lamp`',
    'docs/a/b.md 3:37-3:55 Unexpected link to missing file `../parts/warm-lamp`, expected `warm-lamp`',
    'docs/a/b.md 3:60-3:77 Unexpected link to missing anchor `#nowhere` in `docs/parts/warm-lamp.md`',
    'docs/a/b.md 3:92-3:98 Unexpected link to missing anchor `#there`, expected `#here`',
  ])
})

it('finds the ends of paths as ezlinks does', async () => {
  const text = '[[parts/warm-lamp]] [[bulb one.png]] [[x/warm-lamp]]\n'
  expect(await check('plugins: [ezlinks]', {...PAGES, 'docs/a.md': text})).toEqual([
    'docs/a.md 1:40-1:51 Unexpected link to missing file `x/warm-lamp`, expected `parts/warm-lamp`',
  ])
})

describe('links in Markdown', () => {
  const LINKS =
    '[a](warm-lamp.md#lamp) ![b](Bulb%20One.png) [c](warm-lamp) [d](x/warm-lamp.md) [e](gone.md)\n'

  it('are left alone without a plugin', async () => {
    expect(await check('', {...PAGES, 'docs/a.md': LINKS})).toHaveLength(5)
  })

  // The plugin finds the name that such a URL consists of, percent-decoded: AUTOLINK_RE in its source.
  it('lead to the file of that name with roamlinks', async () => {
    expect(await check('plugins: [roamlinks]', {...PAGES, 'docs/a.md': LINKS})).toEqual([
      expect.stringContaining('missing file `warm-lamp`'),
      expect.stringContaining('missing file `x/warm-lamp.md`'),
      expect.stringContaining('missing file `gone.md`'),
    ])
  })

  it('lead to the file of that name with autolinks', async () => {
    const root = site('plugins: [autolinks]', {...PAGES, 'docs/a.md': LINKS})
    const {out} = await doccheck(root, ['inspect', 'docs/a.md'])
    const found = JSON.parse(out).links.map(({leads}: {leads: {to: string}}) => leads.to)
    expect(found).toEqual(['page', 'file', 'unknown', 'unknown', 'unknown'])
  })

  it('lead to the file whose path ends in theirs with ezlinks', async () => {
    expect(await check('plugins: [ezlinks]', {...PAGES, 'docs/a.md': LINKS})).toEqual([
      expect.stringContaining('missing file `x/warm-lamp.md`'),
      expect.stringContaining('missing file `gone.md`'),
    ])
  })
})

it('finds the aliases of pages as the plugin alias does, which may know more of them', async () => {
  const root = site('plugins: [alias]', {...PAGES, 'docs/a.md': '[[glow]] [[shine|text]] [[gone]]\n'})
  const {out} = await doccheck(root, ['--offline', '--reporter', 'concise'])
  expect(out).toBe('')
  const {out: text} = await doccheck(root, ['--offline'])
  expect(text).toContain('no problems found, 1 link not judged')
})

it('makes URLs of labels as the extension of Python-Markdown does', async () => {
  const settings = 'markdown_extensions:\n  - wikilinks:\n      base_url: /parts/'
  expect(
    await check(`site_url: https://lamps.test/\n${settings}`, {
      ...PAGES,
      'docs/a.md': '[[warm-lamp]] [[no link: x]] [[cold lamp]]\n',
    }),
  ).toEqual(['docs/a.md 1:32-1:41 Unexpected link to missing file `cold lamp`'])
})

const command = python('Python-Markdown (Debian: python3-markdown)', 'markdown')

describe.skipIf(!command)('Python-Markdown', () => {
  it('makes the same URLs of labels', () => {
    const label = fc.stringMatching(/^[\w äß灯 _-]{1,12}$/u).filter((text) => text.trim() !== '')
    const labels = fc.sample(label, {numRuns: 300, seed: 7})
    const code = [
      'import json, sys, markdown',
      'from markdown.extensions.wikilinks import build_url',
      'print(json.dumps([build_url(label.strip(), "/", "/") for label in json.load(sys.stdin)]))',
    ].join('\n')
    const {stdout, stderr} = spawnSync(command!, ['-c', code], {
      input: JSON.stringify(labels),
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(labels.map((each) => urlOfLabel(each, ['/', '/']))).toEqual(JSON.parse(stdout))
  })
})

it('leaves the definitions alone that Foam adds for other readers of wikilinks', async () => {
  const text =
    '[[warm-lamp]] [[bulb|text]]\n\n[warm-lamp]: parts/warm-lamp.md\n[bulb|text]: img/Bulb%20One.png\n[x]: y.md\n'
  const root = site('plugins: [roamlinks]', {...PAGES, 'docs/a.md': text})
  expect(messagesOf(await checkFolder(root, 'no-unused-definition'))).toEqual([
    'docs/a.md 5:1-5:10 Unexpected unused definition `x`',
  ])
})
