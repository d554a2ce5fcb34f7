import type {TreeContext} from './platform.ts'
import {type Redirects, readRedirects} from './redirects.ts'
import {readAllIgnored} from './shared/git-ignored.ts'

/** Files of a tree that say for all of its sites which paths may exist beside those of its files. */
export interface TreeRules {
  redirects: Redirects
  /** Does Git ignore a path, so that a build may create it? */
  isIgnored(path: string): boolean
}

/** Read the redirects of a tree, and what Git ignores in it. */
export async function readTreeRules(ctx: TreeContext): Promise<TreeRules> {
  const [redirects, isIgnored] = await Promise.all([readRedirects(ctx), readAllIgnored(ctx.tree)])
  return {redirects, isIgnored}
}
