import type {PageElement} from '../../../page/page-element.ts'
import type {Page} from '../../../page/types.ts'
import {bareWords} from '../../../text/nearest.ts'
import {slugBy} from '../../shared/id-rules.ts'
import {cleanId, mintlifySlug, SlugCounter} from './heading-ids.ts'

/** Components that give their property `id` to no element: `COMPONENTS_WITHOUT_ID` of `@mintlify/common`. */
const WITHOUT_ID: ReadonlySet<string> = new Set([
  ...['Info', 'Warning', 'Note', 'Tip', 'Check', 'Danger', 'Callout', 'AccordionGroup', 'Card', 'CardGroup'],
  ...['Tabs', 'CodeGroup', 'Column', 'Columns', 'CustomCode', 'CustomComponent', 'DynamicCustomComponent'],
  ...['Expandable', 'Frame', 'GitHub', 'Github', 'Icon', 'Latex', 'Mermaid', 'Panel', 'Popup', 'Prompt'],
  ...['RequestExample', 'ResponseExample', 'SnippetGroup', 'Steps', 'Tile', 'Tooltip', 'Tree', 'FileTree'],
  ...['Variation', 'Visibility', 'MDX', 'Badge', 'Color', 'ZoomImage'],
])

/** Further components of Mintlify, which add no other ids than those that are known. */
const BUILT_IN: ReadonlySet<string> = new Set([
  ...['Accordion', 'Tab', 'View', 'Step', 'Update', 'Heading', 'Param', 'ParamField', 'ResponseField'],
  ...['ApiPlayground', 'CodeBlock', 'Link', 'MDXContentController', 'OptimizedVideo', 'Snippet', 'Fragment'],
  ...['Tree.Folder', 'Tree.File', 'Color.Row', 'Color.Item', 'GitHub.Repo', 'Github.Repo'],
])

/** Components of Mintlify that give ids to elements, of their titles and the like. */
const WITH_ID = /^(?:Accordion|Heading|Param|ParamField|ResponseField|Snippet|Step|Tab|Update|View)$/

/** Is a component one of Mintlify's own? A `plain` one adds no ids. */
export const isBuiltIn = (name: string, kind?: 'plain'): boolean =>
  WITHOUT_ID.has(name) || (BUILT_IN.has(name) && (kind === undefined || !WITH_ID.test(name)))

/** The ids that authors gave to elements of a page, other than headings. */
export function writtenIds({ids, elements = []}: Page): string[] {
  const found: string[] = []
  let next = 0
  for (const {id, from, start} of ids) {
    if (from !== 'html') continue
    while (next < elements.length && elements[next]!.start < start) next++
    const owner = elements[next - 1]
    if (!owner || !WITHOUT_ID.has(owner.name)) found.push(id)
  }
  return found
}

/** The ids that components get from their titles and names, each kind counted by itself, in text order. */
export function idsOfComponents(elements: readonly PageElement[]): string[] {
  const tabs = new TabIds(elements)
  const accordions = new TitleIds()
  const views = new TitleIds()
  const params = new ParamIds(elements)
  const ofTitle = new Map<string, (title: string) => string[]>([
    ['Tab', (title) => tabs.give(title)],
    ['Accordion', (title) => titleForms(title).flatMap((form) => accordions.give(form))],
    ['View', (title) => views.give(title)],
    ['Step', (title) => titleForms(title).map((form) => cleanId(mintlifySlug(form)))],
  ])
  return elements.flatMap((element) => {
    const {name, attributes} = element
    if (attributes.id !== undefined) return []
    if (PARAMS.has(name)) return params.of(element)
    return attributes.title ? (ofTitle.get(name)?.(attributes.title) ?? []) : []
  })
}

/** Titles may contain Markdown, which is left out of ids: the text as written, and without marks. */
function titleForms(title: string): string[] {
  const plain = title
    .replace(/\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/(\*\*|__|~~|[*_])(?=\S)([^*_~]*\S)\1/g, '$2')
  return plain === title ? [title] : [plain, title]
}

class TabIds {
  readonly #counter = new SlugCounter()
  readonly #taken: Set<string | undefined>

  constructor(elements: readonly PageElement[]) {
    this.#taken = new Set(elements.filter(({name}) => name === 'Tab').map(({attributes}) => attributes.id))
  }

  give(title: string): string[] {
    const [plain = '', ...others] = titleForms(title).map(mintlifySlug)
    let slug = this.#counter.give(plain)
    while (slug !== '' && this.#taken.has(slug)) slug = this.#counter.give(plain)
    this.#taken.add(slug)
    return [slug, ...others]
  }
}

/** Ids of accordions and views: `Set up: now`, twice, becomes `set-up-now`, `set-up-now-1`. */
class TitleIds {
  readonly #times = new Map<string, number>()

  give(title: string): string[] {
    const slug = slugBy('eleventy', title.replace(':', '-'))
    const times = this.#times.get(slug) ?? 0
    this.#times.set(slug, times + 1)
    return [times === 0 ? slug : `${slug}-${times}`]
  }
}

/** Components that describe a parameter. */
const PARAMS: ReadonlySet<string> = new Set(['ParamField', 'Param', 'ResponseField'])
const PARAM_NAMES = ['query', 'path', 'body', 'header'] as const

/** Ids of parameters: `<ParamField body="maxTokens">` has `param-max-tokens`. */
class ParamIds {
  readonly #taken: Set<string | undefined>
  readonly #times = new Map<string, number>()

  constructor(elements: readonly PageElement[]) {
    this.#taken = new Set(elements.filter(({name}) => PARAMS.has(name)).map(({attributes}) => attributes.id))
  }

  of({name, attributes}: PageElement): string[] {
    const key = name === 'ResponseField' ? 'name' : PARAM_NAMES.find((each) => attributes[each])
    const value = key && attributes[key]
    if (!value) return []
    const first = paramId(value, 0)
    let times = this.#times.get(first) ?? 0
    while (this.#taken.has(paramId(value, times))) times++
    this.#times.set(first, times + 1)
    const id = paramId(value, times)
    this.#taken.add(id)
    return [id]
  }
}

const paramId = (name: string, times: number): string =>
  slugBy('sindresorhus-slugify', `param-${name}${times > 0 ? `_${times}` : ''}`)

/** Components whose ids are made by a program that writes other scripts in Latin letters, as doccheck does not. */
export const isTransliterated = ({name, attributes}: PageElement): boolean =>
  (name === 'Accordion' || name === 'View' || PARAMS.has(name)) &&
  attributes.id === undefined &&
  Object.values(attributes).some((value) => /[^\p{ASCII}\p{P}\p{S}]/u.test(bareWords(value, 'NFKD')))
