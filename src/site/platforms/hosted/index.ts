import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Services that host docs, GitBook and Mintlify, of whose routing nothing is known yet. */
export const hosted = {
  name: 'hosted',
  ...configuredBy('.gitbook.yaml', 'docs.json', 'mint.json'),
} as const satisfies Platform
