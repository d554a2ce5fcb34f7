import {patternOf} from '../../../page/pattern.ts'
import type {FrontMatterUrl, Syntax} from '../../../page/types.ts'

/** Includes, and components on a line of their own. */
const OPAQUE = /^<!--\s*@include:.*|^[ \t]*<(?:[A-Z][\w.]*|[a-z]+-[\w-]+)\b.*/gm

/** A code snippet with the path of its file, before its region, lines and title: `<<< @/a.js#part{2} [Title]`. */
const SNIPPET = /^ {0,3}<<<[ \t]*((?![\s#{])(?:[^\s#{[]|[ \t](?![\s[{#]|$)|(?<![ \t])\[)+)/gm

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
  opaque: [patternOf(OPAQUE)],
  opaqueOutsideCode: true,
  vueComponents: true,
  keepsReferences: true,
  snippets: [patternOf(SNIPPET)],
  frontMatterEnd: 'text',
  frontMatterUrls: FRONT_MATTER_URLS,
}
