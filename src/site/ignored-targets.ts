import {nameOf} from '../text/paths.ts'
import type {ResolverContext} from './resolver-context.ts'
import type {MissingTarget, Site} from './types.ts'

/** May the build of a site create a missing target, since Git ignores it? The host of a repository never has it. */
export function mayBeBuilt(
  {why, path}: MissingTarget,
  {hasLowerCaseUrls}: Pick<Site, 'hasLowerCaseUrls'>,
  {rules, isInTree}: ResolverContext,
): boolean {
  // The path was derived from a URL, and the file may have any letter case.
  const test = hasLowerCaseUrls ? rules?.isIgnoredInAnyCase : rules?.isIgnored
  const isIgnored = why === 'ignored' || sourcesOf(path).some((source) => test?.(source))
  return isIgnored && !isInTree(path)
}

/** The files that a path may stand for, if it is that of a page: `doc/setup` → also `doc/setup.md`, `doc/setup/_index.md`. */
const sourcesOf = (path: string): string[] =>
  nameOf(path).includes('.') ? [path] : [path, ...SOURCES.map((ending) => path + ending)]

const SOURCES = ['.md', '/index.md', '/_index.md']
