import {folderOf} from '../../text/paths.ts'
import type {Tree} from '../../tree/tree.ts'
import type {Site} from '../types.ts'

/**
 * Texts that a host copies into new issues, pull requests and discussions:
 * https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests,
 * https://docs.gitlab.com/user/project/description_templates/, https://docs.gitea.com/usage/issue-pull-request-templates,
 * https://forgejo.org/docs/latest/user/issue-pull-request-templates/,
 * https://learn.microsoft.com/azure/devops/repos/git/pull-request-templates.
 */
const TEMPLATE =
  /^(?:(?:.*\/)?\.(?:github|gitlab|gitea|forgejo|azuredevops|vsts)\/|docs\/)?(?:issue|pull_request|merge_request|discussion)_templates?(?:\/.+)?\.\w+$/i

/** Does the host copy the text of a file elsewhere? */
export const isTemplate = (path: string): boolean => TEMPLATE.test(path)

/** The templates of a repository: where their links lead depends on what they are copied into. */
export const templateSite = (host: Site): Site => ({
  ...host,
  why: 'copied into issues and pull requests',
  resolve: (link, from) => {
    const found = host.resolve(link, from)
    return found.to === 'remote' || found.to === 'outside'
      ? found
      : {to: 'unknown', why: 'the host copies this text into issues and pull requests'}
  },
})

/**
 * The folders of wikis, which GitHub and GitLab keep in repositories of their own: a page `Home`, and parts that are shown
 * beside every page, or no README.
 */
export function wikisIn(tree: Tree): string[] {
  const inLowerCase = new Set([...tree.files].map((path) => path.toLowerCase()))
  return [...tree.files]
    .filter((path) => /(?:^|\/)home\.(?:md|markdown)$/i.test(path))
    .map((path) => folderOf(path))
    .filter((folder) => {
      const has = (name: string) => inLowerCase.has(`${folder}/${name}`.replace(/^\//, '').toLowerCase())
      return has('_sidebar.md') || has('_footer.md') || (folder === '' && !has('readme.md'))
    })
}

/** A wiki: it finds pages by their names, in whatever folder they are. */
export const wikiSite = (host: Site): Site => ({
  ...host,
  why: 'in a wiki',
  resolve: (link, from) => {
    const found = host.resolve(link, from)
    return found.to === 'missing' ? {to: 'unknown', why: 'a wiki finds its pages by name'} : found
  },
})
