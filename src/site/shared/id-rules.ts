import {slug as githubSlug} from 'github-slugger'
import type {Heading} from '../../page/types.ts'
import {trimBoth} from '../../text/trim.ts'
import type {IdRule} from '../description.ts'
import {hexoSlug} from './hexo-slug.ts'
import {ownIdOf, textWithoutAttributes} from './own-ids.ts'
import {slugCrateSlug} from './slug-crate.ts'
import {kramdownSlug, mditVueSlug, pythonMarkdownSlug} from './slugs.ts'
import {CountedSlugs, NumberedIds, UniqueSlugs} from './unique-slugs.ts'

/** An algorithm that gives headings ids. */
interface Algorithm {
  /** The id of a heading that is the only one of its page. */
  slug(text: string): string
  /** A new counter of equal slugs. */
  counter(): {give(slug: string): string}
  /** Changes ids that are counted already. */
  finish?(id: string): string
  /** Ids begin with those of the headings above. */
  nested?: true
}

const DIACRITICS = /[\u0300-\u036f]/g

/** The letters and digits of a text in ASCII, with hyphens between words: `Don't: a_b` → `don-t-a-b`. */
const plainSlug = (text: string) => trimBoth(plain(text).replace(/[^a-z0-9]+/g, '-'), '-')

const plain = (text: string) => text.normalize('NFKD').replace(DIACRITICS, '').toLowerCase()

/** `@sindresorhus/slugify`, which Eleventy calls without splitting `camelCase`: `Don't & Déjà vu` → `dont-and-deja-vu`. */
const eleventySlug = (text: string) =>
  plainSlug(text.replaceAll('&', ' and ').replace(/(?<=[a-z\d])['’](?=[ts](?![a-z\d]))/gi, ''))

/** `getHTMLId` → `get HTML Id` */
const decamelized = (text: string) =>
  text
    .replace(/([A-Z]{2})(\d+)/g, '$1 $2')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z](?!s(?![a-z]))[a-z\d]+)/g, '$1 $2')

/** The default of markdown-it-anchor, as a browser decodes it: `What's new (1.0)?` → `what's-new-(1.0)?`. */
const markdownItAnchorSlug = (text: string) => text.trim().toLowerCase().replace(/\s+/g, '-')

/** Nuxt's MDC changes the ids of github-slugger: `2-set-up--run` → `_2-set-up-run`. */
const withoutRuns = (id: string) =>
  id
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/^(?=\d)/, '_')

