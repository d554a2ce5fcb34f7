import type {Page} from '../../../page/types.ts'
import {joinPath, pathBelow} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {makeAnchors} from '../../shared/anchors.ts'
import {lettersOf, templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import {addIds, mayBeWritten, noIds, type WrittenIds} from '../../shared/written-ids.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
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
  const layout = idsOfLayout(page, config, templates)
  const shortcodes = shortcodesOn(page, templates)
  const literal = [layout, ...[...shortcodes.values()].map(({added}) => added)].flatMap((added) => [
    ...(added?.literal ?? []),
  ])
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...written.map(({id}) => id)],
    idOf: (text) => (idType === undefined ? undefined : hugoSlug(text, idType)),
    alsoHas: (id) => FOOTNOTE.test(id) || isPlainId(id) || literal.includes(id),
    incompleteBecause: templates.otherIds,
    doubts: [
      ...idsAddedBy('the template of the page', layout),
      ...[...shortcodes].flatMap(([name, on]) => idsAddedByShortcode(name, on)),
      ...doubtsAboutTerms(page, config),
      ...templateHeadingDoubts(headings),
    ],
  })
}

/** The doubts about the ids that a template adds; undefined for a template that is not in the tree. */
function idsAddedBy(name: string, added: WrittenIds | undefined): AnchorDoubt[] {
  if (!added || added.any) return [doubt('content-ids', name)]
  if (added.patterns.length === 0) return []
  return [{...doubt('template-ids', name), covers: (id) => mayBeWritten(added, id)}]
}

/** The doubts about the ids that a shortcode adds, which may be those that its calls on the page name. */
function idsAddedByShortcode(name: string, {added, calls}: ShortcodeOnPage): AnchorDoubt[] {
  const about = `the shortcode ${name}`
  // The template of an inline shortcode stands on the page.
  if (name.endsWith('.inline')) return [doubt('template-ids', about)]
  if (added && !added.any) return idsAddedBy(about, added)
  const named = lettersOf(calls.join(' '))
  const covers = (id: string) => named.includes(lettersOf(id))
  return [{...doubt('template-ids', about), covers}, ...idsAddedBy(about, added)]
}

interface ShortcodeOnPage {
  /** The ids that its template adds; undefined for one that is not in the tree. */
  added: WrittenIds | undefined
  /** Its source at each place where it is called. */
  calls: string[]
}

/** The shortcodes on a page that may add ids, by name. */
function shortcodesOn({opaqueContent}: Page, {idsOfShortcodes}: HugoTemplates): Map<string, ShortcodeOnPage> {
  const found = new Map<string, ShortcodeOnPage>()
  for (const text of opaqueContent) {
    const name = SHORTCODE_NAME.exec(text)?.[1]
    if (name === undefined || name.startsWith('/*')) continue
    const added = idsOfShortcodes.get(name)
    if (!added && OWN_SHORTCODES.test(text)) continue
    const known = found.get(name)
    if (known) known.calls.push(text)
    else found.set(name, {added, calls: [text]})
  }
  return found
}

const doubtsAboutTerms = ({opaqueContent}: Page, {termIds}: HugoConfig): AnchorDoubt[] =>
  termIds && opaqueContent.some((text) => DEFINITION.test(text))
    ? [doubt('content-ids', 'a definition list')]
    : []

/** The ids that the template of a page, or of its section, and the base of all templates add. */
function idsOfLayout(
  {path, frontMatter}: Page,
  config: HugoConfig,
  {idsOfLayouts}: HugoTemplates,
): WrittenIds {
  const {type, layout} = withLowerKeys(frontMatter?.data)
  const mount = config.content.find(({source}) => pathBelow(path, source) !== undefined)
  const inside = mount ? joinPath(mount.target, pathBelow(path, mount.source)!) : path
  const [section] = inside.split('/')
  const names = [...(typeof layout === 'string' ? [layout] : []), ...kindsOf(inside)]
  const folders = [typeof type === 'string' ? type : section!, '_default', '']
  const found = folders
    .flatMap((folder) => names.map((name) => joinPath(folder, name)))
    .find((name) => idsOfLayouts.has(name))
  const all = noIds()
  for (const name of [found, '_default/baseof', 'baseof'])
    addIds(all, (name === undefined ? undefined : idsOfLayouts.get(name)) ?? noIds())
  return all
}

/** The possible names of a page's templates: https://gohugo.io/templates/types/ */
function kindsOf(path: string): string[] {
  const kinds = /(?:^|\/)_index\.[^/]*$/.test(path) ? ['list', 'section'] : ['single', 'page']
  return /^_?index\.[^/]*$/.test(path) ? [...kinds, 'index', 'home'] : kinds
}
