import type {Heading} from '../../../page/types.ts'

/** The id in brackets at the end of a heading, unless it is code: `Set up [#setup]`. */
export function bracketId({text, code = []}: Heading): {id: string; text: string} | undefined {
  const trimmed = text.trimEnd()
  if (!trimmed.endsWith(']')) return
  const start = text.indexOf('[#', Math.max(0, ...code.map(({end}) => end)))
  const id = start < 0 ? '' : trimmed.slice(start + 2, -1)
  const isCode = code.some(({end}) => end >= trimmed.length)
  return id === '' || isCode ? undefined : {id, text: text.slice(0, start).trimEnd()}
}
