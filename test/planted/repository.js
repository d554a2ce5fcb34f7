// The repository that a tree was cloned from.
import {spawnSync} from 'node:child_process'

const git = (root, ...words) => spawnSync('git', words, {cwd: root, encoding: 'utf8'}).stdout?.trim()

/** The address of the remote `origin`; undefined or empty if a tree has none. */
export const originOf = (root) => git(root, 'remote', 'get-url', 'origin')

/** The repository on GitHub that a tree was cloned from, `owner/name` in lower case, and the branch that is checked out. */
export function repositoryOf(root) {
  const [, name] = /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(originOf(root) ?? '') ?? []
  return name && {name: name.toLowerCase(), branch: git(root, 'rev-parse', '--abbrev-ref', 'HEAD')}
}
