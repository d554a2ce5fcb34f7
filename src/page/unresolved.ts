import type {Span} from '../text/span.ts'
import {leadsBlock, type Pair, pairUp, unresolvedBrackets, unresolvedReference} from './brackets.ts'
import {mathIn} from './math.ts'
import {addMisspelled, misspelledLinks} from './misspelled-links.ts'
import type {Arena} from './parser.ts'
import {plainTextScopes} from './plain-text-scopes.ts'
import type {Syntax} from './syntax.ts'
import type {Page} from './types.ts'
import {isWithin, type Wikilink} from './wikilinks.ts'
import type {WordFinder} from './word-finder.ts'

/** The block whose brackets are collected. */
interface UnresolvedContext {
  source: string
  /** The source with masked template code. */
  text: string
  syntax: Syntax
  arena: Arena
  /** The start of the innermost list around the block; -1 outside of lists. */
  list: number
  /** The wikilinks of the block, in order. */
  wikilinks: readonly Wikilink[]
}

/**
 * Has a text node brackets outside of wikilinks?
 *
 * @param brackets Finds opening ones.
 * @param links The wikilinks of its block, in order.
 */
export function hasBracketsBeside(
  links: readonly Wikilink[],
  brackets: WordFinder,
  start: number,
  end: number,
): boolean {
  let at = start
  for (const link of links) {
    if (link.end <= at) continue
    if (link.start >= end) break
    if (link.start > at && brackets.occursBetween(at, link.start)) return true
    at = link.end
  }
  return at < end && brackets.occursBetween(at, end)
}

/** Collect brackets that remained text; those in links and references cannot pair with those outside. */
export function addUnresolved(page: Page, node: number, context: UnresolvedContext): void {
  const {source, text, syntax, arena, list, wikilinks} = context
  const block: Span = {start: arena.start(node), end: arena.end(node)}
  const isMath = mathIn(text, block)
  const scopes = plainTextScopes(arena, text, node)
  const pairsOf = scopes.map((scope) => withoutWikilinks(pairUp(text, scope), wikilinks))
  const misspelled = misspelledLinks(text, scopes[0]!, pairsOf[0]!, block, syntax)
  addMisspelled(page, misspelled, source, isMath)
  // A link's text contains no other links, but may contain images; `[[Public][Proposal] …](url)` is a form of
  // tagging.
  for (const [at, pairs] of pairsOf.entries())
    for (const bracket of unresolvedBrackets(text, block, pairs, isMath))
      if (at === 0 || bracket.kind !== 'full' || bracket.image)
        page.references.push(unresolvedReference(bracket, leadsBlock(text, block, bracket) ? list : -1))
}

const withoutWikilinks = (pairs: Pair[], wikilinks: readonly Wikilink[]): Pair[] =>
  wikilinks.length === 0 ? pairs : pairs.filter(({start, end}) => !isWithin(start, end, wikilinks))
