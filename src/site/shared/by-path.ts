/** Create the function that asks for the answer about a path once, and returns it from then on. */
export function byPath<T>(ask: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>()
  return (path) => {
    const found = known.get(path)
    if (found !== undefined || known.has(path)) return found as T
    const answer = ask(path)
    known.set(path, answer)
    return answer
  }
}
