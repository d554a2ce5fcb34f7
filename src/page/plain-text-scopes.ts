import type {Span} from '../text/span.ts'
import {type Arena, TYPE} from './parser.ts'

/** Stack entry that marks the end of a link's nodes. */
const LINK_END = -1

/** A tag of inline code in HTML, with a slash if it is a closing one. */
const CODE_TAG = /^<(\/)?(?:code|kbd|samp|pre|var|tt)\b/i

/**
 * The spans of plain text in a block, in order, by the scope in which brackets can pair: the first list is the block's
 * own, each further one that of a link or link reference. Code is excluded, including `<code>…</code>`.
 */
export function plainTextScopes(arena: Arena, text: string, block: number): Span[][] {
  const walk = new ScopeWalk(arena, text)
  arena.pushChildren(block, walk.stack)
  for (let node = walk.stack.pop(); node !== undefined; node = walk.stack.pop()) walk.visit(node)
  return walk.scopes
}

class ScopeWalk {
  readonly scopes: Span[][] = [[]]
  readonly stack: number[] = []
  readonly #arena: Arena
  readonly #text: string
  readonly #open: Span[][] = [this.scopes[0]!]
  #isCode = false

  constructor(arena: Arena, text: string) {
    this.#arena = arena
    this.#text = text
  }

  visit(node: number): void {
    if (node === LINK_END) {
      this.#open.pop()
      return
    }
    const arena = this.#arena
    switch (arena.type(node)) {
      case TYPE.text:
        if (!this.#isCode) this.#open.at(-1)!.push({start: arena.start(node), end: arena.end(node)})
        return
      case TYPE.link:
      case TYPE.linkReference:
        this.#openScope()
        break
      case TYPE.html: {
        const tag = this.#codeTag(node)
        if (tag) this.#isCode = tag[1] === undefined
        return
      }
      case TYPE.jsx:
        if (this.#codeTag(node)) return
    }
    arena.pushChildren(node, this.stack)
  }

  #openScope(): void {
    const scope: Span[] = []
    this.scopes.push(scope)
    this.#open.push(scope)
    this.stack.push(LINK_END)
  }

  #codeTag(node: number): RegExpExecArray | null {
    return CODE_TAG.exec(this.#text.slice(this.#arena.start(node), this.#arena.end(node)))
  }
}
