import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Docsify, of whose routing nothing is known yet. */
export const docsify = {name: 'docsify', ...configuredBy('docsify.js')} as const satisfies Platform
