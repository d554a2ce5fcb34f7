import {copyString} from './copy-string.ts'
import {withoutFencedCode} from './opaque-content.ts'
import {compile} from './pattern.ts'
import type {Link, Syntax} from './types.ts'

/** The files that a page shows outside of fenced code, as modules: `<<< a.js` has the specifier `./a.js`. */
export function snippetsIn(source: string, {snippets = []}: Syntax): Link[] {
  const found = snippets.map(({source, flags}) => compile(source, flags))
  if (!found.some((pattern) => source.search(pattern) >= 0)) return []
  const text = withoutFencedCode(source)
  return found.flatMap((pattern) => {
    pattern.lastIndex = 0
    return [...text.matchAll(pattern)].map(({0: whole, 1: name, index}): Link => {
      const start = index + whole.length - name!.length
      const target = {start, end: start + name!.length}
      const url = copyString(/^[./@]/.test(name!) ? name! : `./${name}`)
      return {...target, url, target, kind: 'module'}
    })
  })
}
