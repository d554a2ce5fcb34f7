/**
 * Reports references to definitions that do not exist, which readers see as plain text with brackets.
 *
 * `[text][label]`, `[text][]` and their images always count as references. A lone `[text]` is reported only with
 * evidence: it is an image, it is a near miss to a defined label, a kramdown attribute list follows it, its label is
 * used as a full reference elsewhere on the page, or the other items of its list begin with a reference.
 *
 * @example ok
 * See [the guide][guide], [x] and [!NOTE].
 *
 * [guide]: https://example.org
 *
 * @example not ok
 * See [the guide][gude].
 *
 * [guide]: https://example.org
 * ^ 1:5-1:22 Unexpected reference to undefined label `gude`, expected `guide`
 *
 * @example not ok
 * [Install]{:.button}
 * ^ 1:1-1:10 Unexpected reference to undefined label `Install`
 */

import type {Definition, Page, Reference} from '../src/page/types.ts'
import {defineRule} from '../src/rule/define-rule.ts'
import type {Fix, SiteView} from '../src/rule/types.ts'
import {bareWords, isOneSlip, Names} from '../src/text/nearest.ts'

export default defineRule(
  {
    name: 'no-undefined-reference',
    needs: 'site',
    followsIncludes: true,
    severity: 'error',
    fixable: true,
    options: {shortcuts: 'evidence' as 'evidence' | 'always' | 'never', except: [] as string[]},
    schema: {
      shortcuts: {
        description: 'When a lone `[text]` counts as a reference.',
        enum: ['evidence', 'always', 'never'],
      },
      except: {description: 'Labels that need no definition.', items: {type: 'string'}},
    },
  },
  (page, {options, report, site}) => {
    const known = new Set(page.definitions.map(({identifier}) => identifier))
    // Before a footnote, as in `[label][^1]`, a label is a separate reference.
    const missing = page.references.filter(
      ({defined, identifier}) => !defined && !known.has(identifier) && !site.mayBeDefined(identifier),
    )
    if (missing.length === 0) return
    const offered = new Set<string>()
    const labels = new Labels(page.definitions)
    const tags = new Tags(page, labels)
    const evidence = options.shortcuts === 'evidence' ? new Evidence(page, labels, tags) : undefined
    for (const reference of missing) {
      if (options.except.includes(reference.label) || tags.has(reference)) continue
      if (reference.kind === 'shortcut' && !isMeant(reference, options.shortcuts, evidence)) continue
      const near = labels.nearMiss(reference.label) ?? labels.nearest(reference.label)
      report({
        start: reference.start,
        end: reference.end,
        target: {name: reference.identifier},
        message: messageFor(reference, near),
        ...(near === undefined ? define(reference, page, site, offered) : fixOf(reference, near, labels)),
      })
    }
  },
)

