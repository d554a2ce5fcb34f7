import type {Tree} from '../../../tree/tree.ts'
import {doubt} from '../../doubts.ts'
import type {Content, DocusaurusConfig} from './config.ts'
import type {Code, LocalCode} from './local-code.ts'
import {codeOf} from './markdown-plugins.ts'
import {namedEntry} from './options.ts'
import {keyOf} from './page-urls.ts'
import type {SourceFiles} from './sources.ts'

/** Reads the text of a file; empty if it does not exist or cannot be read. */
export type ReadFile = (file: string) => Promise<string>

const SLUG = /\bslug['"]?\s*:\s*['"`]?([^'"`\s,}]+)/g
const COMPUTED_SLUG = /\bslug['"]?\s*:\s*(?:[\w$]|`[^`$]*\$)|[{,]\s*slug\s*[,}]/
/** The kind of link by which a category gets a page of its own. */
const HAS_PAGE = 'generated-index'
const CATEGORY_FILE = /(?:^|\/)_category_\.(?:json|ya?ml)$/

/** The routes that sidebars give to generated category pages; records where these are computed. */
export async function sidebarRoutes(
  {contents}: DocusaurusConfig,
  code: LocalCode,
  read: ReadFile,
): Promise<string[]> {
  const routes: string[] = []
  for (const content of contents) {
    const found = [await sidebarsCode(content, code, read), await generatorCode(content, code)]
    for (const each of found) {
      if (each === 'unknown' || (each && mayHaveOtherPages(each)))
        content.morePages ??= doubt('computed-setting', 'a sidebar')
      if (each && each !== 'unknown')
        routes.push(...each.texts.flatMap((text) => slugsIn(text, content.route)))
    }
  }
  return routes
}

async function sidebarsCode(
  {kind, sidebars}: Content,
  code: LocalCode,
  read: ReadFile,
): Promise<Code | 'unknown' | undefined> {
  if (kind !== 'docs' || sidebars === undefined) return
  if (sidebars.endsWith('.json'))
    return {texts: [await read(sidebars)], packages: new Set(), pages: new Set(), missing: new Set()}
  const file = code.fileAt(sidebars)
  if (file === undefined) return 'unknown'
  await code.load([file])
  return code.of(file) ?? 'unknown'
}

async function generatorCode(
  {sidebarGenerator}: Content,
  code: LocalCode,
): Promise<Code | 'unknown' | undefined> {
  if (sidebarGenerator === undefined) return
  const [name] = namedEntry(sidebarGenerator)
  return name === undefined ? undefined : ((await codeOf(sidebarGenerator, name, code)) ?? 'unknown')
}

/** May categories have pages that are not literals, or are in modules that only a build generates? */
const mayHaveOtherPages = ({texts, missing}: Code) =>
  missing.size > 0 || texts.some((text) => text.includes(HAS_PAGE) && COMPUTED_SLUG.test(text))

/** The routes that files such as `_category_.json` give to generated pages. */
export async function categoryFileRoutes(
  tree: Tree,
  sources: SourceFiles,
  read: ReadFile,
): Promise<string[]> {
  const routes: string[] = []
  for (const file of tree.files) {
    const source = CATEGORY_FILE.test(file) ? sources.of(file) : undefined
    if (source) routes.push(...slugsIn(await read(file), source.content.route))
  }
  return routes
}

const slugsIn = (text: string, route: string) =>
  [...text.matchAll(SLUG)].map(([, slug]) => keyOf(`${route}/${slug}`))
