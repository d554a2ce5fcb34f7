import type {Heading} from '../../../page/types.ts'

/** The id in brackets in the plain text at the end of a heading: `Set up [#setup]`. */
export function bracketId({lastText = ''}: Heading): string | undefined {
  const trimmed = lastText.trimEnd()
  const start = trimmed.indexOf('[#')
  return start < 0 || !trimmed.endsWith(']') ? undefined : trimmed.slice(start + 2, -1) || undefined
}
