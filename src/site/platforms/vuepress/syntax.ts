import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
import type {FrontMatterUrl, Syntax} from '../../../page/syntax.ts'
import {COMPONENT_LINES, INCLUDE_COMMENT} from '../../shared/vue/syntax.ts'
import {PROPS} from './card-links.ts'
import type {VuepressConfig} from './config.ts'

/** Code of another file in the first version: `<<< @/a.js#part{2}`. */
const SNIPPET = /^ {0,3}<<<[ \t]*(?<names>(?![\s#{])[^\s#{]+)/dgm
/** In the second version: `@[code{1-3} js](../a.js)`. */
const IMPORT = /^ {0,3}@\[code(?:\{[\d-]+\})?(?: [^\]\n]+)?\]\((?<names>[^)\n]+)\)/dgm
/** What a plugin embeds: `@[youtube](id)`, `@[codepen](user/id)`, `@[demo vue](./lamp.vue)`. */
const EMBED = /^ {0,3}@\[(?!code[\]{ ])[a-z][^\]\n]*\]\((?<names>[^)\n]+)\)/dgm

/** Another page in the syntax of markdown-it-include: `!!!include(part.md)!!!`. */
const MARKED_INCLUDE = /!!!\s{0,9}include\s{0,9}\([ \t]{0,9}(?<names>[^\n!)]+)\)\s{0,9}!!!/dgi
/** The same where options may give it another syntax, or another folder in which files are found. */
const OTHER_INCLUDE = /!!![ \t]{0,9}include[^!\n]*!!!/g

const CODE: Readonly<Record<1 | 2, IncludePattern>> = {
  1: {...patternOf(SNIPPET), sign: '<<<', within: 'text', as: 'code', tag: 'snippet'},
  2: {...patternOf(IMPORT), sign: '@[code', within: 'text', as: 'code'},
}

const EMBEDDED: IncludePattern = {...patternOf(EMBED), sign: '@[', within: 'text', as: 'code', tag: 'embed'}

const MARKED: IncludePattern = {...patternOf(MARKED_INCLUDE), sign: '!!!', tag: 'marked'}

/** The links and images of home pages of the themes, the links to the pages before and after, and where a page redirects. */
const FRONT_MATTER_URLS: readonly FrontMatterUrl[] = [
  ...[
    '/actionLink',
    '/actions/*/link',
    '/features/*/link',
    '/highlights/*/link',
    '/highlights/*/features/*/link',
    '/projects/*/link',
    '/prev',
    '/prev/link',
    '/next',
    '/next/link',
    '/redirectTo',
  ].map((pointer): FrontMatterUrl => ({pointer, as: 'link'})),
  ...['/heroImage', '/heroImageDark', '/bgImage', '/bgImageDark'].map(
    (pointer): FrontMatterUrl => ({pointer, as: 'image'}),
  ),
]

/**
 * The syntax of VuePress: Markdown with components of Vue.
 *
 * @param linkProps The properties that components of the site link to, as `component property` in lower case.
 */
export const vuepressSyntax = (
  {
    versions,
    includesPages,
    marks,
    hasComponents,
  }: Pick<VuepressConfig, 'versions' | 'includesPages' | 'marks' | 'hasComponents'>,
  linkProps: readonly string[] = [],
): Syntax => ({
  opaque: [COMPONENT_LINES, ...(marks === 'other' ? [OTHER_INCLUDE] : [])].map(patternOf),
  opaqueOutsideCode: true,
  vueComponents: true,
  componentUrls: [...(hasComponents ? Object.keys(PROPS) : []), ...linkProps],
  imageSizes: true,
  includes: [
    ...versions.map((version) => CODE[version]),
    EMBEDDED,
    ...(marks === 'default' ? [MARKED] : []),
    ...(includesPages ? [{...INCLUDE_COMMENT, as: 'document' as const}] : []),
  ],
  frontMatterUrls: FRONT_MATTER_URLS,
})
