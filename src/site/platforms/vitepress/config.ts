import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {linear, type Pattern} from '../../../pattern/linear.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd, without} from '../../../text/trim.ts'
import {ObjectValue, readCode, UNKNOWN, type Value} from '../../shared/javascript.ts'

/** What counts of `.vitepress/config.*`. */
export interface VitepressConfig {
  /** The folder of the pages, from the tree's root. */
  source: string
  /** The path at which the site is published, with slashes at both ends. */
  base: string
  /** Where the site is published, if that is known. */
  home: string | undefined
  /** Where pages are published that are not at their own path, by the first pattern that fits. */
  rewrites: Rewrites
  /** Pages that are not published. */
  excluded: Globs
  /** Why a page may be published elsewhere, or be generated. */
  otherRoutes: string | undefined
  /** Why files may be published that are not in the tree. */
  moreFiles: string | undefined
  /** Why headings may have other ids than the default ones. */
  otherIds: string | undefined
}

/** Where source paths are published; of all that fit, the first counts. */
export interface Rewrites {
  exact: ReadonlyMap<string, Exact>
  patterns: readonly Rewrite[]
}

/** The path at which one source path is published. */
interface Exact {
  index: number
  to: string
}

/** A pattern of source paths, and the path at which they are published. */
export interface Rewrite extends Exact {
  from: Pattern
  names: string[]
}

/**
 * Read a configuration, which is code and is never run: what is written out in it counts, what may be computed is not
 * known.
 *
 * @param code The code of the configuration itself.
 * @param root The folder that holds `.vitepress`, from the tree's root.
 * @param parts All code in the configuration's folder: what no part names is not configured.
 * @param bundler The code of `vite.config.*`, whose plugins may write into pages.
 */
export async function readVitepress(
  code: string,
  root: string,
  parts = code,
  bundler = '',
): Promise<VitepressConfig> {
  const text = withoutComments(parts)
  const exported = await readCode(code)
  const field = (name: string): Value => {
    const value = exported instanceof ObjectValue ? exported.get(name) : UNKNOWN
    return value === UNKNOWN && !new RegExp(`\\b${name}\\b`).test(text) ? undefined : value
  }
  const [source, base, rewrites, excluded, sitemap] = [
    'srcDir',
    'base',
    'rewrites',
    'srcExclude',
    'sitemap',
  ].map(field)
  const rules = readRewrites(rewrites)
  const globs =
    excluded === undefined
      ? globsOf([], 'vitepress')
      : Array.isArray(excluded) && excluded.every((each) => typeof each === 'string')
        ? globsOf(excluded, 'vitepress')
        : undefined
  const path = typeof base === 'string' ? `/${trimBoth(base, '/')}/`.replace('//', '/') : '/'
  const host = sitemap instanceof ObjectValue ? sitemap.get('hostname') : undefined
  return {
    source: joinPath(root, typeof source === 'string' ? source : ''),
    base: path,
    home:
      typeof host === 'string' && URL.canParse(host) && base !== UNKNOWN
        ? trimEnd(new URL(path, host).href, '/')
        : undefined,
    rewrites: rules ?? NONE,
    excluded: globs ?? {test: () => false},
    otherRoutes:
      rules === undefined
        ? 'where pages are published is computed'
        : source !== undefined && typeof source !== 'string'
          ? 'the folder of the pages is computed'
          : base !== undefined && typeof base !== 'string'
            ? 'the base of the site is computed'
            : undefined,
    moreFiles: /\b(?:buildEnd|plugins)\b/.test(text + withoutComments(bundler))
      ? 'a plugin may publish it'
      : globs === undefined
        ? 'what is published is computed'
        : undefined,
    otherIds: /\bslugify\b|\banchor\s*:|\.use\(\s*\w*(?:anchor|slug)/i.test(text)
      ? 'the ids of headings are configured'
      : /markdown|\.md\b/i.test(bundler)
        ? 'a plugin of the bundler may add to pages'
        : undefined,
  }
}

/** Code without its comments; what looks like one in a string is lost, too, and does no harm. */
const withoutComments = (code: string) => without(code, /\/\*/g, /\*\//g).replace(/(^|[^:'"`])\/\/.*/g, '$1')

/** @returns nothing where they are computed, or written in a way that is not understood. */
function readRewrites(value: Value): Rewrites | undefined {
  if (value === undefined) return NONE
  if (!(value instanceof ObjectValue) || value.hasUnknownKeys) return
  const exact = new Map<string, Exact>()
  const patterns: Rewrite[] = []
  for (const [from, to] of value.values) {
    // The syntax of path-to-regexp, as far as it is used for paths: `:name`, `:name*`, `(.*)`; no other group.
    if (typeof to !== 'string' || /[(){}?\\^$|[\]]|\w\(/.test(from.replaceAll('/(.*)', ''))) return
    const names: string[] = []
    const source = from.replace(
      /([.+])|:(\w+)([*+]?)|\(\.\*\)|\*/g,
      (whole, mark?: string, name?: string, many?: string) => {
        if (mark !== undefined) return `\\${mark}`
        if (whole === '*') return '\0'
        names.push(name ?? String(names.filter((each) => /^\d+$/.test(each)).length))
        return name === undefined || many ? '(.*)' : '([^/]+)'
      },
    )
    const isKnown = [...to.matchAll(/:(\w+)|\(\.\*\)/g)].every(([, name]) => names.includes(name ?? '0'))
    if (source.includes('\0') || names.length > 3 || !isKnown) return
    const index = exact.size + patterns.length
    if (names.length === 0) exact.set(from, {index, to})
    const pattern = names.length === 0 ? undefined : linear(`^${source}$`)
    if (names.length > 0 && (!pattern || patterns.length === MOST_PATTERNS)) return
    if (pattern) patterns.push({index, from: pattern, names, to})
  }
  return {exact, patterns}
}

const NONE: Rewrites = {exact: new Map(), patterns: []}
/** More would take long over many pages. */
const MOST_PATTERNS = 100
