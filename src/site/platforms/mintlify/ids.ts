import type {PageElement} from '../../../page/page-element.ts'
import type {Heading} from '../../../page/types.ts'
import {cleanId, customIdOf, encodedTitle, mintlifySlug, SlugCounter, titleOf} from './heading-ids.ts'
import type {Shown} from './shown.ts'

/** Ids on a page, which are unique: `a`, `a` become `a`, `a-2`. */
class UniqueIds {
  readonly #times = new Map<string, number>()

  give(slug: string): string {
    const times = this.#times.get(slug) ?? 0
    this.#times.set(slug, times + 1)
    if (times === 0) return slug
    let number = times + 1
    while (this.#times.has(`${slug}-${number}`)) number++
    this.#times.set(`${slug}-${number}`, 1)
    return `${slug}-${number}`
  }
}

/** The deepest headings with ids of their own. */
const DEEPEST = 4

/** The settings that determine the ids on a page. */
export interface IdSettings {
  /** The layout gives headings no ids but those of authors. */
  hasNoSlugs: boolean
  /** Transforms the text outside of code. */
  change?: (prose: string) => string
}

/**
 * The ids of the headings and elements of a page that are in its list of contents, as `remarkComponentIds` and
 * `remarkExtractTableOfContents` of `@mintlify/common` give them; undefined for others.
 */
export function idsOfShown(
  items: readonly Shown[],
  {hasNoSlugs, change = (prose) => prose}: IdSettings,
): (string | undefined)[] {
  const counter = new SlugCounter()
  const unique = new UniqueIds()
  const ownId = (heading: Heading) => idOfHeading(heading, change, hasNoSlugs ? undefined : counter)
  const headings = items.map(({heading}) => heading && ownId(heading))
  return items.map(({heading, element, isHidden}, index) => {
    const ofElement = element && !isHidden ? slugOfElement(element, change) : undefined
    const id = heading ? headings[index] : ofElement
    if (id === undefined) return undefined
    if (id === '') return heading && cleanId(encodedTitle(titleOf(heading, change)))
    // A hidden heading keeps its id, and one that is not listed that of its author.
    return isHidden || (heading && heading.depth > DEEPEST) ? cleanId(id) : cleanId(unique.give(id))
  })
}

/** The id of a heading by itself, with the number of those with the same slug before it. */
function idOfHeading(
  heading: Heading,
  change: (prose: string) => string,
  counter: SlugCounter | undefined,
): string | undefined {
  const custom = customIdOf(heading)
  if (custom !== undefined) return custom
  if (heading.depth > DEEPEST) return
  const slug = mintlifySlug(titleOf(heading, change))
  const counted = counter?.give(slug)
  return counted === undefined ? undefined : cleanId(counted) || slug
}

/** Elements that are headings. */
const HEADING = /^(?:h[1-4]|Heading)$/

/** The slug of an element that Mintlify lists among the headings of a page: a heading, an update, or a large step. */
function slugOfElement(
  {name, attributes, text = ''}: PageElement,
  change: (prose: string) => string,
): string | undefined {
  const {id, label, title = '', titleSize = '', noAnchor} = attributes
  const isStep = name === 'Step' && noAnchor === undefined && /^h[23]$/.test(titleSize) && title.trim() !== ''
  const isUpdate = name === 'Update' && label !== undefined
  if (!isStep && !isUpdate && !HEADING.test(name)) return
  const own = isStep ? title : isUpdate ? label : change(text)
  return (id && cleanId(id)) || mintlifySlug(own)
}
