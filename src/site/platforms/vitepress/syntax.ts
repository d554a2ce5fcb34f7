import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Includes, and components with a line of their own. */
const OPAQUE = /^<!--\s*@include:.*|^[ \t]*<(?:[A-Z][\w.]*|[a-z]+-[\w-]+)\b.*/gm

/** How pages of VitePress are written: Markdown with Vue's components. */
export const vitepressSyntax: Syntax = {opaque: [patternOf(OPAQUE)]}
