import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/syntax.ts'

/** A snippet that is imported, to be shown where the page uses its name. */
const IMPORT =
  /^import[ \t][\w$ \t{},*]{1,200}[ \t]from[ \t]{1,9}["'](?<names>\.{0,2}\/[^"'\n]{1,300}\.mdx?)["']/dgm
/** A snippet that is shown by its name in the folder of snippets. */
const SNIPPET = /<Snippet[ \t\r\n]{1,9}file="(?<names>[^"\n]{1,300})"/dg

/** The tag of links to snippets by their names in that folder. */
export const BY_NAME = 'Snippet'

/** The syntax of Mintlify: MDX, in files of either extension. */
export const mintlifySyntax: Syntax = {
  mdx: true,
  jsxProps: true,
  exports: true,
  includes: [
    {...patternOf(IMPORT), sign: 'import', within: 'text'},
    {...patternOf(SNIPPET), sign: '<Snippet', within: 'text', tag: BY_NAME},
  ],
  elementAttributes: [
    ...['id', 'title', 'titleSize', 'noAnchor', 'label', 'file'],
    ...['name', 'query', 'path', 'body', 'header'],
  ],
}