const messageFor = ({image, label}: Reference, near: string | undefined) =>
  `Unexpected ${image ? 'image ' : ''}reference to undefined label \`${label}\`${near === undefined ? '' : `, expected \`${near}\``}`

/** Is a lone `[text]` meant as a reference, by the option `shortcuts` and the evidence? */
const isMeant = (reference: Reference, shortcuts: string, evidence: Evidence | undefined): boolean =>
  shortcuts !== 'never' && !NEVER.test(reference.label) && (evidence?.speaksFor(reference) ?? true)

/**
 * Suggest the near definition; certain if it is the only one that differs only in punctuation, spaces or Unicode form.
 */
function fixOf({kind, label, labelSpan}: Reference, near: string, labels: Labels): {fix?: Fix} {
  if (!labelSpan) return {}
  const text = kind === 'shortcut' ? `[${near}]` : near
  return {fix: {edits: [{...labelSpan, text}], safe: labels.isOnly(near, label)}}
}

/**
 * Add a definition: for the page beside this one that the label names, or for the target that other pages define for
 * the label.
 *
 * @param offered Labels that a definition has been added for.
 */
function define(
  {label, identifier}: Reference,
  page: Page,
  site: SiteView,
  offered: Set<string>,
): {fix?: Fix} {
  if (offered.has(identifier)) return {}
  const slug = label.trim().toLowerCase().replace(/\s+/g, '-')
  const beside = /^[\p{L}\p{N}._-]+$/u.test(slug) ? [`${slug}.md`, `${slug}/`] : []
  const elsewhere = site.targetOf(identifier)
  const urls =
    elsewhere === undefined || elsewhere === page.path ? beside : [...beside, site.writeLink(elsewhere).url]
  const url = urls.find((each) => ['page', 'file'].includes(site.resolve({url: each}).to))
  if (url === undefined || /[[\]\n]/.test(label)) return {}
  const {end, eol, lines, definitions} = page
  // After the last definition if that ends the page, else after a blank line at the end.
  const isFirst = offered.size === 0
  offered.add(identifier)
  const newline = lines.at(-1) === end || !isFirst ? '' : eol
  const gap = !isFirst || end === 0 || definitions.some((own) => own.end + eol.length >= end) ? '' : eol
  return {fix: {edits: [{start: end, end, text: `${newline}${gap}[${label}]: ${url}${eol}`}], safe: false}}
}

/** Finds tags of a page, such as those of changelogs and minutes, which are meant as text. */
class Tags {
  readonly #hasDefinitions: boolean
  /** The labels of lone brackets without a definition, but for other spellings of a defined label. */
  readonly #lone = new Set<string>()
  /** The offsets at which these start. */
  readonly #starts = new Set<number>()
  /** The offsets at which they end, except for the boxes of tasks. */
  readonly #ends = new Set<number>()
  readonly #arePairs: boolean

  constructor({definitions, references}: Page, labels: Labels) {
    this.#hasDefinitions = definitions.length > 0
    this.#arePairs = arePairs(references)
    for (const {kind, image, defined, identifier, label, start, end} of references)
      if (kind === 'shortcut' && !image && !defined && !labels.hasSpelling(label)) {
        this.#lone.add(identifier)
        this.#starts.add(start)
        if (!NEVER.test(label)) this.#ends.add(end)
      }
  }

  /**
   * Is a reference two tags? It leads an item of a list on a page without definitions, `- [Bug][Unstable] An error …`, a
   * further tag follows, `[Menu][Popover][Tooltip]`, one is before it, `[Slow] [Menu][Popover]`, its text is a tag
   * elsewhere, `[Menu]`, or the page has pairs of tags, `[Optional][String]`.
   */
  has({kind, image, listStart, isFollowedByText, tag, start, end}: Reference): boolean {
    if (kind !== 'full' || image) return false
    const leadsItem = listStart >= 0 && isFollowedByText === true && !this.#hasDefinitions
    return (
      leadsItem ||
      (tag !== undefined &&
        (this.#arePairs || this.#starts.has(end) || this.#lone.has(tag) || this.#ends.has(start - 1)))
    )
  }
}

/**
 * Are the full references of a page pairs of tags? None of them is defined, and one text is repeated with several labels,
 * each of them repeated, too: `[Optional][String]`, `[Optional][Boolean]`, `[Optional][String]`, …
 */
function arePairs(references: readonly Reference[]): boolean {
  const repeated = new Map<string, Set<string>>()
  const seen = new Set<string>()
  for (const {kind, defined, tag, identifier} of references) {
    if (kind !== 'full') continue
    if (defined) return false
    if (tag === undefined) continue
    const pair = JSON.stringify([tag, identifier])
    if (seen.has(pair)) repeated.set(tag, (repeated.get(tag) ?? new Set()).add(identifier))
    seen.add(pair)
  }
  return [...repeated.values()].some(({size}) => size > 1)
}

/** Lone brackets with a special meaning on some platforms: alerts, tables of contents, boxes, includes. */
const NEVER = /^(?:!\w+|_*toc_*|[ xX~/.-]|\.\.\.|…|@.*|\+|-)$/i

/** The evidence on a page that a lone `[text]` is meant as a reference. */
class Evidence {
  readonly #labels: Labels
  readonly #full = new Set<string>()
  readonly #lists = new Map<number, Set<string>>()

  constructor(page: Page, labels: Labels, tags: Tags) {
    this.#labels = labels
    for (const reference of page.references) {
      const {kind, identifier, defined, listStart} = reference
      if (kind === 'full' && !tags.has(reference)) this.#full.add(identifier)
      if (kind === 'shortcut' && defined && listStart >= 0)
        this.#lists.set(listStart, (this.#lists.get(listStart) ?? new Set()).add(identifier))
    }
  }

  speaksFor(reference: Reference): boolean {
    if (reference.image || reference.hasAttributeList || this.#full.has(reference.identifier)) return true
    // One other label could be a coincidence; two are a pattern.
    if (reference.listStart >= 0 && (this.#lists.get(reference.listStart)?.size ?? 0) >= 2) return true
    return this.#labels.nearMiss(reference.label) !== undefined
  }
}

/** The labels that a page defines, and those among them that an undefined label may mean. */
class Labels {
  readonly #definitions: readonly Definition[]
  #byLetters: Map<string, string> | undefined
  #byWords: Map<string, Set<string>> | undefined
  #labels: Names | undefined
  #letters: Names | undefined
  readonly #near = new Map<string, string | undefined>()

  constructor(definitions: readonly Definition[]) {
    this.#definitions = definitions
  }

  /** Is a label the only one that differs from another one only in punctuation, spaces and Unicode form? */
  isOnly(near: string, label: string): boolean {
    if (!this.#byWords) {
      this.#byWords = new Map()
      for (const own of this.#definitions) {
        const words = bareWords(own.label, 'NFKC')
        this.#byWords.set(words, (this.#byWords.get(words) ?? new Set()).add(own.identifier))
      }
    }
    const bare = bareWords(label, 'NFKC')
    return bareWords(near, 'NFKC') === bare && this.#byWords.get(bare)?.size === 1
  }

  /** Is a label a single defined one in another spelling, which a fix replaces? */
  hasSpelling(label: string): boolean {
    const near = this.nearMiss(label)
    return near !== undefined && this.isOnly(near, label)
  }

  /** The label nearest to another one by edit distance. */
  nearest(label: string): string | undefined {
    this.#labels ??= new Names(this.#definitions.map((own) => own.label))
    return this.#once(`nearest ${label}`, () => this.#labels!.nearest(label))
  }

  /** A label that differs only in punctuation and spaces, or by one letter in a long word. */
  nearMiss(label: string): string | undefined {
    return this.#once(`miss ${label}`, () => {
      const bare = bareWords(label, 'NFKD')
      if (bare === '') return
      this.#byLetters ??= labelsByLetters(this.#definitions)
      const same = this.#byLetters.get(bare)
      if (same !== undefined) return same
      // Numbers are distinct labels: `[1.2.4]` is not a typo of `[1.2.3]`.
      if (bare.length < 6 || /\d/.test(bare)) return
      this.#letters ??= new Names(this.#byLetters.keys())
      const close = this.#letters.nearest(bare)
      return close !== undefined && isOneSlip(bare, close) ? this.#byLetters.get(close) : undefined
    })
  }

  #once(key: string, find: () => string | undefined): string | undefined {
    if (!this.#near.has(key)) this.#near.set(key, find())
    return this.#near.get(key)
  }
}

/** The first label of each normalized text: `Set-up` and `set up` are both `setup`. */
function labelsByLetters(definitions: readonly Definition[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const {label} of definitions) {
    const letters = bareWords(label, 'NFKD')
    if (!found.has(letters)) found.set(letters, label)
  }
  return found
}
