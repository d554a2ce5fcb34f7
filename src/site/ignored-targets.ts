import {nameOf} from '../text/paths.ts'
import {type Doubt, doubt} from './doubts.ts'
import type {ResolverContext} from './resolver-context.ts'
import type {MissingTarget, Site} from './types.ts'

/**
 * The doubt whether the build of a site creates a missing target, since Git ignores it; undefined if Git does not. The
 * host of a repository never has it.
 */
export function whyBuilt(
  {why, path}: MissingTarget,
  {hasLowerCaseUrls}: Pick<Site, 'hasLowerCaseUrls'>,
  {rules, isInTree}: ResolverContext,
): Doubt | undefined {
  const sources = sourcesOf(path)
  const reasons = sources.map((source) => rules?.whyIgnored(source))
  // The path was derived from a URL, and the file may have any letter case.
  const isIgnored =
    why === 'ignored' ||
    reasons.includes('path') ||
    (hasLowerCaseUrls && sources.some((source) => rules?.isIgnoredInAnyCase(source)))
  if (isInTree(path)) return
  if (isIgnored) return doubt('git-ignored')
  return reasons.includes('extension') ? doubt('ignored-extension') : undefined
}

/** May the build of a site create a missing target, since Git ignores it? */
export const mayBeBuilt = (
  missing: MissingTarget,
  site: Pick<Site, 'hasLowerCaseUrls'>,
  context: ResolverContext,
): boolean => whyBuilt(missing, site, context) !== undefined

/** The files that a path may stand for, if it is that of a page: `doc/setup` → also `doc/setup.md`, `doc/setup/_index.md`. */
const sourcesOf = (path: string): string[] =>
  nameOf(path).includes('.') ? [path] : [path, ...SOURCES.map((ending) => path + ending)]

const SOURCES = ['.md', '/index.md', '/_index.md']
