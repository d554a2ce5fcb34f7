import {existsSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {expect, it} from 'vitest'
import {buildSite, linksOfBuilt, reportedLabels} from './built-site.ts'
import {copyOf} from './world.ts'

const ENGINES = path.resolve('test/engines/node_modules')
const isInstalled = existsSync(path.join(ENGINES, '@astrojs/starlight'))
if (!isInstalled) console.warn('Starlight is not installed (test/engines): its sites are not compared')

it.skipIf(!isInstalled && !process.env.CI)(
  'reports the links that are broken on the site that Starlight builds, and no other',
  async () => {
    const root = copyOf('test/sites/starlight')
    const reported = await reportedLabels(root)
    symlinkSync(ENGINES, path.join(root, 'node_modules'))
    buildSite(process.execPath, [path.join(ENGINES, 'astro/astro.js'), 'build', '--silent'], root, {
      NODE_ENV: 'production',
      ASTRO_TELEMETRY_DISABLED: '1',
    })
    const {broken, all} = linksOfBuilt(path.join(root, 'dist'), '/base/')
    expect(all.length).toBeGreaterThan(80)
    expect(reported).toEqual(broken)
  },
  600_000,
)
