import type {Page} from '../../page/types.ts'

/** The HTML with brackets in which a page may have references that are not read: some platforms read Markdown in HTML. */
export const whyHiddenReferences = ({opaqueContent}: Page): string | undefined =>
  opaqueContent.find((text) => text.startsWith('<') && text.includes('['))

/** Whether opaque content is HTML that adds no ids if it is read as Markdown: without headings and attribute lists. */
export const isHtmlWithoutIds = (content: string): boolean =>
  content.startsWith('<') && !/(?:^|>)[ \t>*+-]{0,20}(?:#|=+[ \t]*$|-+[ \t]*$)|\{[^{}\n]*#/m.test(content)
