import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd, without} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import {NO_REWRITES, type Rewrites, readRewrites} from './rewrites.ts'

/** The settings of a `.vitepress/config.*` that determine URLs, links and ids. */
export interface VitepressConfig {
  /** The folder of pages, from the tree's root. */
  source: string
  /** The base path of the site, with a leading and a trailing slash. */
  base: string
  /** The URL of the published site, if it is known. */
  home: string | undefined
  /** The paths of pages that are not published at their own. */
  rewrites: Rewrites
  /** Pages that are excluded from the site. */
  excluded: Globs
  /** The reason why pages may be published elsewhere, or be generated. */
  otherRoutes: Doubt | undefined
  /** The reason why there may be published files that are not in the tree. */
  moreFiles: Doubt | undefined
  /** The reason why headings may have other than the default ids. */
  otherIds: Doubt | undefined
}

/**
 * Read a configuration, which is code and is never run.
 *
 * @param exported The exported value, evaluated statically.
 * @param root The folder that contains `.vitepress`, from the tree's root.
 * @param parts All code in the configuration's folder: settings that it does not mention are not configured.
 * @param bundler The code of `vite.config.*`, whose plugins may change pages.
 */
export function readVitepress(exported: Value, root: string, parts: string, bundler = ''): VitepressConfig {
  const text = withoutComments(parts)
  const field = (name: string): Value => {
    const value = exported instanceof ObjectValue ? exported.get(name) : UNKNOWN
    return value === UNKNOWN && !new RegExp(`\\b${name}\\b`).test(text) ? undefined : value
  }
  const source = field('srcDir')
  const base = field('base')
  const rewrites = readRewrites(field('rewrites'))
  const excluded = readExcluded(field('srcExclude'))
  const path = typeof base === 'string' ? `/${trimBoth(base, '/')}/`.replace('//', '/') : '/'
  return {
    source: joinPath(root, typeof source === 'string' ? source : ''),
    base: path,
    home: base === UNKNOWN ? undefined : homeOf(field('sitemap'), path),
    rewrites: rewrites ?? NO_REWRITES,
    excluded: excluded ?? {test: () => false},
    otherRoutes: whyOtherRoutes(rewrites, source, base),
    moreFiles: whyMoreFiles(text + withoutComments(bundler), excluded),
    otherIds: whyOtherIds(text, bundler),
  }
}

/** Remove comments from code; text in a string that looks like a comment is removed, too, which is harmless. */
const withoutComments = (code: string) => without(code, /\/\*/g, /\*\//g).replace(/(^|[^:'"`])\/\/.*/g, '$1')

/** @returns undefined if the globs are computed */
function readExcluded(value: Value): Globs | undefined {
  if (value === undefined) return globsOf([], 'vitepress')
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? globsOf(value, 'vitepress')
    : undefined
}

function homeOf(sitemap: Value, path: string): string | undefined {
  const host = sitemap instanceof ObjectValue ? sitemap.get('hostname') : undefined
  return typeof host === 'string' && URL.canParse(host) ? trimEnd(new URL(path, host).href, '/') : undefined
}

function whyOtherRoutes(rewrites: Rewrites | undefined, source: Value, base: Value): Doubt | undefined {
  const isComputed = (value: Value) => value !== undefined && typeof value !== 'string'
  if (rewrites === undefined) return doubt('computed-setting', 'rewrites')
  if (isComputed(source)) return doubt('computed-setting', 'the folder of pages')
  return isComputed(base) ? doubt('computed-setting', 'the base of the site') : undefined
}

function whyMoreFiles(text: string, excluded: Globs | undefined): Doubt | undefined {
  if (/\b(?:buildEnd|plugins)\b/.test(text)) return doubt('plugin-pages', 'a plugin')
  return excluded === undefined ? doubt('computed-setting', 'srcExclude') : undefined
}

function whyOtherIds(text: string, bundler: string): Doubt | undefined {
  if (/\bslugify\b|\banchor\s*:|\.use\(\s*\w*(?:anchor|slug)/i.test(text)) return doubt('id-setting')
  return /markdown|\.md\b/i.test(bundler) ? doubt('plugin-ids', 'a Vite plugin') : undefined
}
