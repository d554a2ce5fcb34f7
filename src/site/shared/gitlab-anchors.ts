import type {Heading, Page} from '../../page/types.ts'
import type {Anchors} from '../types.ts'
import {idsOfHtml, makeAnchors} from './anchors.ts'
import {githubAnchors} from './github-anchors.ts'
import {headingOf} from './headings.ts'
import {imageHeadingDoubts} from './uncertain-headings.ts'
import {CountedSlugs, UniqueSlugs} from './unique-slugs.ts'

/** The ids of a page on GitLab, and on GitHub, where the repository may be mirrored. */
export function gitlabAnchors(page: Page): Anchors {
  const own = ownAnchors(page)
  const onGithub = githubAnchors(page)
  return {...own, has: (fragment) => own.has(fragment) || onGithub.has(fragment)}
}

/** Tier badges in GitLab's own docs, which older versions drop. */
const TIER =
  / \*?\*?\((?:core|starter|premium|ultimate|free|bronze|silver|gold)(?: (?:only|self|saas|all|exp|beta))*\)\*?\*?$/i

/** Comrak's ids, as of GitLab 17: hyphens are kept, and duplicates get the next free number: `A  b` → `a--b`. */
export function gitlabIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, text}) => {
    if (html) return undefined
    const slug = text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    return slugs.give(slug.replaceAll(' ', '-'))
  })
}

/**
 * The ids of GitLab before 17: runs of hyphens are collapsed, duplicates are counted, and numbers get a prefix: `2024`
 * → `anchor-2024`.
 */
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

/** Ids of every rendered file, of the lines in its source view and of footnotes. */
const VIEW_IDS = /^(?:|top|readme|L\d+(?:-L?\d+)?|fn(?:ref)?-.+)$/

function ownAnchors(page: Page): Anchors {
  const ofHeadings = gitlabIds(page.headings)
  const ids = new Set([...ofHeadings, ...idsOfHtml(page).map((id) => id.replace(/^user-content-/, ''))])
  const older = new Set(olderGitlabIds(page.headings))
  // GitLab's own docs are built with Hugo from the same files, where ids in braces work.
  for (const {id, from} of page.ids) if (from === 'attributes') older.add(id)
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: (text) => gitlabIds([headingOf(text)])[0],
    alsoHas: (fragment) => {
      const id = fragment.replace(/^user-content-/, '')
      return [id, id.toLowerCase()].some((each) => ids.has(each) || older.has(each)) || VIEW_IDS.test(id)
    },
    // The alt texts of images are part of an id.
    doubts: imageHeadingDoubts(page),
  })
}
