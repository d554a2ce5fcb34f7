import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Antora, of whose routing nothing is known yet. */
export const antora = {name: 'antora', ...configuredBy('antora.yml')} as const satisfies Platform
