import type {TreeContext} from './platform.ts'
import {type Redirects, readRedirects} from './redirects.ts'
import {type GitIgnored, readAllIgnored} from './shared/git-ignored.ts'

/** Files of a tree that say for all of its sites which paths may exist beside those of its files. */
export interface TreeRules extends GitIgnored {
  redirects: Redirects
}

/** Read the redirects of a tree, and what Git ignores in it. */
export async function readTreeRules(ctx: TreeContext): Promise<TreeRules> {
  const [redirects, ignored] = await Promise.all([readRedirects(ctx), readAllIgnored(ctx.tree)])
  return {redirects, ...ignored}
}
