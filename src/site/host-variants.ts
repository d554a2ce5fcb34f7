import {isBelow} from '../text/paths.ts'
import {doubt} from './doubts.ts'
import type {PageSource, SiteDescription} from './platform.ts'
import {doubted} from './shared/doubted.ts'
import type {SiteAnswers} from './types.ts'

const UNKNOWN_READER = doubt('unknown-reader')

/** A variant of a host that answers differently for some of its files. */
export const variant = (
  host: SiteDescription,
  why: string,
  change: (answers: SiteAnswers, pages: PageSource) => Partial<SiteAnswers>,
): SiteDescription => ({
  ...host,
  why,
  publish: (pages) => {
    const answers = host.publish(pages)
    return {...answers, ...change(answers, pages)}
  },
})

/** A host that was assumed rather than detected or configured: another program may also read the pages. */
export const assumed = (host: SiteDescription): SiteDescription => ({
  ...variant(host, host.why, ({anchorsOf, resolve}, {page}) => ({
    anchorsOf: (each) => ({...anchorsOf(each), assumed: true}),
    // Front matter is for a program, which may publish the page that exists at a URL without extension.
    resolve: (link, from) => {
      const found = resolve(link, from)
      return found.to === 'missing' && found.evidence === 'extension' && page(from)?.frontMatter
        ? {to: 'unknown', doubt: UNKNOWN_READER, otherwise: found}
        : found
    },
  })),
  assumed: true,
})

/**
 * Pages in the folder of a site that does not publish them: another program may publish them from elsewhere, or a site of
 * the same kind.
 */
export const unclaimedPages = (host: SiteDescription, site?: SiteDescription): SiteDescription => ({
  ...variant(host, 'beside the pages of a site, for a program that is not known', ({resolve, anchorsOf}) => ({
    resolve: (link, from) => doubted(resolve(link, from), UNKNOWN_READER),
    anchorsOf: (page) => ({...anchorsOf(page), doubts: [UNKNOWN_READER]}),
    references: () => UNKNOWN_READER,
    definitions: () => new Set<string>(),
  })),
  ...(site?.syntax.mdx && {syntax: {...host.syntax, mdx: true}}),
  hasUnknownReader: true,
})

/** Files addressed to readers of the repository, in any folder: other words are also the names of pages, in small letters. */
const FOR_READERS = [
  /(?:^|\/)\.github\/|(?:^|\/)(?:readme|contributing|changelog|licen[cs]e|code[-_]of[-_]conduct)\b[^/]*$/i,
  /(?:^|\/)(?:CHANGES|HISTORY|NEWS|SECURITY|SUPPORT|GOVERNANCE|MAINTAINERS|AUTHORS|INSTALL|TODO|RELEAS[A-Z]*|UPGRAD[A-Z]*)\b[^/]*$/,
]

/** Files that nearly no site publishes, in any folder, perhaps in several languages. */
const ONLY_FOR_READERS =
  /(?:^|\/)\.github\/|(?:^|\/)(?:readme|contributing|licen[cs]e|security|support|code[-_]of[-_]conduct|governance|maintainers|authors)(?:[-_.][a-z]{2}(?:[-_][a-z]+)?)?\.\w+$/i

/** Is a file, by its name, hardly ever published by a site? Unlike a changelog, it is read in the repository. */
export const isOnlyForReaders = (path: string): boolean => ONLY_FOR_READERS.test(path)

/**
 * The site in whose folder a page is that it does not publish, unless it is named like a file for the repository's
 * readers.
 */
export const siteBeside = (path: string, sites: readonly SiteDescription[]): SiteDescription | undefined =>
  path.includes('/') && !FOR_READERS.some((name) => name.test(path))
    ? sites.find(({root, owns}) => owns && isBelow(path, root) && path.includes('/', root.length + 1))
    : undefined

/**
 * Templates that a host copies into new issues, pull requests and discussions:
 * https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests,
 * https://docs.gitlab.com/user/project/description_templates/,
 * https://docs.gitea.com/usage/issue-pull-request-templates,
 * https://forgejo.org/docs/latest/user/issue-pull-request-templates/,
 * https://learn.microsoft.com/azure/devops/repos/git/pull-request-templates.
 */
const ISSUE_TEMPLATE =
  /^(?:(?:.*\/)?\.(?:github|gitlab|gitea|forgejo|azuredevops|vsts)\/|docs\/)?(?:issue|pull_request|merge_request|discussion)_templates?(?:\/.+)?\.\w+$/i

/** Texts beside the code of an action, which it posts as comments. */
const TEXT_OF_ACTION = /(?:^|\/)\.github\/actions\/[^/]+\/(?!(?:.*\/)?readme\b).+$/i

/** Does the host, or an action on it, copy a file into issues or pull requests? */
export const isIssueTemplate = (path: string): boolean =>
  // Most files are told apart without the slower expressions.
  /_template|\.github\//i.test(path) && (ISSUE_TEMPLATE.test(path) || TEXT_OF_ACTION.test(path))

/** Issue and pull request templates: their links resolve relative to wherever the text is copied. */
export const issueTemplates = (host: SiteDescription): SiteDescription =>
  variant(host, 'copied into issues and pull requests', ({resolve}) => ({
    resolve: (link, from) => {
      const found = resolve(link, from)
      return found.to === 'remote' || found.to === 'outside'
        ? found
        : {to: 'unknown', doubt: doubt('copied-text')}
    },
  }))
