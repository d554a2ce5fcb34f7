import {decodePercent, fragmentOf, queryAndHashOf, withoutQuery} from '../text/urls.ts'

/** The URL of a file or folder of a repository, as its host shows it. */
export interface RepositoryUrl {
  /** The repository, in lower case: `github.com/owner/name`. */
  name: string
  /** The view of the file; `home` is the start page, which shows the README of the default branch. */
  view: 'blob' | 'tree' | 'raw' | 'edit' | 'blame' | 'home'
  /** The branch, tag or commit, followed by the path, percent-decoded: `main/docs/a.md`. */
  place: string
  /** The URL up to the place, to write another one. */
  start: string
  /** The query and fragment as written. */
  end: string
  /** The fragment, percent-decoded. */
  fragment: string | undefined
}

/** A form of URLs: of one host, or of any. */
interface Form {
  host?: string
  /** Matches the path up to the place, with the path of the repository and the view. */
  start: RegExp
  /** The host of the repository, if files are shown by another one. */
  of?: string
}

/*
 * https://docs.github.com/repositories/working-with-files,
 * https://docs.gitlab.com/development/routing/#project-routes,
 * https://docs.gitea.com/usage/permalinks, https://support.atlassian.com/bitbucket-cloud/docs/link-to-code/
 */
const FORMS: readonly Form[] = [
  {
    host: 'raw.githubusercontent.com',
    of: 'github.com',
    start: /^\/(?<path>[^/]+\/[^/]+)\/(?:refs\/(?:heads|tags)\/)?/,
  },
  {host: 'bitbucket.org', start: /^\/(?<path>[^/]+\/[^/]+)\/(?<view>src|raw)\//},
  {
    host: 'github.com',
    start: /^\/(?<path>[^/]+\/[^/]+)\/(?<view>blob|tree|raw|edit|blame)\/(?:refs\/(?:heads|tags)\/)?/,
  },
  {start: /^\/(?<path>[^/]+\/.+?)\/-\/(?<view>blob|tree|raw|edit|blame)\/(?:refs\/(?:heads|tags)\/)?/},
  {start: /^\/(?<path>[^/]+\/[^/]+)\/(?<view>src|raw|media)\/(?:branch|tag|commit)\//},
  // GitLab before 12.6, and GitHub Enterprise.
  {start: /^\/(?<path>[^/]+\/.+?)\/(?<view>blob|tree|raw|edit|blame)\//},
]

/** Hosts call the view of a file by several names. */
const VIEWS: Readonly<Record<string, RepositoryUrl['view']>> = {
  src: 'blob',
  media: 'raw',
  blob: 'blob',
  tree: 'tree',
  raw: 'raw',
  edit: 'edit',
  blame: 'blame',
}

/** Placeholders in examples: `<version>`, `{branch}`, `$TAG`, `%name%`, `…`, `YOUR_NAME`, `PATH/TO/FILE`. */
const PLACEHOLDER = /[<>{}$*|…]|\.\.\.|%7B|%3C|%\w+%(?![\dA-Fa-f]{2})|YOUR|\/PATH\/TO\//

/** The start page of a repository with a fragment of its README, on the host that has other start pages without one. */
const HOME = /^\/(?<path>[^/]+\/[^/]+)\/?$/

/** Longer URLs are not written by people. */
const LONGEST = 1000

/**
 * Take the URL of a file in a repository apart: `https://github.com/owner/name/blob/main/docs/a.md#use` names
 * `main/docs/a.md` of `github.com/owner/name`.
 *
 * @returns undefined for any other URL
 */
export function parseRepositoryUrl(url: string): RepositoryUrl | undefined {
  const bare = withoutQuery(url)
  const origin = /^https?:\/\/(?:www\.)?([\w.:-]+)(?=\/)/i.exec(bare)
  if (!origin || url.length > LONGEST || PLACEHOLDER.test(bare)) return
  const host = origin[1]!.toLowerCase()
  const path = bare.slice(origin[0].length)
  const parts = {end: queryAndHashOf(url), fragment: fragmentOf(url)}
  if (host === 'github.com' && parts.fragment !== undefined) {
    const home = HOME.exec(path)?.groups?.path
    if (home !== undefined) return {name: nameOn(host, home), view: 'home', place: '', start: bare, ...parts}
  }
  for (const form of FORMS) {
    const match = form.host === undefined || form.host === host ? form.start.exec(path) : null
    if (!match || match[0].length === path.length) continue
    return {
      name: nameOn(form.of ?? host, match.groups!.path!),
      view: VIEWS[match.groups!.view ?? 'raw']!,
      place: decodePercent(path.slice(match[0].length)).replace(/\/+$/, ''),
      start: origin[0] + match[0],
      ...parts,
    }
  }
}

/** May a URL be one that {@link parseRepositoryUrl} knows? A cheap test, as pages have many URLs. */
export const mayBeOfRepository = (url: string): boolean =>
  /^https?:/i.test(url) &&
  /\/(?:blob|tree|raw|edit|blame|src|media)\/|\/\/raw\.githubusercontent\.|github\.com\/[^#]*#/i.test(url)

const nameOn = (host: string, path: string) => `${host}/${path}`.toLowerCase().replace(/\.git$/, '')
