import type {Link, Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Doubt} from '../../doubts.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {MystConfig} from './config.ts'
import type {MystContext} from './context.ts'

/** So many distinct labels must be defined before they say something about others. */
const ENOUGH_LABELS = 10
/** At most one in so many labels may be missing. */
const FOUND_FOR_ONE_MISSING = 9
/** A label that more pages name than these is rather defined by a program than misspelled. */
const MOST_PAGES = 3

/** Is a label that of another project, as its prefix says: `python:library-index`? */
export const isForeignLabel = (name: string, {projects}: Pick<MystConfig, 'projects'>): boolean => {
  const [, prefix] = /^([\w.-]+):./.exec(name) ?? []
  return prefix !== undefined && (projects === 'unknown' || projects.includes(prefix))
}

/** Pages that Sphinx, sphinx-tags and sphinx-gallery make, to which a table of contents and labels may lead. */
export const GENERATED = /^(?:genindex|modindex|search|py-modindex|tagoverview|sphx_(?:tag|glr)_.+)$/

/** Does a list of attributes say that a link is left to the browser? */
export const isExternal = ({attributes}: SiteLink): boolean =>
  /(?:^|\s)\.external(?:\s|$)/.test(attributes ?? '')

/** Names without the marks of paths, URLs, projects and members of objects. */
const LABEL = /^[\p{L}\p{N}_][^\s./:#?%<>{}\\]*$/u
/** The names of objects in programs. */
const OBJECT = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** The label that a link names, by a role or as its destination: `[](install)`, `[](#install)`. */
function labelIn(link: Link, config: Pick<MystConfig, 'projects'>): string | undefined {
  const {kind, tag, image, url} = link
  if (kind === 'role')
    return (tag === 'ref' || tag === 'numref') && !isForeignLabel(url, config) && !GENERATED.test(url)
      ? url
      : undefined
  if (image || (kind !== 'link' && kind !== 'definition') || isExternal(link)) return
  const name = url.replace(/^#/, '')
  return LABEL.test(name) ? name : undefined
}

/** Labels by whether a page defines them. */
interface LabelCounts {
  found: Set<string>
  missing: Set<string>
}

/** What the labels that the links of a site name say about others, which other projects or programs may define. */
export class LabelEvidence {
  readonly #groups = new Map<string, LabelCounts>()
  /** The pages that name a missing label. */
  readonly #pages = new Map<string, Set<string>>()
  #own: LabelCounts | undefined

  /** Count a label that a page names. */
  add(name: string, isDefined: boolean, from: string): void {
    const outcome = isDefined ? 'found' : 'missing'
    for (const group of groupsOf(name)) this.#of(group)[outcome].add(name)
    if (!isDefined) this.#pages.set(name, (this.#pages.get(name) ?? new Set()).add(from))
  }

  /**
   * The reason why a label that no page defines is likely missing: nearly all that the site names are defined on it, except
   * groups of which most are not, since a program defines them.
   *
   * @param mayBeObject May it be an object of a program? Then only labels of its kind say something about it.
   */
  whyMissing(name: string, mayBeObject: boolean): string | undefined {
    const [kind] = groupsOf(name)
    if (this.#isForeign(name) || (this.#pages.get(name)?.size ?? 0) > MOST_PAGES) return
    if (mayBeObject && !isSmall(this.#of(kind))) return
    this.#own ??= this.#withoutForeign()
    const {found, missing} = this.#own
    if (found.size < ENOUGH_LABELS || !isSmall(this.#own)) return
    return missing.size <= 1
      ? `all ${found.size} other labels on the site exist`
      : `${found.size} of ${found.size + missing.size} labels on the site exist`
  }

  /** The labels without those of groups that programs define. */
  #withoutForeign(): LabelCounts {
    const all = KINDS.map((kind) => this.#of(kind))
    return {
      found: new Set(all.flatMap(({found}) => [...found])),
      missing: new Set(all.flatMap(({missing}) => [...missing].filter((name) => !this.#isForeign(name)))),
    }
  }

  #isForeign(name: string): boolean {
    return groupsOf(name).some((group) => {
      const {found, missing} = this.#of(group)
      return missing.size > Math.max(1, found.size)
    })
  }

  #of(group: string): LabelCounts {
    let counts = this.#groups.get(group)
    if (!counts) this.#groups.set(group, (counts = {found: new Set(), missing: new Set()}))
    return counts
  }
}

const isSmall = ({found, missing}: LabelCounts): boolean => missing.size * FOUND_FOR_ONE_MISSING <= found.size

/** How labels are written: words with hyphens or other marks, `CamelCase`, `snake_case`, or one word. */
const KINDS = ['words', 'camel', 'snake', 'word'] as const

/** The groups of a label: by how it is written, and by how it begins. */
function groupsOf(name: string): [kind: (typeof KINDS)[number], start: string] {
  const start = `start: ${/^[^-_]*/.exec(name)![0]}`
  if (!OBJECT.test(name)) return ['words', start]
  if (/\p{Lu}/u.test(name)) return ['camel', start]
  return [name.includes('_') ? 'snake' : 'word', start]
}

/** Gather the evidence of the labels that pages name. */
export function labelEvidence(context: MystContext, pages: Iterable<Page>): LabelEvidence {
  const {anchorsOf, config, targets} = context
  const evidence = new LabelEvidence()
  for (const page of pages)
    for (const link of page.links) {
      const name = labelIn(link, config)
      if (name === undefined) continue
      const isOwn = link.url.startsWith('#')
      const isDefined = targets.has(name) || (isOwn && anchorsOf(page).has(name))
      const isLabel = isDefined || isOwn || link.kind === 'role' || !namesFile(context, name, page.path)
      if (isLabel) evidence.add(name, isDefined, page.path)
    }
  return evidence
}

function namesFile({config, lookup}: MystContext, name: string, from: string): boolean {
  const path = joinPath(folderOf(from), name)
  return lookup.isFolder(path) || ['', ...config.suffixes].some((suffix) => lookup.isFile(path + suffix))
}

/** The reason why there is likely neither a label nor an object of a program with the name that a link has. */
export const whyNameIsMissing = (
  {targets, whyLabelIsMissing}: Pick<MystContext, 'targets' | 'whyLabelIsMissing'>,
  name: string,
): string | undefined =>
  LABEL.test(name) ? whyLabelIsMissing(name, targets.documentsCode() && OBJECT.test(name)) : undefined

/**
 * The reason why the build may write pages that define labels: a table of contents names a page that it may write.
 *
 * @param resolve Resolves an entry of a table of contents.
 */
export function whyLabelsAreGenerated(
  pages: Iterable<Page>,
  resolve: (entry: SiteLink, from: string) => Resolution,
): Doubt | undefined {
  for (const {path, links} of pages)
    for (const link of links) {
      const found = link.kind === 'role' && link.tag === 'toctree' ? resolve(link, path) : undefined
      if (found?.to === 'unknown') return found.doubt
    }
  return
}
