import type {Page} from '../../page/types.ts'

/** Why a page may have references that cannot be seen: brackets in HTML that holds Markdown. */
export const bracketsInHtml = ({opaqueContent}: Page): string | undefined =>
  opaqueContent.find((text) => text.startsWith('<') && text.includes('['))

/** Is something among a page's templates HTML whose Markdown brings no ids: no headings, no attribute lists? */
export const isHtmlWithoutIds = (template: string): boolean =>
  template.startsWith('<') && !/(?:^|>)[ \t>*+-]{0,20}(?:#|=+[ \t]*$|-+[ \t]*$)|\{[^{}\n]*#/m.test(template)
