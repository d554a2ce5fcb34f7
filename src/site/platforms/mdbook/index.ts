import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** mdBook: https://rust-lang.github.io/mdBook */
export const mdbook = {
  name: 'mdbook',
  docs: {
    title: 'mdBook',
    detectedBy: '`book.toml`',
    knows: '`SUMMARY.md`, links as it rewrites them, redirects, includes',
  },
  ...configuredBy('book.toml'),
  describe: async (ctx) => (await import('./describe.ts')).describeMdbook(ctx),
} as const satisfies Platform
