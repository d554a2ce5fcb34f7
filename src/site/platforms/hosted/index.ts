import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Services that host docs, GitBook and Mintlify, whose routing is not supported yet. */
export const hosted = {
  name: 'hosted',
  docs: {title: 'GitBook, Mintlify', detectedBy: '`.gitbook.yaml`, `docs.json`, `mint.json`'},
  ...configuredBy('.gitbook.yaml', 'docs.json', 'mint.json'),
} as const satisfies Platform
