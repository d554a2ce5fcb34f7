import type {Page} from '../../../page/types.ts'
import {Adds, componentCode} from '../../shared/component-code.ts'
import {isBuiltIn} from './component-ids.ts'

/** The ids that the components of a file add to the pages that use them. */
export interface SnippetCode {
  /** The ids that are written in the code. */
  ids: string[]
  /** The code may give elements further ids. */
  mayHaveIds: boolean
}

/** A component or element in code, but no type: `<Badge size="lg">`, `<h2>`. */
const ELEMENT = /(?<![\w$])<([A-Z][\w.]*|h[1-6])\b/g
/** A component or variable that code defines. */
const DEFINED = /\b(?:const|let|var|function|class)\s+([A-Z][\w$]*)/g

/** Read the code of components. */
export function snippetCode(text: string): SnippetCode {
  const {ids, adds} = componentCode(text)
  const own = new Set([...text.matchAll(DEFINED)].map(([, name]) => name))
  const isPlain = (name: string) =>
    own.has(name) || isBuiltIn(name, 'plain') || /^(?:React\.)?Fragment$/.test(name)
  const showsOthers = [...text.matchAll(ELEMENT)].some(([, name]) => !isPlain(name!))
  return {ids, mayHaveIds: adds !== Adds.Nothing || showsOthers}
}

const known = new WeakMap<Page, SnippetCode>()

/** The code of the components that a page defines; undefined if it defines none. */
export function exportsOf(page: Page): SnippetCode | undefined {
  if (page.exports === undefined) return
  let code = known.get(page)
  if (!code) known.set(page, (code = snippetCode(page.exports)))
  return code
}
