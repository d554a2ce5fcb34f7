import {patternOf} from '../../../page/pattern.ts'
import {joinPath} from '../../../text/paths.ts'
import type {Platform, SiteContext} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'
import {readData} from '../../shared/data.ts'

/** Steps, tabs and panels, whose titles have ids. */
const COMPONENT = /^[ \t]*(?:>>>|\+\+\+|===|==-|==\+|--\+)[ \t]+\S.*/gm

/** Retype: https://retype.com */
export const retype = {
  name: 'retype',
  docs: {title: 'Retype', detectedBy: '`retype.yml`, `retype.yaml`, `retype.json`'},
  ...configuredBy('retype.yml', 'retype.yaml', 'retype.json'),
  syntax: {opaque: [patternOf(COMPONENT)]},
  data: async (ctx: SiteContext) => {
    const {input} = await readData(ctx, ctx.marker.file ?? '')
    const folder = typeof input === 'string' ? joinPath('', input) : ''
    return {content: {[folder]: '/'}, assets: {[folder]: '/', [joinPath(folder, 'static')]: '/'}}
  },
} as const satisfies Platform
