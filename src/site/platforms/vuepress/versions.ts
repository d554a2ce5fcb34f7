import {record} from '../../shared/data.ts'

/** A major version of VuePress; what precedes the first one works like it. */
export type Version = 1 | 2

/** Packages that only the second version has. */
const OF_2 =
  /^(?:vuepress-(?:vite|webpack|theme-plume)|@vuepress\/(?:cli|client|bundler-\w+|plugin-(?:git|redirect|markdown-\w+|prismjs|shiki|docsearch|theme-data|palette|seo)))$/
/** Packages with a version for each of VuePress, and what they ask for. */
const NUMBERED = /^(?:vuepress(?:-theme-hope)?|@vuepress\/(?:core|theme-default|shared))$/

/** What only one of the versions has in its configuration. */
const CODE_OF_2 =
  /\bdefineUserConfig\b|\bviteBundler\b|\bwebpackBundler\b|\bextendsMarkdown\b|['"]vuepress(?:-(?:vite|webpack))?['"]|['"]@vuepress\/(?:bundler-|client|utils|cli)/
const CODE_OF_1 = /\bthemeConfig\s*:|\bextendMarkdown\b|['"]vuepress\/config['"]|\bevergreen\s*:|\bbabel\s*:/

/**
 * The versions that may build a site, the first of which is the most likely.
 *
 * @param manifests The contents of `package.json`, that of the nearest folder first.
 * @param code The code of the configuration; undefined if that is data, which only the first version reads.
 */
export function versionsOf(
  manifests: readonly Record<string, unknown>[],
  code: string | undefined,
): readonly Version[] {
  for (const manifest of manifests) {
    const version = versionOf(manifest)
    if (version !== undefined) return [version]
  }
  if (code === undefined) return [1]
  const [is1, is2] = [CODE_OF_1.test(code), CODE_OF_2.test(code)]
  if (is1 === is2) return [2, 1]
  return is1 ? [1] : [2]
}

/** The version that a `package.json` asks for. */
function versionOf({dependencies, devDependencies}: Record<string, unknown>): Version | undefined {
  const all = Object.entries({...record(dependencies), ...record(devDependencies)})
  if (all.some(([name]) => OF_2.test(name))) return 2
  return all.map(([name, range]) => (NUMBERED.test(name) ? versionIn(range) : undefined)).find(Boolean)
}

/** `^1.9.10` → 1, `2.0.0-rc.20` and `next` → 2 */
function versionIn(range: unknown): Version | undefined {
  if (typeof range !== 'string') return
  if (range === 'next') return 2
  const major = /^[^\d]*(\d+)\./.exec(range)?.[1] ?? /^[~^]?(\d)$/.exec(range)?.[1]
  if (major === undefined) return
  return Number(major) >= 2 ? 2 : 1
}
