import type {Page} from '../../page/types.ts'

/**
 * The HTML that contains brackets, which may be references that doccheck cannot see: some platforms read Markdown in
 * HTML.
 */
export const whyHiddenReferences = ({opaqueContent}: Page): string | undefined =>
  opaqueContent.find((text) => text.startsWith('<') && text.includes('['))

/**
 * Is opaque content HTML that adds no ids even if it is read as Markdown, that is without headings and attribute lists?
 */
export const isHtmlWithoutIds = (content: string): boolean =>
  content.startsWith('<') && !/(?:^|>)[ \t>*+-]{0,20}(?:#|=+[ \t]*$|-+[ \t]*$)|\{[^{}\n]*#/m.test(content)
