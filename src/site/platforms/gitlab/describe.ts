import type {Heading, Page} from '../../../page/types.ts'
import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {pictureFinder} from '../../shared/images.ts'
import {type Lookup, splitUrl} from '../../shared/lookup.ts'
import {Numbering} from '../../shared/numbering.ts'
import {fileAt, resolveInRepository} from '../../shared/repository.ts'
import type {Anchors, PageSource, Resolution, Site} from '../../types.ts'
import {githubAnchors} from '../github/describe.ts'

/** The file by which a repository on GitLab gives itself away. */
const PIPELINE = '.gitlab-ci.yml'

/** Why a tree is shown by GitLab, if it is. */
export const isOnGitlab = (tree: Tree): string | undefined =>
  tree.files.has(PIPELINE) ? `${PIPELINE} is there` : undefined

/**
 * Files as GitLab shows them, by their paths in the repository.
 *
 * @param assumed Nobody has said so, and something else may read the pages, too.
 */
export function gitlabSite(world: PageSource, lookup: Lookup, why: string, assumed = false): Site {
  return {
    platform: 'gitlab',
    root: '',
    why,
    ...(assumed && {assumed}),
    host: true,
    syntax: {},
    urlsOf: (path) => [`/${path}`],
    resolve: ({url}, from) => resolve(world, lookup, url, from),
    anchorsOf: (page) => {
      const own = gitlabAnchors(page)
      // The repository may be on GitHub, too.
      const other = githubAnchors(page)
      return {...own, has: (id) => own.has(id) || other.has(id), ...(assumed && {assumed})}
    },
  }
}

function resolve(world: PageSource, lookup: Lookup, url: string, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  // https://docs.gitlab.com/development/routing/: `-` stands before all that is no path of a file.
  if (/(?:^|\/)-\//.test(parts.path)) return {to: 'outside', why: 'a part of the project on GitLab'}
  const path = parts.path.startsWith('/') ? joinPath('', parts.path) : joinPath(folderOf(from), parts.path)
  if (isAbove(path)) return {to: 'unknown', why: 'above the repository'}
  if (parts.path.endsWith('/') && lookup.isFile(path)) return fileAt(world, path, parts.fragment)
  return resolveInRepository(world, lookup, url, from)
}

/** Badges of GitLab's own docs, which older versions drop. */
const TIER =
  / \*?\*?\((?:core|starter|premium|ultimate|free|bronze|silver|gold)(?: (?:only|self|saas|all|exp|beta))*\)\*?\*?$/i

/** Comrak's ids, of GitLab 17 and newer: no character is squeezed, doubles have the next number that is free. */
export function gitlabIds(headings: readonly Heading[]): (string | undefined)[] {
  const numbering = new Numbering()
  return headings.map(({html, text}) => {
    if (html) return undefined
    const slug = text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    return numbering.give(slug.replaceAll(' ', '-'))
  })
}

/** The ids of GitLab before 17: hyphens are squeezed, doubles are counted, digits alone are no id. */
export function olderGitlabIds(headings: readonly Heading[]): string[] {
  const times = new Map<string, number>()
  return headings.map(({text}) => {
    const slug = text
      .trim()
      .replace(TIER, '')
      .toLowerCase()
      .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
      .replace(/-{2,}/g, '-')
      .replace(/^(?=\d+$)/, 'anchor-')
    const count = times.get(slug) ?? 0
    times.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
}

/** Lines of a source, the page itself, footnotes. */
const BUILT_IN = /^(?:|top|readme|L\d+(?:-L?\d+)?|fn(?:ref)?-.+)$/

function gitlabAnchors(page: Page): Anchors {
  const ofHeadings = gitlabIds(page.headings)
  const ids = new Set(ofHeadings.filter((id) => id !== undefined && id !== '') as string[])
  for (const {id, from} of page.ids) if (from === 'html') ids.add(id.replace(/^user-content-/, ''))
  const older = new Set(olderGitlabIds(page.headings))
  // GitLab's own docs are built with Hugo from the same files: ids in braces lead somewhere there.
  for (const {id, from} of page.ids) if (from === 'attributes') older.add(id)
  const found: Anchors = {
    ids,
    ofHeadings,
    idOf: (text) => gitlabIds([{text} as Heading])[0],
    has: (fragment) => {
      const id = fragment.replace(/^user-content-/, '')
      return [id, id.toLowerCase()].some((each) => ids.has(each) || older.has(each)) || BUILT_IN.test(id)
    },
  }
  // The texts of pictures count, which are not known.
  const odd = page.headings.find(pictureFinder(page))
  if (odd) found.incompleteBecause = `the id of “${odd.text}” is not certain`
  return found
}
