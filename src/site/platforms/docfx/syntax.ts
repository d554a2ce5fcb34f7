import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Includes, among other text, too. */
const OPAQUE = /\[!include\s*\[[^[\]\n]*\]\([^()]*\)\]/gi

/** How pages of Docfx are written. */
export const docfxSyntax: Syntax = {opaque: [patternOf(OPAQUE)]}
