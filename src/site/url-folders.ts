/** URLs nested deeper are in no folder. */
const DEEPEST = 50

/** The folders of URL paths, each with a slash at both ends: `/guide/setup` → `/guide/`. */
export function foldersOf(urls: Iterable<string>): Set<string> {
  const found = new Set<string>()
  for (const url of urls) {
    let slash = url.indexOf('/', 1)
    for (let depth = 0; slash > 0 && depth < DEEPEST; depth++) {
      found.add(url.slice(0, slash + 1))
      slash = url.indexOf('/', slash + 1)
    }
  }
  return found
}
