import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'

/** A page that is shown as a part of another one, as a block or inline: `[!include[Title](a.md)]`. */
const INCLUDE =
  /\[!include\s{0,9}\[[^[\]\n]{0,300}\]\([ \t]{0,9}<?(?<names>[^()<>\s"]{1,500})[^()]{0,300}\)\]/dgi
/** Code: `[!code-csharp[Main](My App.cs#region?highlight=2)]`. */
const CODE =
  /\[!code(?:-[\w+#-]{1,30})?\s{0,9}\[[^[\]\n]{0,300}\]\([ \t]{0,9}<?(?<names>[^()<>\s"](?:[^()<>\n"]{0,498}[^()<>\s"])?)(?:\s{0,9}[>"][^()]{0,300})?\s{0,9}\)\]/dgi
/** The path of a file, and a region, lines or options. */
const PART = /^(?<name>[^?#]+)(?<part>[?#].*)?$/

/** Constructs that show files; without the file, Docfx shows their text or a warning. */
export const INCLUDES: readonly IncludePattern[] = [
  {...patternOf(INCLUDE), sign: '[!', within: 'text', as: 'document'},
  {...patternOf(CODE), sign: '[!', within: 'text', as: 'code', name: PART.source},
]
