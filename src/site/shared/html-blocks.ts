import type {Page} from '../../page/types.ts'
import {type Doubt, doubt} from '../doubts.ts'

/**
 * The HTML that contains brackets, which may be references that doccheck cannot see: some platforms read Markdown in
 * HTML.
 */
export const whyHiddenReferences = (page: Page): Doubt | undefined =>
  hiddenReferences(page, (text) => text.startsWith('<') && text.includes('['))

/** The doubt about references in opaque content of a page that passes a test. */
export function hiddenReferences(
  {opaqueContent}: Page,
  mayContain: (content: string) => boolean,
): Doubt | undefined {
  const found = opaqueContent.find(mayContain)
  return found === undefined ? undefined : doubt('hidden-references', found.split('\n', 1)[0])
}

/**
 * Is opaque content HTML that adds no ids even if it is read as Markdown, that is without headings and attribute lists?
 */
export const isHtmlWithoutIds = (content: string): boolean =>
  content.startsWith('<') && !/(?:^|>)[ \t>*+-]{0,20}(?:#|=+[ \t]*$|-+[ \t]*$)|\{[^{}\n]*#/m.test(content)
