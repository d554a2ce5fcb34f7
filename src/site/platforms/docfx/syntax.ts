import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Includes, which may be inline. */
const OPAQUE = /\[!include\s*\[[^[\]\n]*\]\([^()]*\)\]/gi

/** The syntax of Docfx. */
export const docfxSyntax: Syntax = {opaque: [patternOf(OPAQUE)]}
