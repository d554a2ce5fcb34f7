import {existsSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {buildSite, linksOfBuilt, reportedLabels} from './built-site.ts'
import {copyOf} from './world.ts'

const modules = path.resolve('test/engines/node_modules')
const engine = path.join(modules, '@docusaurus/core/bin/docusaurus.mjs')
const isInstalled = existsSync(engine)
if (!isInstalled) {
  if (process.env.CI) throw new Error('Docusaurus is not installed: npm ci --prefix test/engines')
  console.warn('Docusaurus is not installed (npm ci --prefix test/engines): no site is built with it')
}

const MINUTES = 60_000

it.skipIf(!isInstalled)(
  'reports the links that are broken on the site that Docusaurus builds',
  async () => {
    const root = copyOf('test/sites/docusaurus')
    const reported = await reportedLabels(root)
    symlinkSync(modules, path.join(root, 'node_modules'))
    buildSite(process.execPath, [engine, 'build'], root, {
      DOCUSAURUS_DISABLE_TELEMETRY: '1',
      NO_UPDATE_NOTIFIER: '1',
    })
    const {broken, all} = linksOfBuilt(path.join(root, 'build'), '/site/')
    expect(all.length).toBeGreaterThan(100)
    expect(reported).toEqual(broken)
  },
  10 * MINUTES,
)
