import type {Routes} from './route-table.ts'

/** Further segments of a URL are ignored. */
const MOST_PARTS = 20

/** Finds published files by the prefixes and suffixes of their URLs. */
export class UrlIndex {
  readonly #routes: () => Routes
  #byEnd: ReadonlyMap<string, string> | undefined
  #sections: ReadonlySet<string> | undefined

  constructor(routes: () => Routes) {
    this.#routes = routes
  }

  /** The file whose URL ends in a path, or is a suffix of it: `/v2/docs/a` and `/docs/a` find each other. */
  fileEndingLike(path: string): string | undefined {
    this.#byEnd ??= filesByEnd(this.#routes())
    return this.#byEnd.get(path) ?? fileAtEnd(this.#routes(), path)
  }

  /** Is something published below a path of one or two segments, with a leading and a trailing slash? */
  hasSection(path: string): boolean {
    this.#sections ??= sectionsOf(this.#routes())
    return this.#sections.has(path)
  }
}

/** The first of the files whose URLs share a suffix, by each suffix that begins with a slash. */
function filesByEnd({byUrl}: Routes): Map<string, string> {
  const files = new Map<string, string>()
  for (const [url, {path}] of byUrl)
    for (const slash of lastSlashes(url)) {
      const end = url.slice(slash)
      if (!files.has(end)) files.set(end, path)
    }
  return files
}

/** The file at a URL of several segments that is a suffix of a path. */
function fileAtEnd({byUrl}: Routes, path: string): string | undefined {
  for (const slash of lastSlashes(path)) {
    const url = path.slice(slash)
    const target = url.lastIndexOf('/') > 0 ? byUrl.get(url) : undefined
    if (target) return target.path
  }
}

/** The offsets of the last slashes in a URL, the last one first. */
function* lastSlashes(url: string): Generator<number> {
  let at = url.lastIndexOf('/')
  for (let count = 0; at >= 0 && count < MOST_PARTS; count++) {
    yield at
    at = at === 0 ? -1 : url.lastIndexOf('/', at - 1)
  }
}

/** The first segment of each URL, and the first two, with a leading and a trailing slash. */
function sectionsOf({urls}: Routes): Set<string> {
  const sections = new Set<string>()
  for (const url of [...urls.values()].flat()) {
    const first = url.indexOf('/', 1)
    const second = first < 0 ? -1 : url.indexOf('/', first + 1)
    if (first > 0) sections.add(url.slice(0, first + 1))
    if (second > 0) sections.add(url.slice(0, second + 1))
  }
  return sections
}
