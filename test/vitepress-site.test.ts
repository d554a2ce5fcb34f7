import {renameSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {buildSite, linksOfBuilt, reportedLabels} from './built-site.ts'
import {ENGINES, engines} from './needs.ts'
import {copyOf} from './run-doccheck.ts'

const engine = path.join(ENGINES, 'vitepress/bin/vitepress.js')
const isInstalled = engines('vitepress')

/** VitePress 2 writes fragments as it writes ids, VitePress 1 does not. */
const BY_VERSION = 'L25'
/** Below another path of the host may be another site. */
const OUTSIDE = ['L6', 'L87']
/** VitePress 2 adds the base to links with `target` or `download`, VitePress 1 does not. */
const BASE_BY_VERSION = ['L84', 'L86']
/** A host leads from `/guide` to `/guide/`; VitePress itself, and its own check, do not. */
const BY_HOST = 'L54'

/** @param silent Links of which the site built here says too much or too little. */
async function compare(root: string, base: string, silent: readonly string[]): Promise<number> {
  const reported = await reportedLabels(root)
  symlinkSync(ENGINES, path.join(root, 'node_modules'))
  buildSite(process.execPath, [engine, 'build'], root)
  const {broken, all} = linksOfBuilt(path.join(root, '.vitepress/dist'), base)
  const certain = (labels: readonly string[]) => labels.filter((label) => !silent.includes(label))
  expect(certain(reported)).toEqual(certain(broken))
  return all.length
}

it.skipIf(!isInstalled)(
  'reports the links that are broken on the site that VitePress builds',
  async () => {
    expect(await compare(copyOf('test/sites/vitepress'), '/', [BY_VERSION])).toBeGreaterThan(55)
  },
  600_000,
)

it.skipIf(!isInstalled)(
  'reports them with a base, a source folder, rewrites and clean URLs, too',
  async () => {
    const root = copyOf('test/sites/vitepress')
    // The guide's sources stand elsewhere than where they are published.
    renameSync(path.join(root, 'guide'), path.join(root, 'manual'))
    writeFileSync(
      path.join(root, '.vitepress/config.js'),
      `export default {
        base: '/lamps/',
        cleanUrls: true,
        ignoreDeadLinks: true,
        srcExclude: ['drafts/**'],
        rewrites: {'manual/:rest*': 'guide/:rest*'},
      }\n`,
    )
    // Relative paths of pictures begin where the source is.
    writeFileSync(
      path.join(root, 'index.md'),
      '# Lamps\n\n[L1](guide/lamp)\n\n[L2](/guide/lamp.md#the-bulb)\n\n[L3](manual/lamp)\n\n[L4](/lamps/guide/lamp)\n\n<a href="/lamps/guide/lamp">L5</a>\n\n<a href="/guide/lamp">L6</a>\n\n[L7](/guide/)\n\n[L8](/guide/lens)\n\n![L9](/img/lamp.svg)\n\n[L10](/manual/)\n\n## Own {#own}\n',
    )
    expect(await compare(root, '/lamps/', [...OUTSIDE, ...BASE_BY_VERSION, BY_HOST])).toBeGreaterThan(25)
  },
  600_000,
)
