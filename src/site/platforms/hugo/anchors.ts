import type {Page} from '../../../page/types.ts'
import {lettersOf} from '../../../text/nearest.ts'
import {joinPath, pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource} from '../../platform.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {headingOf} from '../../shared/headings.ts'
import {includedPages} from '../../shared/included-pages.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import {addIds, mayBeWritten, noIds, type WrittenIds} from '../../shared/written-ids.ts'
import type {AnchorDoubt, Anchors} from '../../types.ts'
import type {HugoConfig} from './config.ts'
import {withLowerKeys} from './config-files.ts'
import {idsOfDocsy, isDocsy} from './docsy.ts'
import {hugoIds, hugoSlug} from './heading-ids.ts'
import {pageAt} from './logical-paths.ts'
import type {HugoSite} from './site.ts'
import type {HugoTemplates} from './templates.ts'
import {urlize} from './urls.ts'

const FOOTNOTE = /^fn(?:ref)?\d*:./

/** Comments, and Hugo's built-in shortcodes whose output contains no ids. */
const OWN_SHORTCODES =
  /^\{\{[<%]\s*(?:\/\*|(?:\/\s*)?(?:comment|details|figure|gist|highlight|instagram|param|qr|ref|relref|tweet|vimeo|vimeo_simple|x|youtube)\b)/
const SHORTCODE_NAME = /^\{\{[<%]\s*(?:\/\s*)?([^\s>%/]+(?:\/[^\s>%/]+)*)/
const CLOSING = /^\{\{[<%]\s*\//
/** A call of a shortcode, with its first parameter. */
const CALL = /^\{\{[<%]\s*([\w./-]+)\s+(?:[\w-]+=)?(?:["`]([^"`]+)["`]|([^\s"`>%]+))/
/** The start of a definition, after the lines of its terms. */
const DEFINITION = /^ {0,3}:[ \t]+\S$/
/** The text of a heading that may belong to a list item. */
const INDENTED = /^#{1,6}[ \t]+(\S.*)$/

/** The anchors of a page on a Hugo site, including those of the pages that shortcodes show on it. */
export function hugoAnchors(site: HugoSite, page: Page, source: PageSource): Anchors {
  const {config, templates} = site
  const {idType} = config
  const shown = includedPages(page, (content, from) => shownBy(content, from, site, source))
  const {pages} = shown
  const headings = pages.flatMap((each) => each.headings)
  const ofHeadings = hugoIds(headings, config, config.plainIds)
  const written = pages
    .flatMap(({ids}) => ids)
    .filter(({from}) => (from === 'html' ? config.unsafe : config.blockAttributes))
  // If the Hugo version is unknown, ids by the other algorithm count, too.
  let plainIds: ReadonlySet<string | undefined> | undefined
  const isPlainId = (id: string) =>
    config.plainIds === undefined && (plainIds ??= new Set(hugoIds(headings, config, true))).has(id)
  const layout = idsOfLayout(page, config, templates)
  const shortcodes = shortcodesOn(pages, site)
  const literal = new Set(
    [layout, ...[...shortcodes.values()].map(({added}) => added)].flatMap((added) => [
      ...(added?.literal ?? []),
    ]),
  )
  const terms = lettersOfTerms(pages, config)
  const isTerm = (id: string) => terms.has(lettersOf(id)) || terms.has(lettersOf(id.replace(/-\d+$/, '')))
  return makeAnchors({
    ofHeadings: ofHeadings.slice(0, page.headings.length),
    ids: [...ofHeadings, ...written.map(({id}) => id)],
    idOf: (text) => (idType === undefined ? undefined : hugoSlug(text, idType)),
    alsoHas: (id) => FOOTNOTE.test(id) || isPlainId(id) || literal.has(id) || isTerm(id),
    incompleteBecause: shown.incompleteBecause,
    doubts: [
      ...(templates.otherIds ? [templates.otherIds] : []),
      ...idsAddedBy('the template of the page', layout),
      ...[...shortcodes].flatMap(([name, on]) => idsAddedByShortcode(name, on)),
      ...pages.flatMap((each) => doubtsAboutIndented(each, config)),
      ...templateHeadingDoubts(headings),
    ],
  })
}

/** The page that a shortcode shows; it may be one that is not published for itself. */
function shownBy(
  content: string,
  from: Page,
  {config, templates, routes}: HugoSite,
  source: PageSource,
): Page | Doubt | undefined {
  const [, name, quoted, bare] = CALL.exec(content) ?? []
  const template = name === undefined ? undefined : templates.idsOfShortcodes.get(name)
  if (!template?.showsPage) return
  const named = quoted ?? bare
  if (named === undefined) return mayAddIds(content)
  const parameter = template.folderOfPage === '' ? named : template.folderOfPage + urlize(named, config)
  const file = pageAt(routes(), config, parameter, from.path, true)
  const path = parameter.replace(/^\/+|\.md$/g, '')
  const files = config.content.flatMap((mount) =>
    ['.md', '/index.md'].map((end) => joinPath(mount.source, path + end)),
  )
  for (const each of file === undefined ? files : [file, ...files]) {
    const found = source.page(each)
    if (found) return found
  }
  return mayAddIds(content)
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

/** The shortcodes on pages that may add ids, by name. */
function shortcodesOn(
  pages: readonly Page[],
  {config: {externalTheme = ''}, templates: {idsOfShortcodes}}: HugoSite,
): Map<string, ShortcodeOnPage> {
  const found = new Map<string, ShortcodeOnPage>()
  const ofTheme = (name: string) => (isDocsy(externalTheme) ? idsOfDocsy(name) : undefined)
  for (const text of pages.flatMap(({opaqueContent}) => opaqueContent)) {
    const name = SHORTCODE_NAME.exec(text)?.[1]
    if (name === undefined || name.startsWith('/*')) continue
    const template = idsOfShortcodes.get(name)
    if (!template && OWN_SHORTCODES.test(text)) continue
    const isClosing = CLOSING.test(text)
    let on = found.get(name)
    if (!on) found.set(name, (on = {added: template ? noIds() : ofTheme(name), calls: []}))
    on.calls.push(text)
    if (on.added && template && !isClosing) addIds(on.added, template.ofCall(text))
  }
  return found
}

/** The letters of the terms of definition lists, which get ids as headings do. */
function lettersOfTerms(pages: readonly Page[], {termIds}: HugoConfig): ReadonlySet<string> {
  if (!termIds) return new Set()
  const terms = pages
    .flatMap(({opaqueContent}) => opaqueContent)
    .flatMap((text) => {
      const lines = text.split('\n')
      return DEFINITION.test(lines.pop()!) ? lines : []
    })
  return new Set(terms.map((term) => lettersOf(term.replace(/\]\([^()]*\)/g, ''))))
}

/** The doubts about indented headings, behind a shortcode with content that may belong to the same list item. */
const doubtsAboutIndented = ({opaqueContent}: Page, {idType}: HugoConfig): AnchorDoubt[] =>
  opaqueContent.some((text) => CLOSING.test(text)) && idType !== undefined
    ? opaqueContent.flatMap((content) => {
        const text = INDENTED.exec(content)?.[1]
        if (text === undefined) return []
        const id = hugoSlug(text, idType)
        return [{...uncertainId(headingOf(text)), covers: (fragment: string) => fragment === id}]
      })
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
