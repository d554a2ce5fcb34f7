import {isMisspelling, lettersOf} from '../../text/nearest.ts'
import {commonDoubtWords, type Doubt, doubtWords, isTestable} from '../doubts.ts'
import type {AnchorDoubt} from '../types.ts'
import {sectionAbove, sectionOf} from './places.ts'
import {Popularity} from './popularity.ts'
import {FOUND_AT_HOME, FOUND_OF_CAUSE, MISSING_SHARE} from './thresholds.ts'
import {withoutLanguage} from './translations.ts'

/** The numbers of distinct fragments that exist, and that do not, where there is a doubt. */
interface FragmentCounts {
  found: number
  missing: number
}

/** A fragment that links use on a page with doubts about ids. */
interface Target {
  path: string
  fragment: string
  exists: boolean
  doubts: readonly AnchorDoubt[]
}

/** The fragments that links use on pages with doubts about ids: by page, and by cause of doubt and section. */
export class AnchorEvidence {
  /** Each once; but a repository host may show a page with other ids than its site does. */
  readonly #targets = new Map<string, Target>()
  /** The missing fragments, by `path#fragment`. */
  readonly #popular = new Popularity()
  #counts: Map<string, FragmentCounts> | undefined

  /** Count a fragment of a page with doubts, once. */
  add(path: string, fragment: string, exists: boolean, from: string, doubts: readonly AnchorDoubt[]): void {
    const key = `${path}#${fragment}`
    if (!exists) this.#popular.add(key, from)
    const known = `${exists} ${key}`
    if (this.#targets.has(known)) return
    this.#targets.set(known, {path, fragment, exists, doubts})
    this.#counts = undefined
  }

  /**
   * Count all targets, except missing ones that a translation of the page has: nothing adds these to both pages, but their
   * heading has another id here.
   */
  #count(): Map<string, FragmentCounts> {
    const counts = new Map<string, FragmentCounts>()
    const found = new Map<string, string>()
    for (const {path, fragment, exists} of this.#targets.values())
      if (exists) found.set(`${withoutLanguage(path)}#${fragment}`, path)
    for (const target of this.#targets.values()) {
      const {path, fragment, exists} = target
      const translation = exists ? undefined : found.get(`${withoutLanguage(path)}#${fragment}`)
      if (translation === undefined || translation === path) addTo(counts, target)
    }
    return counts
  }

  /**
   * Test the doubts about a missing fragment: about something on its page by the other fragments of that page, and by those
   * of all pages with the same doubt.
   *
   * @param similar The id of the page that is most similar to the fragment, if one is.
   * @param clauseAtHome Returns the clause that shows the page to be published at a home that links show.
   * @returns the clause that refutes all of them; undefined if nothing does
   */
  refute(
    path: string,
    fragment: string,
    doubts: readonly AnchorDoubt[],
    similar: string | undefined,
    clauseAtHome?: () => string | undefined,
  ): string | undefined {
    const hasLikeness = similar !== undefined
    const isPopular = this.#popular.has(`${path}#${fragment}`)
    // Whatever else is on the page; but a doubt about some fragments may be about the very one that differs.
    if (hasLikeness && isMisspelling(fragment, similar) && !doubts.some(({covers}) => covers))
      return isPopular ? undefined : `the page has #${similar}`
    if (!doubts.every(isTestable)) return
    if (hasLikeness && mayBeSame(fragment, similar) && doubts.some(isAboutHeadings)) return
    const form = formOf(fragment)
    if (!hasLikeness && (isPopular || form === 'other')) return
    const page = this.#of(PAGE, path, form)
    // A page without a fragment that exists may consist of what a component or program makes.
    if (!hasLikeness && page.found === 0 && doubts.some(isAboutPage)) return
    if (page.missing > page.found + 1) return
    const clauses = doubts.map(
      (each) =>
        (each.reason === 'guessed-home' ? clauseAtHome?.() : undefined) ??
        this.#refuteOne(each, path, form, hasLikeness),
    )
    return clauses.includes(undefined) ? undefined : clauses[0]
  }

  #refuteOne(each: AnchorDoubt, path: string, form: Form, hasLikeness: boolean): string | undefined {
    const enough = each.reason === 'guessed-home' ? FOUND_AT_HOME : FOUND_OF_CAUSE
    for (const section of sectionsOf(path)) {
      const own = this.#of(causeOf(each), section, form)
      if (own.found >= enough && isSmall(own)) return `${doubtWords(each)}, but ${clauseFor(own, section)}`
      if (own.missing > own.found + 1) return
    }
    const own = this.#of(causeOf(each), '', form)
    if (own.found + own.missing >= FOUND_OF_CAUSE) return
    // Other causes say nothing about the few fragments that the doubt is about.
    if (each.covers) return
    const all = this.#of(commonDoubtWords(each), '', form)
    return hasLikeness && all.found >= FOUND_OF_CAUSE && isSmall(all)
      ? `${commonDoubtWords(each)}, but ${clauseFor(all, '')}`
      : undefined
  }

