import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Directives, their names, targets, and comments. */
const OPAQUE =
  /^[ \t>]*(?:[-*+][ \t]+)?(?:(?:`{3,}|~{3,}|:{3,})\{[^}\n]+\}.*|\([^()\n]+\)=[ \t]*$|:name:[ \t].*)/gm

/** The syntax of MyST pages, in Sphinx as in mystmd. */
export const mystSyntax: Syntax = {dialect: 'myst', opaque: [patternOf(OPAQUE)]}
