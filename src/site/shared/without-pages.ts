import type {SiteContext, SiteDescription} from '../platform.ts'

/** A site that publishes none of the files that doccheck reads: its host shows them. */
export const withoutPages = ({host, marker: {root, why}}: SiteContext): SiteDescription => ({
  ...host,
  root,
  why,
  owns: () => false,
})
