import type {PageElement} from '../../../page/page-element.ts'
import type {Component, Heading, Page} from '../../../page/types.ts'
import {modulePath} from '../../shared/javascript/local-module.ts'
import type {MintlifyContext} from './links.ts'
import {snippetPaths} from './snippets.ts'

/** More snippets than any page shows. */
const MOST_SNIPPETS = 200

/** Components whose content is hidden at first, so that Mintlify leaves their headings out of its list of contents. */
const HIDING: ReadonlySet<string> = new Set(['Accordion', 'AccordionGroup', 'Expandable', 'Update', 'Prompt'])

/** A heading or element of a page as it is shown. */
export interface Shown {
  heading?: Heading
  element?: PageElement
  /** It is in a component that hides its content at first. */
  isHidden: boolean
}

/** A page with its snippets in their places. */
export interface ShownPage {
  /** The page first, then its snippets. */
  pages: ReadonlySet<Page>
  items: readonly Shown[]
}

/** Put a page together with the snippets that it shows. */
export function shownPage(context: MintlifyContext, page: Page): ShownPage {
  const shown = new Parts(context)
  shown.add(page, false, [])
  return shown
}

class Parts implements ShownPage {
  readonly pages = new Set<Page>()
  readonly items: Shown[] = []
  readonly #context: MintlifyContext
  #left = MOST_SNIPPETS

  constructor(context: MintlifyContext) {
    this.#context = context
  }

  /** @param around The pages that show the page, outermost first. */
  add(page: Page, isHidden: boolean, around: readonly Page[]): void {
    this.pages.add(page)
    const open: PageElement[] = []
    for (const item of inOrder(page)) {
      while (open.length > 0 && open.at(-1)!.end <= item.start) open.pop()
      const isIn = isHidden || open.some(({name}) => HIDING.has(name))
      if ('name' in item) {
        this.#addElement(withSize(item, open), isIn, [...around, page])
        if (item.name === 'Steps' || HIDING.has(item.name)) open.push(item)
      } else this.items.push({heading: item, isHidden: isIn})
    }
  }

  #addElement(element: PageElement, isHidden: boolean, around: readonly Page[]): void {
    const snippet = snippetOf(this.#context, element, around.at(-1)!)
    if (!snippet) this.items.push({element, isHidden})
    else if (!around.includes(snippet) && this.#left-- > 0) this.add(snippet, isHidden, around)
  }
}

/** A step with the size that the component around it gives to the titles of its steps. */
function withSize(element: PageElement, open: readonly PageElement[]): PageElement {
  if (element.name !== 'Step') return element
  const titleSize = open.findLast(({name}) => name === 'Steps')?.attributes.titleSize
  return titleSize === undefined ? element : {...element, attributes: {titleSize, ...element.attributes}}
}

/** The headings in Markdown and the elements of a page, in text order. */
function inOrder({headings, elements = []}: Page): (Heading | PageElement)[] {
  const inMarkdown = headings.filter(({html}) => !html)
  return [...inMarkdown, ...elements].sort((a, b) => a.start - b.start)
}

/** The page that an element shows: `<Steps />` that is imported from one, or `<Snippet file="steps.mdx" />`. */
function snippetOf(context: MintlifyContext, {name, attributes}: PageElement, page: Page): Page | undefined {
  const {root} = context.marker
  if (name === 'Snippet' && attributes.file !== undefined)
    return snippetPaths(root, attributes.file)
      .map((file) => context.page(file))
      .find((each) => each !== undefined)
  const path = importedPath(context, page, name)
  return path !== undefined && /\.mdx?$/.test(path) ? context.page(path) : undefined
}

/** The path of the module that a component of a page is imported from; undefined if it is not imported from a file. */
export function importedPath(
  {marker}: Pick<MintlifyContext, 'marker'>,
  {components = [], path}: Page,
  name: string,
): string | undefined {
  const found = components.find((each: Component) => each.name === name)
  return found?.from === undefined ? undefined : modulePath(found.from, path, {'': marker.root})
}
