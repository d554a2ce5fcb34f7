const FOR_TESTS = /(?:^|\/)(?:__(?:fixtures|snapshots|tests?)__|testdata)\/|\.(?:verified|received)\.\w+$/i
const FIXTURES = /(?:^|\/)(?:(?:test[-_]?)?fixtures|test[-_]data)\//i
const TESTS = /(?:^|\/)tests?\//i
const DOCS = /(?:^|\/)(?:docs?|documentation)(?=\/)/i
const README = /(?:^|\/)readme\b[^/]*$/i

/**
 * The folder of test data that contains a file, by its name: `pkg/testdata/a/b.md` → `pkg/testdata/`. Files that tests
 * generate are named by a glob: `src/a.verified.md` → `*.verified.md`.
 *
 * @returns undefined for any other file. Below `docs`, `tests` and `fixtures` are subjects of pages, as in
 *   `docs/tests/running.md`; a README below `tests` is for people.
 */
export function testDataAround(path: string): string | undefined {
  const docs = path.search(DOCS)
  const outside = docs < 0 ? path : path.slice(0, docs + 1)
  const found =
    FOR_TESTS.exec(path) ?? FIXTURES.exec(outside) ?? (README.test(path) ? null : TESTS.exec(outside))
  if (!found) return undefined
  const place = path.slice(0, found.index + found[0].length)
  return place.endsWith('/') ? place : place.replace(/^.*(?=\.\w+\.\w+$)/, '*')
}

/**
 * Does nobody give a page such a path but for tests, not even in the folder of a site? `__tests__/a.md`, `a.verified.md`
 */
export const isOnlyForTests = (path: string): boolean =>
  /(?:^|\/)__(?:fixtures|snapshots|tests?)__\/|\.(?:verified|received)\.\w+$/i.test(path)

/** The outermost folder of tests that contains a file: `pkg/tests/unit/a.ts` → `pkg/tests/`. */
export function testsAround(path: string): string | undefined {
  const found = TESTS.exec(path)
  return found ? path.slice(0, found.index + found[0].length) : undefined
}
