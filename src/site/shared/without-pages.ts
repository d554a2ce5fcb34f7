import type {SiteContext, SiteDescription} from '../platform.ts'

/** A site that publishes none of the pages that doccheck reads: they are left to its host. */
export const withoutPages = ({host, marker: {root, why}}: SiteContext): SiteDescription => ({
  ...host,
  root,
  why,
  owns: () => false,
})
