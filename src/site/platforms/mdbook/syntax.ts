import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Includes, anywhere on a line, and definitions, whose terms have ids. */
const OPAQUE = /\{\{ *#(?:include|playground|rustdoc_include) [^{}\n]*\}\}|^ {0,3}:[ \t].*/gm

/** How chapters of mdBook are written. */
export const mdbookSyntax: Syntax = {opaque: [patternOf(OPAQUE)]}
