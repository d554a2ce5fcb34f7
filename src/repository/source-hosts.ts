import {repositoryName} from './names.ts'

/** How hosts show a line of a file, after the URL of the repository. */
const FORMS = {
  // Without `plain`, the page is rendered and has no lines.
  github: '/blob/{commit}/{path}?plain=1#L{line}',
  gitlab: '/-/blob/{commit}/{path}?plain=1#L{line}',
  gitea: '/src/commit/{commit}/{path}?display=source#L{line}',
  bitbucket: '/src/{commit}/{path}#lines-{line}',
  azure:
    '?path=/{path}&version=GC{commit}&line={line}&lineEnd={line}&lineStartColumn={column}&lineEndColumn={column}&_a=contents',
}
type Host = keyof typeof FORMS

/** The software of hosts whose names tell. */
const HOSTS: readonly [pattern: RegExp, host: Host][] = [
  [/^github\.com$|^github\./, 'github'],
  [/^gitlab\./, 'gitlab'],
  [/^bitbucket\.org$/, 'bitbucket'],
  [/^(?:codeberg\.org|gitea\.com)$|^(?:gitea|forgejo)\./, 'gitea'],
  [/^dev\.azure\.com$|\.visualstudio\.com$/, 'azure'],
]

/**
 * The URL of a line on the host of a repository, with `{commit}`, `{path}`, `{line}` and `{column}`.
 *
 * @param remote The URL of the remote, of any scheme, or in the form of `scp`.
 * @param env The environment of a CI job, which tells what runs on hosts of any name.
 * @returns undefined if it is unknown what runs on the host
 */
export function templateOf(
  remote: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const job = repositoryOfJob(env)
  if (job?.url !== undefined && repositoryName(job.url) === repositoryName(remote))
    return withoutEnd(job.url) + FORMS[job.host]
  const url = webUrlOf(remote)
  const host = url && HOSTS.find(([pattern]) => pattern.test(url.hostname))?.[1]
  return host && withoutEnd(url.href) + FORMS[host]
}

/** The repository that a CI job is of, and what runs on its host. */
function repositoryOfJob(
  env: Readonly<Record<string, string | undefined>>,
): {url: string | undefined; host: Host} | undefined {
  if (env.GITHUB_ACTIONS === 'true')
    return {
      url: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`,
      host: env.GITEA_ACTIONS || env.FORGEJO_ACTIONS ? 'gitea' : 'github',
    }
  if (env.GITLAB_CI === 'true') return {url: env.CI_PROJECT_URL, host: 'gitlab'}
}

const withoutEnd = (url: string) => url.replace(/\/+$|\.git\/*$/, '')

/** The page of a repository: `git@github.com:Owner/name.git` → `https://github.com/Owner/name.git` */
function webUrlOf(remote: string): URL | undefined {
  const [, scheme, host, port = '', path] =
    /^(?:git\+)?(https?|ssh|git):\/\/(?:[^/@]*@)?([\w.-]+)(:\d+)?\/([^?#]+)$/i.exec(remote) ??
    /^()(?:[^/@:]+@)?([\w.-]+):()(?!\/\/)\/?([^?#]+)$/.exec(remote) ??
    []
  if (host === undefined || !host.includes('.')) return
  const isWeb = /^https?$/i.test(scheme!)
  // https://learn.microsoft.com/azure/devops/repos/git/use-ssh-keys-to-authenticate
  const azure = /^ssh\.dev\.azure\.com$/i.test(host) && /^v3\/([^/]+\/[^/]+)\/([^/]+)$/.exec(path!)
  const url = azure
    ? `https://dev.azure.com/${azure[1]}/_git/${azure[2]}`
    : `${isWeb ? scheme : 'https'}://${host.replace(/^(?:alt)?ssh\./, '')}${isWeb ? port : ''}/${path}`
  return URL.canParse(url) ? new URL(url) : undefined
}
