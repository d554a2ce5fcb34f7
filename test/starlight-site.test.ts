import {cpSync, mkdtempSync, rmSync} from 'node:fs'
import path from 'node:path'
import {expect, it, onTestFinished} from 'vitest'
import {buildSite, linksOfBuilt, reportedLabels} from './built-site.ts'
import {ENGINES, engines} from './needs.ts'
import {copyOf} from './run-doccheck.ts'

const SITE = 'test/sites/starlight'
const isInstalled = engines('astro', '@astrojs/starlight')

it.skipIf(!isInstalled)(
  'reports the links that are broken on the site that Starlight builds, and no other',
  async () => {
    const reported = await reportedLabels(copyOf(SITE))
    // Beside its packages: Astro takes the path of a package that shares no folder with the site, such as `/tmp` and
    // `/home`, for one below the site, and does not find what it compiled.
    const root = mkdtempSync(path.join('test/engines', 'site-'))
    onTestFinished(() => rmSync(root, {recursive: true}))
    cpSync(SITE, root, {recursive: true})
    const astro = path.join(ENGINES, 'astro/astro.js')
    buildSite(process.execPath, [astro, 'build', '--silent'], root, {
      NODE_ENV: 'production',
      ASTRO_TELEMETRY_DISABLED: '1',
    })
    const {broken, all} = linksOfBuilt(path.join(root, 'dist'), '/base/')
    expect(all.length).toBeGreaterThan(80)
    expect(reported).toEqual(broken)
  },
  600_000,
)
