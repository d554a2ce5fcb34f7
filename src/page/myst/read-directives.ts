import type {Syntax} from '../syntax.ts'
import type {Page} from '../types.ts'
import {directivesIn} from './directives.ts'
import {linksOfDirectives, namesOfDirectives} from './links.ts'
import {unfenced} from './unfenced.ts'

/**
 * Add what the directives of a page name, and the names that they define.
 *
 * @returns the text with the bodies of directives as a part of the page; offsets are unchanged
 */
export function readDirectives(page: Page, text: string, {colonFences}: Syntax): string {
  const found = directivesIn(text, colonFences === true)
  page.links.push(...linksOfDirectives(text, found.directives))
  page.opaqueContent.push(...namesOfDirectives(text, found.directives))
  return unfenced(text, found)
}
