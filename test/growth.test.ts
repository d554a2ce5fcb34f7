import {describe, expect, it} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {describeSites} from '../src/site/describe-sites.ts'
import {all} from './growth/all.ts'
import {exponent} from './growth/exponent.ts'
import {DESCRIBED, sampleSites} from './growth/platforms.ts'
import {contextOf} from './virtual-tree.ts'

const READERS = [
  'markdown',
  'html',
  'front matter',
  'liquid',
  'kramdown',
  'mdx',
  'hugo',
  'python-markdown',
  'vue',
  'mdbook',
  'myst',
  'docfx',
  'wikilinks',
]

describe('bench:growth', () => {
  const names = all.map(({name}) => name)

  it('has each series once', () => {
    expect(names).toEqual([...new Set(names)])
  })

  it.each([
    ...READERS.map((name) => `reader ${name}`),
    ...DESCRIBED.map((name) => `slugger ${name}`),
    ...DESCRIBED.map((name) => `site ${name}`),
    ...[...builtIn.keys()].map((name) => `rule ${name}`),
  ])('has series for the %s', (kind) => {
    expect(names.filter((name) => name.startsWith(`${kind}: `)).length).toBeGreaterThan(0)
  })

  it.each(sampleSites)('has a site of $platform', async ({platform, files, folder}) => {
    const page = `${folder}/page.md`
    const sites = await describeSites(contextOf({...files, [page]: '# A\n'}))
    expect(sites.of(page).platform).toBe(platform)
  })

  it.each(all)('$name: finds something', async ({of, run, unit}) => {
    expect(await run(await of(unit === 'characters' ? 400 : 20))).toBeGreaterThan(0)
  })

  it.each([1, 1.5, 2, 3])('tells the exponent %d', (power) => {
    const points = [1, 2, 4, 8, 16, 32].map((size) => ({size, ms: size ** power}))
    expect(exponent(points)).toBeCloseTo(power)
  })

  it('tells nothing of times that are noise', () => {
    expect(exponent([1, 2, 4, 8, 16, 32].map((size) => ({size, ms: 0.01})))).toBeUndefined()
  })
})
