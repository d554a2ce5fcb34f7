import type {Page} from '../../../page/types.ts'
import {joinPath, pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import type {Anchors} from '../../types.ts'
import type {HugoConfig} from './config.ts'
import {withLowerKeys} from './config-files.ts'
import {hugoIds, hugoSlug} from './heading-ids.ts'
import type {HugoTemplates} from './templates.ts'

const FOOTNOTE = /^fn(?:ref)?\d*:./

/** Comments, and Hugo's built-in shortcodes whose output contains no ids. */
const OWN_SHORTCODES =
  /^\{\{[<%]\s*(?:\/\*|(?:\/\s*)?(?:comment|details|figure|gist|highlight|instagram|param|qr|ref|relref|tweet|vimeo|vimeo_simple|x|youtube)\b)/
const SHORTCODE_NAME = /^\{\{[<%]\s*(?:\/\s*)?([^\s>%/]+)/
/** The start of a definition. */
const DEFINITION = /^:\s/

/** The anchors of a page on a Hugo site. */
export function hugoAnchors(page: Page, config: HugoConfig, templates: HugoTemplates): Anchors {
  const {headings} = page
  const {idType} = config
  const ofHeadings = hugoIds(headings, config, config.plainIds)
  const written = page.ids.filter(({from}) => (from === 'html' ? config.unsafe : config.blockAttributes))
  // If the Hugo version is unknown, ids by the other algorithm count, too.
  let plainIds: ReadonlySet<string | undefined> | undefined
  const isPlainId = (id: string) =>
    config.plainIds === undefined && (plainIds ??= new Set(hugoIds(headings, config, true))).has(id)
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...written.map(({id}) => id)],
    idOf: (text) => (idType === undefined ? undefined : hugoSlug(text, idType)),
    alsoHas: (id) => FOOTNOTE.test(id) || isPlainId(id),
    incompleteBecause: whyIncomplete(page, config, templates),
  })
}

function whyIncomplete(page: Page, config: HugoConfig, templates: HugoTemplates): Doubt | undefined {
  const reason = templates.otherIds ?? layoutWithIds(page, config, templates)
  if (reason !== undefined) return reason
  const content = page.opaqueContent.find((text) =>
    DEFINITION.test(text) ? config.termIds : !isShortcodeWithoutIds(text, templates),
  )
  if (content !== undefined) return mayAddIds(content)
  return page.headings.some(({template}) => template)
    ? doubt('heading-id', 'a heading with a shortcode')
    : undefined
}

const isShortcodeWithoutIds = (text: string, {shortcodesWithoutIds}: HugoTemplates) =>
  OWN_SHORTCODES.test(text) || shortcodesWithoutIds.has(SHORTCODE_NAME.exec(text)?.[1] ?? '')

/** The reason why the template of a page, or of its section, may add ids. */
function layoutWithIds(
  {path, frontMatter}: Page,
  config: HugoConfig,
  templates: HugoTemplates,
): Doubt | undefined {
  const {type, layout} = withLowerKeys(frontMatter?.data)
  const mount = config.content.find(({source}) => pathBelow(path, source) !== undefined)
  const inside = mount ? joinPath(mount.target, pathBelow(path, mount.source)!) : path
  const [section] = inside.split('/')
  const names = [...(typeof layout === 'string' ? [layout] : []), ...kindsOf(inside)]
  const found = [typeof type === 'string' ? type : section!, '_default', '']
    .flatMap((folder) => names.map((name) => joinPath(folder, name)))
    .find((name) => templates.layoutsWithIds.has(name))
  return found === undefined ? undefined : mayAddIds(`the template ${found}`)
}

/** The possible names of a page's templates: https://gohugo.io/templates/types/ */
function kindsOf(path: string): string[] {
  const kinds = /(?:^|\/)_index\.[^/]*$/.test(path) ? ['list', 'section'] : ['single', 'page']
  return /^_?index\.[^/]*$/.test(path) ? [...kinds, 'index', 'home'] : kinds
}
