import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

const STEMS = ['.eleventy', 'eleventy', 'eleventy.config']

/** Eleventy, whose routing is not supported yet. */
export const eleventy = {
  name: 'eleventy',
  docs: {title: 'Eleventy', detectedBy: '`eleventy.config.*`, `.eleventy.js`'},
  ...configuredBy(
    ...STEMS.flatMap((stem) => ['js', 'mjs', 'cjs'].map((extension) => `${stem}.${extension}`)),
  ),
} as const satisfies Platform