  #of(cause: string, section: string, form: Form): FragmentCounts {
    this.#counts ??= this.#count()
    return this.#counts.get(keyOf(cause, section, form)) ?? {found: 0, missing: 0}
  }
}

const PAGE = 'page'

const keyOf = (cause: string, section: string, form: Form): string => `${cause}\n${section}\n${form}`

/** Count a target for its page, and for the causes of doubts in its section and those above it. */
function addTo(counts: Map<string, FragmentCounts>, {path, fragment, exists, doubts}: Target): void {
  const form = formOf(fragment)
  // A doubt about some fragments, or about the page that a link leads to, explains them; other causes do not.
  const causes = new Set(
    (exists ? doubts : narrowest(doubts)).flatMap((each) => [causeOf(each), commonDoubtWords(each)]),
  )
  const sections = [...sectionsOf(path)]
  const keys = [...causes].flatMap((cause) => sections.map((section) => keyOf(cause, section, form)))
  for (const key of [keyOf(PAGE, path, form), ...keys]) {
    const {found, missing} = counts.get(key) ?? {found: 0, missing: 0}
    counts.set(key, exists ? {found: found + 1, missing} : {found, missing: missing + 1})
  }
}

/** The section of a page and those above it, up to the whole site. */
function* sectionsOf(path: string): Generator<string> {
  let section: string | undefined = sectionOf(path)
  for (; section !== undefined; section = sectionAbove(section)) yield section
}

/**
 * The doubts about some fragments, or else about the page that the link leads to, or else about what the page contains, if
 * there are any.
 */
function narrowest(doubts: readonly AnchorDoubt[]): readonly AnchorDoubt[] {
  const tests: ((doubt: AnchorDoubt) => unknown)[] = [
    ({covers}) => covers,
    ({reason}) => reason === 'guessed-home',
    isAboutContent,
  ]
  const narrow = tests.map((test) => doubts.filter(test))
  return narrow.find((each) => each.length > 0) ?? doubts
}

/** Is a doubt about what a page contains, rather than about all pages that a program sees? */
const isAboutContent = (each: Doubt): boolean =>
  isAboutFurtherIds(each) || each.reason === 'component-content' || each.reason === 'included-elsewhere'

/** Is a doubt about what the page contains itself? A layout adds the same to all pages that have it, which speak for it. */
const isAboutPage = (each: Doubt): boolean => isAboutContent(each) && each.reason !== 'layout-ids'

/**
 * May a fragment be the id of the very heading that has a similar one? Another program may treat punctuation differently,
 * or leave out what follows, such as a badge: `set-up-1-2` is `setup-12`, and `theme` is `theme---required`.
 */
const mayBeSame = (fragment: string, similar: string): boolean =>
  lettersOf(fragment) === lettersOf(similar) || similar.startsWith(`${fragment}-`)

/** Is a doubt about how headings get their ids, rather than about further ids? */
const isAboutHeadings = ({reason}: Doubt): boolean =>
  reason === 'unknown-generator' ||
  reason === 'unknown-reader' ||
  reason === 'id-setting' ||
  reason === 'heading-id' ||
  reason === 'incomplete-description'

/** Is a doubt about further ids alone? */
export const isAboutFurtherIds = ({reason}: Doubt): boolean =>
  reason === 'content-ids' || reason === 'layout-ids' || reason === 'front-matter-ids'

/**
 * Could a fragment be the slug of a heading? Programs also make ids such as `module.Class` and `+option`. That those of one
 * form exist says nothing about the others.
 */
type Form = 'slug' | 'other'

const formOf = (fragment: string): Form => (/^#*[\p{L}\p{M}\p{N}_-]+$/u.test(fragment) ? 'slug' : 'other')

const causeOf = ({reason, about = ''}: Doubt): string => `${reason} ${about}`

const isSmall = ({found, missing}: FragmentCounts) => missing <= MISSING_SHARE * (found + missing)

function clauseFor({found, missing}: FragmentCounts, section: string): string {
  const where = section === '' ? 'on such pages' : `on such pages in ${section}/`
  return missing <= 1
    ? `all ${found} other fragments ${where} exist`
    : `${found} of ${found + missing} fragments ${where} exist`
}
