import {readData, record} from '../site/shared/data.ts'
import type {Tree} from '../tree/tree.ts'
import {repositoryName} from './names.ts'
import {parseRepositoryUrl} from './repository-url.ts'

type Data = Record<string, unknown>

/** The files at the root of a tree that state its repository, with the values that do. */
const STATEMENTS: Readonly<Record<string, (data: Data) => unknown[]>> = {
  // https://docs.npmjs.com/cli/configuring-npm/package-json#repository
  'package.json': ({repository}) => [repository, record(repository).url],
  'Cargo.toml': (data) => [record(data.package).repository],
  'pyproject.toml': (data) => Object.values(record(record(data.project).urls)),
  'mkdocs.yml': (data) => [data.repo_url, data.edit_uri],
  'book.toml': (data) => [record(record(data.output).html)['git-repository-url']],
}

/** The hosts that npm knows by a short name. */
const SHORT_HOSTS: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
}

/**
 * Read which repositories the files at the root of a tree say that it is, as {@link repositoryName} names them.
 */
export async function statedRepositories(tree: Tree): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const [file, valuesOf] of Object.entries(STATEMENTS)) {
    if (!tree.files.has(file)) continue
    for (const value of valuesOf(await readData({tree}, file))) {
      const name = typeof value === 'string' ? nameStatedBy(value) : undefined
      if (name !== undefined) names.add(name)
    }
  }
  return names
}

/** `owner/name`, `gitlab:owner/name` and `https://github.com/owner/name/tree/main/docs` name a repository, too. */
function nameStatedBy(value: string): string | undefined {
  const [, host = 'github', path] = /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)$/.exec(value) ?? []
  return path === undefined
    ? (parseRepositoryUrl(value)?.name ?? repositoryName(value))
    : `${SHORT_HOSTS[host]}/${path}`.toLowerCase()
}
