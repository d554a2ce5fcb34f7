/** Split the attributes off the end of a heading, as pulldown-cmark reads them: `A {#b .c}` → `#b .c` and `A`. */
export function takeAttributes(text: string): {inside: string; rest: string} {
  const trimmed = text.trimEnd()
  const open = text.lastIndexOf('{')
  const inside = trimmed.slice(open + 1, -1)
  return open < 0 || !trimmed.endsWith('}') || /[}<>\\]/.test(inside)
    ? {inside: '', rest: text}
    : {inside, rest: text.slice(0, open).trimEnd()}
}
