import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Zensical, of whose routing nothing is known yet. */
export const zensical = {name: 'zensical', ...configuredBy('zensical.toml')} as const satisfies Platform
