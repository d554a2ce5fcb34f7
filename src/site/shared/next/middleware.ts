import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {middlewareCode} from '../middleware.ts'

/** Where Next.js looks for middleware; from version 16 on, it is called a proxy. */
const PATHS = ['middleware', 'src/middleware', 'proxy', 'src/proxy']

/** Code for programs that prefer Markdown to a page; browsers never do. */
const FOR_PROGRAMS = /\bif\s*\(\s*isMarkdownPreferred\([^()]*\)\s*\)\s*\{(?:[^{}]|\{[^{}]*\})*\}/g

/** The doubt about a URL path at which the site has no page. */
export type RedirectDoubt = (path: string) => Doubt

/**
 * The doubts about the URLs that middleware may redirect or rewrite: certain of those that it names, such as
 * `'/old': '/new'`, and possible for all others.
 *
 * @returns undefined if no middleware does either
 */
export async function redirectDoubt(ctx: SiteContext): Promise<RedirectDoubt | undefined> {
  const code = await middlewareCode(
    ctx,
    PATHS.map((path) => joinPath(ctx.marker.root, path)),
  )
  if (!/\b(?:redirect|rewrite)\(/.test(code.replace(FOR_PROGRAMS, ''))) return
  const named = new Set(
    [...code.matchAll(/(['"`])(\/[^'"`\s]*)\1/g)].map(([, , path]) => trimEnd(path!, '/')),
  )
  return (path) => doubt(named.has(trimEnd(path, '/')) ? 'named-redirect' : 'computed-redirects')
}
