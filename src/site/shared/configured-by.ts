import {nameOf} from '../../text/paths.ts'
import type {Tree} from '../../tree/tree.ts'
import type {Detection, Platform, SiteContext} from '../platform.ts'
import {groupBy} from './group-by.ts'

/** How a platform is detected. */
type HowDetected = Pick<Platform, 'candidates' | 'detect'>

/**
 * Detect a platform by its configuration files.
 *
 * @param paths Paths from the site's folder, such as `mkdocs.yml` or `.vitepress/config.ts`.
 */
export function configuredBy(...paths: readonly string[]): HowDetected {
  const byName = groupBy(paths, nameOf)
  return {
    candidates: [...byName.keys()],
    detect: (files) => {
      const found: Detection[] = []
      for (const file of files) {
        const roots = (byName.get(nameOf(file)) ?? []).flatMap((path) => rootOf(file, path) ?? [])
        // `config/_default/hugo.toml` is not the `hugo.toml` of another site.
        const [root] = roots.sort((a, b) => a.length - b.length)
        if (root !== undefined) found.push({root, file})
      }
      return found
    },
  }
}

/** The folder that a path is relative to: `docs` for `docs/.vitepress/config.ts` and `.vitepress/config.ts`. */
function rootOf(file: string, path: string): string | undefined {
  if (file === path) return ''
  return file.endsWith(`/${path}`) ? file.slice(0, -path.length - 1) : undefined
}

/** The possible file names of a configuration in JavaScript or TypeScript: `x.js`, `x.mts` and so on for `x`. */
export const scriptsNamed = (stem: string): string[] =>
  ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].map((extension) => `${stem}.${extension}`)

/** The file in JavaScript or TypeScript that a tree has of a path without extension; undefined if it has none. */
export const scriptAt = ({lookup}: Pick<SiteContext, 'lookup'>, stem: string): string | undefined =>
  scriptsNamed(stem).find((file) => lookup.isFile(file))

/**
 * Detect a platform by files of which another program has files of the same name: only those count that pass a test, such
 * as one of their content. A file that cannot be read does not pass it.
 */
export const onlyIf = (
  {candidates, detect}: HowDetected,
  isOwn: (detection: Detection, tree: Tree) => boolean | Promise<boolean>,
): HowDetected => ({
  candidates,
  detect: async (files, tree) => {
    const found = await detect(files, tree)
    const tested = await Promise.all(found.map((each) => passes(each, tree, isOwn)))
    return found.filter((_detection, index) => tested[index])
  },
})

async function passes(
  detection: Detection,
  tree: Tree,
  isOwn: Parameters<typeof onlyIf>[1],
): Promise<boolean> {
  try {
    return await isOwn(detection, tree)
  } catch {
    return false
  }
}
