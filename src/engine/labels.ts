import type {Page} from '../page/types.ts'
import type {SiteView} from '../rule/types.ts'
import type {Doubt} from '../site/doubts.ts'
import {pageName} from '../site/evidence/places.ts'
import type {Includers} from '../site/includers.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Labels, Site} from '../site/types.ts'
import type {PageResult} from './types.ts'

/**
 * Create the functions that look up labels outside of a page: those of its site, those that an unknown generator may
 * define, and those of the pages that include this one or are included in it.
 */
export function labelsSeenFrom(
  page: Page,
  {of, includers}: Pick<Sites, 'of' | 'includers'>,
  isOfProgram: (identifier: string) => boolean,
): Pick<SiteView, 'mayBeDefined' | 'mayBeUsedElsewhere'> {
  const site = of(page.path)
  const isFitted = site.description !== undefined || (site.assumed && !site.host)
  const isOfUnknownGenerator = site.hasUnknownGenerator || isFitted
  // A footnote ends with its line in kramdown and in parsers such as kramed, but not in CommonMark.
  const endsNotes = isOfUnknownGenerator || site.syntax.dialect?.startsWith('kramdown')
  const afterNotes = endsNotes && page.labels ? new Set(page.labels) : undefined
  let labels: Labels | Doubt | undefined
  let around: LabelsAround | undefined
  let isList: boolean | undefined
  const labelsOfPages = () => (around ??= labelsAround(page.path, site, includers))
  return {
    mayBeDefined: (identifier) => {
      labels ??= (site.definitions ? site.definitions(page) : site.references?.(page)) ?? new Set()
      if (!('has' in labels) || labels.has(identifier) || afterNotes?.has(identifier)) return true
      if (isOfUnknownGenerator && isOfProgram(identifier)) return true
      if (site.host && ITEM.test(identifier) && !definesItems(page)) return true
      return labelsOfPages().isIncomplete || labelsOfPages().defined.has(identifier)
    },
    mayBeUsedElsewhere: (identifier) =>
      (isList ??= isListOfDefinitions(page) && includers.of(page.path).length === 0) ||
      labelsOfPages().isIncomplete ||
      labelsOfPages().used.has(identifier),
  }
}

/** The path of an item of Rust or C++, which rustdoc or Doxygen links where they show a page: `crate::Operator`. */
const ITEM = /^`?[a-z_]\w*(?:::[a-z_]\w*)+(?:!|\(\))?`?$/i

/** Does a page define paths of items itself? */
const definesItems = ({definitions}: Page): boolean =>
  definitions.some(({identifier}) => identifier.includes('::'))

/** Does a file consist of definitions? A program may add them to pages, as the Carpentries Workbench does. */
function isListOfDefinitions({definitions, references, frontMatter, end}: Page): boolean {
  if (references.length > 0 || definitions.length < FEWEST) return false
  const known = [...definitions, ...(frontMatter ? [frontMatter] : [])]
  return known.reduce((rest, own) => rest - (own.end - own.start), end) <= BETWEEN * definitions.length
}

/** A page with fewer definitions is not taken for a list of them. */
const FEWEST = 3
/** The most characters outside definitions, per definition: blank lines and trailing spaces. */
const BETWEEN = 4

/** The labels on all pages whose text is shown together with that of a page. */
interface LabelsAround {
  defined: ReadonlySet<string>
  used: ReadonlySet<string>
  /** There may be further ones. */
  isIncomplete: boolean
}

/** Collect the labels of a page, of the pages that include it, and of those that these include. */
function labelsAround(path: string, site: Site, includers: Includers): LabelsAround {
  const defined = new Set<string>()
  const used = new Set<string>()
  const ofOthers = includers.of(path)
  const roots = [path, ...ofOthers]
  const pages = roots.flatMap((root) => includers.shownOn(root))
  for (const page of pages) {
    for (const {identifier} of page.definitions) defined.add(identifier)
    for (const {identifier} of page.references) used.add(identifier)
  }
  // Generated pages may include a page that is neither published nor included in any page of the tree.
  const isUnused =
    !site.host && site.include !== undefined && ofOthers.length === 0 && site.urlsOf(path).length === 0
  const isIncomplete =
    isUnused || includers.isShownInParts(path) || pages.some((page) => includers.mayIncludeMore(page.path))
  return {defined, used, isIncomplete}
}

/** So many pages have brackets with a label that none of them defines, before a program may do so. */
const COMMON = 3
/** So many labels have the form of qualified names before a program may define those: mkdocstrings does so with hundreds. */
const QUALIFIED = 10
/** The same where all of them lack one, as on the pages of mkdocstrings itself. */
const QUALIFIED_ALONE = 3
const QUALIFIED_NAME = /^[a-z_]\w*(?:\.[a-z_]\w*)+$/i
/** A qualified name, or that of a module. */
const NAME = /^`?[a-z_]\w*(?:\.[a-z_]\w*)*`?$/i

/** The labels that a program may define. */
export interface ProgramLabels {
  has(identifier: string): boolean
}

/**
 * Find the labels without a definition that a program may define: those of files that consist of definitions, those that
 * several pages have in brackets, of which translations count as one, and names such as `package.module.Class` if most
 * qualified ones lack a definition.
 */
export function labelsOfPrograms(results: readonly PageResult[]): ProgramLabels {
  const names = new Map<string, Set<string>>()
  for (const {page} of results)
    for (const {defined, identifier} of page?.references ?? []) {
      if (defined) continue
      const own = names.get(identifier)
      if (own) own.add(pageName(page!.path))
      else names.set(identifier, new Set([pageName(page!.path)]))
    }
  const lists = results.flatMap(({page}) => (page && isListOfDefinitions(page) ? page.definitions : []))
  const listed = new Set(lists.map(({identifier}) => identifier))
  const definesNames = lacksQualifiedNames(results)
  return {
    has: (identifier) =>
      listed.has(identifier) ||
      (names.get(identifier)?.size ?? 0) >= COMMON ||
      (definesNames && NAME.test(identifier)),
  }
}

/** Do most qualified names in full and collapsed references lack a definition? */
function lacksQualifiedNames(results: readonly PageResult[]): boolean {
  const references = results.flatMap(({page}) => page?.references ?? [])
  const qualified = references.filter(
    ({kind, identifier}) => kind !== 'shortcut' && QUALIFIED_NAME.test(identifier),
  )
  const countOf = (isDefined: boolean) =>
    new Set(qualified.flatMap(({defined, identifier}) => (defined === isDefined ? identifier : []))).size
  const [defined, missing] = [countOf(true), countOf(false)]
  return missing >= (defined === 0 ? QUALIFIED_ALONE : QUALIFIED) && missing > defined
}
