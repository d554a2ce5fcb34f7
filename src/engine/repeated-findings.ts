import type {Tree} from '../tree/tree.ts'
import type {PageResult, RuleFinding} from './types.ts'

const keyOf = ({rule, start, message}: RuleFinding) => `${start} ${rule} ${message}`

/**
 * Leave out the findings on a symlink that the file which it leads to has as well: they are about the same text. Others
 * are about the place of the symlink, such as its relative links.
 */
export function dropRepeated(results: readonly PageResult[], {realPath}: Pick<Tree, 'realPath'>): void {
  if (!realPath) return
  const byPath = new Map(results.map((result) => [result.path, result]))
  for (const result of results) {
    if (result.findings.length === 0) continue
    const real = byPath.get(realPath(result.path))
    if (!real || real === result) continue
    const known = new Set(real.findings.map(keyOf))
    result.findings = result.findings.filter((finding) => !known.has(keyOf(finding)))
  }
}
