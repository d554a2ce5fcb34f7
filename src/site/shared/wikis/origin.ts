import {trimEnd, trimStart} from '../../../text/trim.ts'
import {readOrigin} from '../../../tree/refs.ts'
import type {Tree} from '../../../tree/tree.ts'

/** The hosts that keep wikis in repositories of their own. */
export type WikiHost = 'github' | 'gitlab' | 'azure'

/** The repository that a tree was cloned from. */
export interface Origin {
  /** The name of its host, such as `github.com`. */
  host: string
  /** The kind of host, as far as its name shows. */
  kind: WikiHost | undefined
  /** The path of the project, without `.wiki`: `owner/name`. */
  project: string
  /** It is the repository of a wiki itself, not that of the project. */
  isWiki: boolean
}

/** The URL of a remote, which may be in the form of `scp`: `git@github.com:owner/name.git`. */
const REMOTE = /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?([^/:@]+)(?::\d+(?=\/))?[/:](.+)$/i

/** The repository that a URL names: `https://github.com/owner/name.wiki.git` → the wiki of `owner/name`. */
export function parseOrigin(url: string): Origin | undefined {
  const [, host, path] = REMOTE.exec(url) ?? []
  if (host === undefined || path === undefined) return
  const name = trimEnd(path, '/').replace(/\.git$/, '')
  const project = trimStart(name.replace(/\.wiki$/i, ''), '/')
  return {host: host.toLowerCase(), kind: kindOf(host), project, isWiki: project.length < name.length}
}

function kindOf(host: string): WikiHost | undefined {
  if (/(?:^|\.)github\./i.test(host)) return 'github'
  if (/gitlab/i.test(host)) return 'gitlab'
  return /(?:^|\.)(?:dev\.azure|visualstudio)\.com$/i.test(host) ? 'azure' : undefined
}

/** The repository that a tree was cloned from; undefined without one. */
export async function originOf({root}: Tree): Promise<Origin | undefined> {
  const url = await readOrigin(root)
  return url === undefined ? undefined : parseOrigin(url)
}