/** `slugify` of svelte.dev's site-kit: `<details bind:open>` → `details-bind:open`. */
const svelteSlug = (text: string) =>
  text
    .replaceAll('’', "'")
    .replace(/[<>]|\.\.\./g, '')
    .replace(/[^a-zA-Z0-9-$(.):'_]/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')

/** Counts from 2: `a`, `a` become `a`, `a-2`. */
class CountedFromTwo {
  readonly #times = new Map<string, number>()

  give(slug: string): string {
    const times = (this.#times.get(slug) ?? 0) + 1
    this.#times.set(slug, times)
    return times === 1 ? slug : `${slug}-${times}`
  }
}

/** Svelte's nested ids are not counted. */
const UNCOUNTED = {give: (slug: string) => slug}

/** The algorithm of each rule, as in the source of the library or program that it is named after. */
const ALGORITHMS: Record<IdRule, Algorithm> = {
  'github-slugger': {slug: (text) => githubSlug(text), counter: () => new UniqueSlugs()},
  'mdit-vue': {slug: mditVueSlug, counter: () => new UniqueSlugs()},
  'python-markdown': {slug: pythonMarkdownSlug, counter: () => new NumberedIds([])},
  kramdown: {slug: (text) => kramdownSlug(text) || 'section', counter: () => new CountedSlugs()},
  'markdown-it-anchor': {slug: markdownItAnchorSlug, counter: () => new UniqueSlugs()},
  mdc: {slug: (text) => githubSlug(text), counter: () => new UniqueSlugs(), finish: withoutRuns},
  'slug-crate': {slug: slugCrateSlug, counter: () => new UniqueSlugs()},
  hexo: {slug: hexoSlug, counter: () => new CountedSlugs()},
  svelte: {slug: svelteSlug, counter: () => UNCOUNTED, nested: true},
  eleventy: {slug: eleventySlug, counter: () => new CountedFromTwo()},
  'sindresorhus-slugify': {
    slug: (text) => eleventySlug(decamelized(text)),
    counter: () => new CountedFromTwo(),
  },
  tanstack: {slug: (text) => plainSlug(text) || 'section', counter: () => new CountedFromTwo()},
}

/** The names of the rules. */
export const ID_RULES = Object.keys(ALGORITHMS) as readonly IdRule[]

/** The rules that write other scripts in Latin letters, as doccheck does not. */
export const TRANSLITERATING: ReadonlySet<IdRule> = new Set([
  'slug-crate',
  'eleventy',
  'sindresorhus-slugify',
])

/** The id that a rule gives a heading with this text. */
export function slugBy(rule: IdRule, text: string): string {
  const {slug, finish} = ALGORITHMS[rule]
  return finish ? finish(slug(text)) : slug(text)
}

/**
 * The ids that a rule gives the headings of a page; undefined for one written in HTML, or whose id the author wrote:
 * after its text in braces, in brackets, or in a comment.
 */
export const idsBy = (rule: IdRule, headings: readonly Heading[]): (string | undefined)[] =>
  idsOfTitles(rule, titlesOf(headings))

/** A heading as every rule sees it. */
export interface Title {
  /** Undefined if no rule gives the heading an id. */
  text: string | undefined
  depth: number
}

/** The titles of headings, for {@link idsOfTitles}. */
export const titlesOf = (headings: readonly Heading[]): Title[] =>
  headings.map((heading) => ({
    text: heading.html || ownIdOf(heading) !== undefined ? undefined : textWithoutAttributes(heading),
    depth: heading.depth,
  }))

/** The same as {@link idsBy}, for headings that several rules are asked about. */
export function idsOfTitles(rule: IdRule, titles: readonly Title[]): (string | undefined)[] {
  const {slug, counter, finish, nested} = ALGORITHMS[rule]
  const counted = counter()
  const above: string[] = []
  return titles.map(({text, depth}) => {
    if (text === undefined) return undefined
    const own = slug(text)
    if (!nested) return finish ? finish(counted.give(own)) : counted.give(own)
    above.length = depth
    above[depth - 1] = own
    return above.filter(Boolean).join('-')
  })
}

/** The ids that some rules give the headings of a page, and those of headings whose own ids few generators know. */
export const idsByRules = (
  rules: readonly IdRule[],
  headings: readonly Heading[],
): (string | undefined)[] => {
  const titles = titlesOf(headings)
  return [
    ...rules.flatMap((rule) => idsOfTitles(rule, titles)),
    ...headings.flatMap((heading) => [...otherIds(heading, rules), ...idsOfSource(heading, rules)]),
  ]
}

/** The ids that any known rule gives the headings of a page. */
export const idsByAnyRule = (headings: readonly Heading[]): (string | undefined)[] =>
  idsByRules(ID_RULES, headings)

/** The further ids of a heading with an id or attributes at its end, since few generators know all forms of them. */
function otherIds(heading: Heading, rules: readonly IdRule[]): string[] {
  const {text} = heading
  const without = textWithoutAttributes(heading).replace(/\{[\w-]+\}$/, '')
  return without === text && ownIdOf(heading) === undefined
    ? []
    : rules.flatMap((rule) => [slugBy(rule, text), slugBy(rule, without)])
}

/** The ids that programs make of the source of a heading, in which `<id>` is `&lt;id&gt;`: `get-ltidgt`. */
const idsOfSource = ({text}: Heading, rules: readonly IdRule[]): string[] =>
  /[<>&]/.test(text)
    ? rules.map((rule) =>
        slugBy(
          rule,
          text.replace(/[<>&]/g, (sign) => ENTITIES[sign]!),
        ),
      )
    : []

const ENTITIES: Readonly<Record<string, string>> = {'<': 'lt', '>': 'gt', '&': 'amp'}
