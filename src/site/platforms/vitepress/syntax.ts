import {patternOf} from '../../../page/pattern.ts'
import type {FrontMatterUrl, Syntax} from '../../../page/syntax.ts'
import {COMPONENT_LINES, INCLUDE_COMMENT} from '../../shared/vue/syntax.ts'

/**
 * A code snippet with the path of its file, before its region, lines and title: `<<< @/a.js#part{2} [Title]`. If the line
 * ends with a bracket, its title begins at the first one, `<<< @/a.js[Title]`; otherwise, brackets belong to the path.
 */
const SNIPPET =
  /^ {0,3}<<<[ \t]*(?<names>(?![\s#{])(?:(?=.*\][ \t\r]*$)(?:[^\s#{[]|[ \t](?![\s[{#]|$))+|(?:[^\s#{[]|[ \t](?![\s[{#]|$)|(?<![ \t])\[)+))/dgm

/** The links and images of a home page, and the links to the pages before and after. */
const FRONT_MATTER_URLS: readonly FrontMatterUrl[] = [
  {pointer: '/hero/actions/*/link', as: 'link'},
  {pointer: '/features/*/link', as: 'link'},
  {pointer: '/prev/link', as: 'link'},
  {pointer: '/next/link', as: 'link'},
  ...['/hero/image', '/features/*/icon'].flatMap((image): FrontMatterUrl[] =>
    ['/src', '/light', '/dark'].map((form) => ({pointer: image + form, as: 'image'})),
  ),
  {pointer: '/hero/image', as: 'image'},
]

/** The syntax of VitePress: Markdown with Vue components. */
export const vitepressSyntax: Syntax = {
  opaque: [patternOf(COMPONENT_LINES)],
  opaqueOutsideCode: true,
  vueComponents: true,
  keepsReferences: true,
  includes: [{...patternOf(SNIPPET), sign: '<<<', within: 'text', as: 'code'}, INCLUDE_COMMENT],
  frontMatterEnd: 'text',
  frontMatterUrls: FRONT_MATTER_URLS,
}
