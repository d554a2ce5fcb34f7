import type {Platform, SiteContext} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'

const IMPORT = /\bfrom\s*["'](?:lume\/|[^"'\n]*\/lume[@/])/
const SOURCE = /\blume\s*\(\s*\{[^{}]{0,500}?\bsrc\s*:\s*["']([^"'\n]{1,200})["']/
const LOCATION = /\blocation\s*:\s*new URL\(\s*["'](https?:[^"'\n]{1,200})["']/

/** Lume: https://lume.land */
export const lume = {
  name: 'lume',
  docs: {title: 'Lume', detectedBy: '`_config.ts` or `_config.js` that imports `lume`'},
  ...onlyIf(configuredBy('_config.ts', '_config.js'), async ({file}, tree) =>
    IMPORT.test(await readConfiguration({tree}, file)),
  ),
  data: async ({tree, marker: {file}}: SiteContext) => {
    const code = file === undefined ? '' : await tree.read(file)
    const folder = SOURCE.exec(code)?.[1] ?? ''
    const home = LOCATION.exec(code)?.[1]
    return {
      content: {[folder]: '/'},
      assets: {[folder]: '/'},
      routes: {ending: 'slash', index: ['index']},
      ...(home !== undefined && {home}),
    }
  },
} as const satisfies Platform
