import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/syntax.ts'

/** Definitions, whose terms have ids. */
const OPAQUE = /^ {0,3}:[ \t].*/gm

/** An include, in code as well; `\{{#include …}}` is shown as it is. */
const INCLUDE =
  /(?<!\\)\{\{\s{0,9}#(?:include|rustdoc_include|playground|playpen)\s{1,9}(?<names>[^\s}]+)(?:\s[^}]*)?\}\}/dg
/** The name of a file, and the range of lines or the anchor in it. */
const NAME = /^(?<name>[^:]+)(?<part>:.*)?$/

/** The syntax of mdBook. */
export const mdbookSyntax: Syntax = {
  opaque: [patternOf(OPAQUE)],
  includes: [{...patternOf(INCLUDE), sign: '#', name: NAME.source}],
}
