import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Includes, which may be inline, and definitions, whose terms have ids. */
const OPAQUE = /\{\{ *#(?:include|playground|rustdoc_include) [^{}\n]*\}\}|^ {0,3}:[ \t].*/gm

/** The syntax of mdBook. */
export const mdbookSyntax: Syntax = {opaque: [patternOf(OPAQUE)]}
