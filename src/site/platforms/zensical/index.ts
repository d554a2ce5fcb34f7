import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Zensical, whose routing is not supported yet. */
export const zensical = {
  name: 'zensical',
  docs: {title: 'Zensical', detectedBy: '`zensical.toml`'},
  ...configuredBy('zensical.toml'),
} as const satisfies Platform
