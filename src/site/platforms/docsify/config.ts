import {forwardSearch} from '../../../page/forward-search.ts'
import {linear, type Pattern} from '../../../pattern/linear.ts'
import {nameOf} from '../../../text/paths.ts'
import {without} from '../../../text/trim.ts'
import {DeclaredUrls} from '../../declared-urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {readCode} from '../../shared/javascript/read.ts'
import {FunctionValue, ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import {docsifyAliases} from './aliases.ts'

/** The settings of Docsify that determine URLs and ids. */
export interface DocsifyConfig {
  /** The folder or URL that pages are loaded from, as written. */
  basePath: string
  /** The page that is shown at `/`. */
  homepage: string
  /** The extension of pages, with its dot. */
  extension: string
  /** Links are resolved from the page that contains them, rather than from the root; undefined if that is not known. */
  relativePath: boolean | undefined
  /** Links have paths rather than fragments. */
  hasPaths: boolean
  /** Links that stay as they are. */
  notCompiled: readonly Pattern[]
  /** The aliases, as redirects. */
  aliases: DeclaredUrls
  /** The languages whose missing pages are those of another one, and its folder. */
  fallback: {languages: readonly string[]; to: string}
  /** The names of the pages that are shown around others, such as `_sidebar.md`. */
  around: ReadonlySet<string>
  /** The major version of Docsify, if it is written. */
  version: number | undefined
  /** The reasons why there may be more pages. */
  pages: Doubt | undefined
  /** The reason why links may lead elsewhere. */
  links: Doubt | undefined
  /** The reason why ids may be others. */
  ids: Doubt | undefined
}

/** The statement that sets the configuration. */
const SET = /(?:\b(?:window|self|globalThis)\.|\bvar\s+)?\$docsify\s*=(?!=)/
/** The version in the URL of the script. */
const VERSION = /\bdocsify@[\^~v]?(\d+)/
/** A setting as an attribute of the script, as versions before 5 allow. */
const ATTRIBUTE = /\bdata-([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g

/** Read the page that loads Docsify; its scripts are not run. */
export async function readDocsifyConfig(html: string): Promise<DocsifyConfig> {
  const scripts = scriptsIn(without(html, /<!--/g, /-->/g))
  const code = scripts.map(({text}) => text).filter((text) => text.includes('$docsify'))
  const exported = await configured(code)
  const attributes = attributesOf(
    scripts.map((each) => each.attributes).find((each) => /docsify[^"']*\.js/.test(each)),
  )
  const field = (name: string): Value => {
    const own =
      exported instanceof ObjectValue ? exported.get(name) : exported === undefined ? undefined : UNKNOWN
    const isMentioned = code.some((text) => new RegExp(`\\b${name}\\b`).test(text))
    return attributes.get(name) ?? (own === UNKNOWN && !isMentioned ? undefined : own)
  }
  const text = (name: string, standard: string): string => {
    const value = field(name)
    return typeof value === 'string' ? value : standard
  }
  const relative = field('relativePath')
  const version = VERSION.exec(html)?.[1]
  return {
    basePath: text('basePath', ''),
    homepage: text('homepage', 'README.md'),
    extension: text('ext', '.md'),
    relativePath:
      relative === UNKNOWN ? undefined : relative !== undefined && relative !== false && relative !== 'false',
    hasPaths: field('routerMode') === 'history',
    notCompiled: textsIn(field('noCompileLinks')).flatMap((pattern) => linear(`^(?:${pattern})$`) ?? []),
    aliases: new DeclaredUrls({root: '', redirects: Object.fromEntries(docsifyAliases(html))}),
    fallback: {languages: textsIn(field('fallbackLanguages')), to: text('fallbackDefaultLanguage', '')},
    around: namesOfAround(field, text('ext', '.md')),
    version: version === undefined ? undefined : Number(version),
    ...doubtsAbout(field, code.join('\n')),
  }
}

/** The scripts of a page of HTML. */
function scriptsIn(html: string): {attributes: string; text: string}[] {
  const closing = forwardSearch(html, /<\/script>/gi)
  const found: {attributes: string; text: string}[] = []
  let done = 0
  for (const {0: tag, 1: attributes, index} of html.matchAll(/<script\b([^<>]*)>/gi)) {
    const start = index + tag.length
    const end = closing(start)
    if (!end) break
    // Code may contain tags.
    if (index < done) continue
    found.push({attributes: attributes!, text: html.slice(start, end.index)})
    done = end.index
  }
  return found
}

/** The settings that name pages around others, and the names without them. */
const AROUND = {loadSidebar: '_sidebar', loadNavbar: '_navbar', coverpage: '_coverpage'}

function namesOfAround(field: (name: string) => Value, extension: string): Set<string> {
  const names = Object.entries(AROUND).flatMap(([key, standard]) => {
    const value = field(key)
    const written = value instanceof ObjectValue ? [...value.values.values()] : [value]
    return [standard, ...written.filter((each) => typeof each === 'string')]
  })
  return new Set(names.map((name) => nameOf(name.endsWith(extension) ? name : name + extension)))
}

/** The value of `$docsify`; undefined if no script sets it. */
async function configured(scripts: readonly string[]): Promise<Value | undefined> {
  for (const script of scripts) {
    const set = SET.exec(script)
    if (!set) continue
    const behind = `export default ${script.slice(set.index + set[0].length)}`
    const value = await readCode(script.slice(0, set.index) + behind)
    return value === UNKNOWN ? readCode(behind) : value
  }
  return
}

/** `data-base-path="/a/"` → `basePath`. */
function attributesOf(text = ''): Map<string, Value> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [
      name!.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      (double ?? single ?? '') || true,
    ]),
  )
}

const textsIn = (value: Value): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

/** Code that replaces links in the text or HTML of a page, or renders them in its own way. */
const CHANGES_LINKS =
  /\.replace(?:All)?\([^\n]*(?:\\\]\\\(|href|src=|\\?\.md\b)|\.(?:href|src)\s*=(?!=)|\b(?:link|image)\s*[:(=]/
/** Code that sets ids, or renders headings in its own way. */
const CHANGES_IDS =
  /\.replace(?:All)?\([^\n]*(?:<h|\bid=|#)|\.id\s*=(?!=)|['"]id['"]\s*,|\bid=\\?["'$]|\bheading\s*[:(=]/

/** Functions that see the text or the HTML of each page. */
const HOOKS = /\b(?:beforeEach|afterEach|doneEach)\b/

/** The doubts that routes, plugins and a renderer of the page's own raise. */
function doubtsAbout(
  field: (name: string) => Value,
  code: string,
): Pick<DocsifyConfig, 'pages' | 'links' | 'ids'> {
  const markdown = field('markdown')
  const isChanged = (HOOKS.test(code) && field('plugins') !== undefined) || isRenderer(markdown)
  const name = 'code in index.html'
  return {
    pages: field('routes') === undefined ? undefined : doubt('computed-setting', '`routes`'),
    links: isChanged && CHANGES_LINKS.test(code) ? doubt('plugin-links', name) : undefined,
    ids: isChanged && CHANGES_IDS.test(code) ? doubt('plugin-ids', name) : undefined,
  }
}

const isRenderer = (value: Value): boolean =>
  value === UNKNOWN ||
  value instanceof FunctionValue ||
  (value instanceof ObjectValue && value.get('renderer') !== undefined)
