import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Includes, and components on a line of their own. */
const OPAQUE = /^<!--\s*@include:.*|^[ \t]*<(?:[A-Z][\w.]*|[a-z]+-[\w-]+)\b.*/gm

/** The syntax of VitePress: Markdown with Vue components. */
export const vitepressSyntax: Syntax = {opaque: [patternOf(OPAQUE)], opaqueOutsideCode: true}
