import type {Heading, Page} from '../../../page/types.ts'
import {isAbove} from '../../../text/paths.ts'
import type {HostContext, SiteDescription} from '../../platform.ts'
import {idsOfHtml, makeAnchors, uncertainId} from '../../shared/anchors.ts'
import {githubAnchors} from '../../shared/github-anchors.ts'
import {pictureFinder} from '../../shared/heading-images.ts'
import {headingOf} from '../../shared/headings.ts'
import {splitUrl} from '../../shared/lookup.ts'
import {fileAt, placeInRepository, resolveInRepository} from '../../shared/repository.ts'
import {CountedSlugs, UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Anchors, Resolution} from '../../types.ts'

/** Describe how GitLab shows files, by their paths in the repository. */
export async function describeGitlab(ctx: HostContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  return {
    platform,
    root,
    why,
    host: true,
    syntax: {},
    publish: () => ({
      urlsOf: (path) => [`/${path}`],
      resolve: ({url}, from) => resolve(ctx, url, from),
      anchorsOf: (page) => {
        const own = gitlabAnchors(page)
        // The repository may be on GitHub, too.
        const other = githubAnchors(page)
        return {...own, has: (id) => own.has(id) || other.has(id)}
      },
    }),
  }
}

function resolve(ctx: HostContext, url: string, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  // https://docs.gitlab.com/development/routing/: `-` stands before all that is no path of a file.
  if (/(?:^|\/)-\//.test(parts.path)) return {to: 'outside', why: 'a part of the project on GitLab'}
  const place = placeInRepository(parts.path, from)
  if (isAbove(place)) return {to: 'unknown', why: 'above the repository'}
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  if (parts.path.endsWith('/') && ctx.lookup.isFile(place)) return fileAt(ctx, place, parts.fragment)
  return resolveInRepository(ctx, parts, place, from)
}

/** Badges of GitLab's own docs, which older versions drop. */
const TIER =
  / \*?\*?\((?:core|starter|premium|ultimate|free|bronze|silver|gold)(?: (?:only|self|saas|all|exp|beta))*\)\*?\*?$/i

/** Comrak's ids, of GitLab 17 and newer: no character is squeezed, doubles have the next number that is free. */
export function gitlabIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, text}) => {
    if (html) return undefined
    const slug = text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    return slugs.give(slug.replaceAll(' ', '-'))
  })
}

/** The ids of GitLab before 17: hyphens are squeezed, doubles are counted, digits alone are no id. */
export function olderGitlabIds(headings: readonly Heading[]): string[] {
  const slugs = new CountedSlugs()
  return headings.map(({text}) => {
    const slug = text
      .trim()
      .replace(TIER, '')
      .toLowerCase()
      .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
      .replace(/-{2,}/g, '-')
      .replace(/^(?=\d+$)/, 'anchor-')
    return slugs.give(slug)
  })
}

/** Ids of every rendered file, of its lines of source and of footnotes. */
const VIEW_IDS = /^(?:|top|readme|L\d+(?:-L?\d+)?|fn(?:ref)?-.+)$/

function gitlabAnchors(page: Page): Anchors {
  const ofHeadings = gitlabIds(page.headings)
  const ids = new Set([...ofHeadings, ...idsOfHtml(page).map((id) => id.replace(/^user-content-/, ''))])
  const older = new Set(olderGitlabIds(page.headings))
  // GitLab's own docs are built with Hugo from the same files: ids in braces lead somewhere there.
  for (const {id, from} of page.ids) if (from === 'attributes') older.add(id)
  // The alternative texts of images are part of an id, and are not known.
  const odd = page.headings.find(pictureFinder(page))
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: (text) => gitlabIds([headingOf(text)])[0],
    alsoHas: (fragment) => {
      const id = fragment.replace(/^user-content-/, '')
      return [id, id.toLowerCase()].some((each) => ids.has(each) || older.has(each)) || VIEW_IDS.test(id)
    },
    incompleteBecause: odd && uncertainId(odd),
  })
}
