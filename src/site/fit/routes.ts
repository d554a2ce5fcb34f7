import {type DescribedContext, redescribed} from '../described/links.ts'
import type {DescribedRoutes} from '../description.ts'
import {type Tally, tally} from './tally.ts'
import {isFromRoot, type Target} from './targets.ts'
import {FEWEST_FOR_A_FOLDER, SAME_BASE, SAME_ENDING} from './thresholds.ts'

/** The ending that nearly all links from the root to pages have; undefined if they differ. */
export function fitEnding({found}: Tally): DescribedRoutes['ending'] {
  const counts = {none: 0, slash: 0, '.html': 0}
  for (const {isPage, path} of found)
    if (isPage && isFromRoot(path) && !/\.mdx?$/.test(path)) counts[endingOf(path)]++
  const [[ending, count]] = Object.entries(counts).sort((a, b) => b[1] - a[1]) as [
    [keyof typeof counts, number],
  ]
  const all = counts.none + counts.slash + counts['.html']
  return count >= FEWEST_FOR_A_FOLDER && count >= all * SAME_ENDING ? ending : undefined
}

const endingOf = (path: string) => {
  if (path.endsWith('/')) return 'slash'
  return path.endsWith('.html') ? '.html' : 'none'
}

/** Decide whether relative links to pages are resolved against the file or the URL; undefined if both find targets. */
export function fitRelativeTo(
  context: DescribedContext,
  targets: readonly Target[],
): DescribedRoutes['relativeTo'] {
  const {description} = context
  const relative = targets.filter(({isPage, path}) => isPage && !isFromRoot(path) && !/\.mdx?$/.test(path))
  const found = (relativeTo: 'file' | 'url' | 'both') => {
    const routes = {...description.routes, relativeTo}
    return tally(redescribed(context, {...description, routes}), relative).found.size
  }
  const both = found('both')
  if (both < FEWEST_FOR_A_FOLDER) return
  if (found('file') >= both * SAME_BASE) return 'file'
  return found('url') >= both * SAME_BASE ? 'url' : undefined
}
