import type {Doubt} from '../doubts.ts'
import {
  ENOUGH_TARGETS,
  FEW_MISSING,
  FEW_MISSING_IF_WEAK,
  FEWEST_DISBELIEVED,
  FOUND_AT_TOP,
  MISSING_SHARE,
  MISSING_SHARE_IF_WEAK,
  MISSING_SHARE_OF_SITE,
} from './thresholds.ts'

/** The numbers of distinct targets in a section, and in all below it. */
export interface SectionCounts {
  found: number
  missing: number
}

/** The counts of a section, which may be changed. */
export function countsIn(sections: Map<string, SectionCounts>, section: string): SectionCounts {
  let counts = sections.get(section)
  if (!counts) sections.set(section, (counts = {found: 0, missing: 0}))
  return counts
}

/** Are most targets of a section missing together, so that a program or another repository owns it? */
export const comesFromElsewhere = ({found, missing}: SectionCounts): boolean => missing > Math.max(1, found)

/** Are so many targets missing that the links are not for what seems to publish the site? */
export const isDisbelieved = ({found, missing}: SectionCounts): boolean =>
  missing >= FEWEST_DISBELIEVED && found <= missing / 2

/** Is at most this share of a section missing? */
export const isSmall = ({found, missing}: SectionCounts, share: number): boolean =>
  missing <= share * (found + missing)

/** Are there so many targets directly in a section, nearly all of which exist, that those in folders below do not matter? */
export const speaks = (direct: SectionCounts): boolean =>
  direct.found >= ENOUGH_TARGETS && isSmall(direct, MISSING_SHARE)

/** Are the targets of a section too few to speak for themselves, but not against what those above it say? */
export const saysLittle = ({found, missing}: SectionCounts, isOfSite: boolean): boolean =>
  found + missing < ENOUGH_TARGETS &&
  missing <= FEW_MISSING &&
  // Where nothing is found, a program may own the section.
  (found > 0 || isOfSite)

/** A path as a reader knows it, also above the site: `/../use` → `../use` */
export const shownPath = (path: string): string => path.replace(/^\/(?=\.\.(?:\/|$))/, '')

/** The clause that the counts of a section refute a doubt with. */
export function clauseFor(section: string, {found, missing}: SectionCounts): string {
  const where = section === '' || section === '/' ? 'on the site' : `in ${shownPath(section)}/`
  return missing === 1
    ? `all ${found} other targets ${where} exist`
    : `${found} of ${found + missing} targets ${where} exist`
}

/** The clause that the counts of targets at the top of a site refute a doubt with, if enough exist. */
export function clauseAtTop({found, missing}: SectionCounts): string | undefined {
  if (found < FOUND_AT_TOP * Math.max(1, missing)) return
  return missing > 1
    ? `${found} of ${found + missing} targets at the top of the site exist`
    : `all ${found} other targets at the top of the site exist`
}

/** The counts of several sections together. */
export const sumOf = (counts: readonly SectionCounts[]): SectionCounts => ({
  found: counts.reduce((sum, {found}) => sum + found, 0),
  missing: counts.reduce((sum, {missing}) => sum + missing, 0),
})

/** How far a section with few links may be judged by the rest of the site. */
export interface Trust {
  /** The share of the site's targets that may be missing. */
  ofSite: number
  /** Is the section certainly one of the site, even if no link shows it? */
  isOfSite: boolean
}

/** Decide how far the section of a missing target may be judged by the rest of the site, given the site's counts. */
export function trustIn(
  {reason}: Doubt,
  {hasLikeness, isUnlikeGenerated}: {hasLikeness: boolean; isUnlikeGenerated: boolean},
  {missing}: SectionCounts,
): Trust {
  // Programs seldom add a target of that kind.
  if (hasLikeness || isUnlikeGenerated) return {ofSite: MISSING_SHARE, isOfSite: true}
  // The URL is in a folder with pages of the site, or git would ignore what is generated.
  const isWeak = reason === 'guessed-home' || reason === 'unignored-pages'
  const ofWeak = missing <= FEW_MISSING_IF_WEAK ? 2 * MISSING_SHARE_IF_WEAK : MISSING_SHARE_IF_WEAK
  return {ofSite: isWeak ? ofWeak : MISSING_SHARE_OF_SITE, isOfSite: false}
}
