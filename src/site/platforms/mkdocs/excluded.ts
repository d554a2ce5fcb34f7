import {gitIgnored} from '../../../pattern/gitignore.ts'
import {globsOf} from '../../../pattern/globs.ts'
import {linear} from '../../../pattern/linear.ts'
import {strings} from '../../shared/data.ts'
import type {PluginOptions} from './additions.ts'

/** The files that MkDocs leaves out by default: `_default_exclude` in `mkdocs/structure/files.py`. */
const EXCLUDED = ['.*', '/templates/']

/**
 * Create the test of whether a file, by its path from the pages' folder, is left out of the site.
 *
 * @param plugin The options of the plugin exclude.
 */
export function readExcluded(
  {exclude_docs: excluded, draft_docs: drafts}: Record<string, unknown>,
  {glob, regex}: PluginOptions,
): (path: string) => boolean {
  const isExcluded = gitIgnored([...EXCLUDED, ...linesOf(excluded)])
  const isDraft = gitIgnored(linesOf(drafts))
  const globs = strings(glob).flatMap((each) => globsOf([each], 'python') ?? [])
  const expressions = strings(regex).flatMap((each) => linear(`^(?:${each})`) ?? [])
  const byPlugin = [...globs, ...expressions]
  return (path) => isExcluded(path) || isDraft(path) || byPlugin.some((pattern) => pattern.test(path))
}

const linesOf = (text: unknown): string[] => (typeof text === 'string' ? text.split('\n') : [])
