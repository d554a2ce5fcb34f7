import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/syntax.ts'

/** Directives, targets, also of reStructuredText in directives, and comments. */
const OPAQUE =
  /^[ \t>]*(?:[-*+][ \t]+)?(?:(?:`{3,}|~{3,}|:{3,})[ \t]*\{[^}\n]+\}.*|\([^()\n]+\)=[ \t]*$|\.\. _[^:\n]+:[ \t]*$)/gm

/** The syntax of MyST pages with the extension `colon_fence`, in Sphinx as in mystmd. */
export const mystSyntax: Syntax = {dialect: 'myst', colonFences: true, opaque: [patternOf(OPAQUE)]}

/** The syntax of MyST pages without extensions. */
export const plainMystSyntax: Syntax = {dialect: 'myst', opaque: [patternOf(OPAQUE)]}
