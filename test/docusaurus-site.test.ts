import {symlinkSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {buildSite, linksOfBuilt, reportedLabels} from './built-site.ts'
import {ENGINES, engines} from './needs.ts'
import {copyOf} from './run-doccheck.ts'

const engine = path.join(ENGINES, '@docusaurus/core/bin/docusaurus.mjs')
const isInstalled = engines('@docusaurus/core', '@docusaurus/preset-classic', 'react', 'react-dom')

const MINUTES = 60_000

it.skipIf(!isInstalled)(
  'reports the links that are broken on the site that Docusaurus builds',
  async () => {
    const root = copyOf('test/sites/docusaurus')
    const reported = await reportedLabels(root)
    symlinkSync(ENGINES, path.join(root, 'node_modules'))
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
