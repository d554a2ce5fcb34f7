import type {DescribedSites} from '../site/describe-sites.ts'
import {folderPrefix} from '../text/paths.ts'
import {isOnlyForTests, testDataAround, testsAround} from '../text/test-data.ts'
import type {CheckInput} from './types.ts'

/** Files that a section of docs consists of: pages, images and other media, metadata. */
const OF_DOCS =
  /\.(?:mdx?|markdown|mdown|mkdn?|mkdown|rst|adoc|png|jpe?g|gif|svg|webp|avif|ico|mp4|webm|pdf|json|ya?ml|toml)$/i

/** Separate the pages to report on from test data. */
export function withoutTestData(
  {files, tree, isTestData}: Pick<CheckInput, 'files' | 'tree' | 'isTestData'>,
  sites: Pick<DescribedSites, 'of'>,
): {files: readonly string[]; testData: readonly string[]} {
  const candidates = isTestData ? files.filter((file) => isTestData(file)) : []
  if (candidates.length === 0) return {files, testData: candidates}
  const folders = foldersWithTests(tree.files)
  const isConfirmed = (file: string) => {
    const place = testDataAround(file)!
    return place !== testsAround(place) || folders.has(place)
  }
  const testData = candidates.filter((file) => isConfirmed(file) && !isPublished(file, sites))
  const leftOut = new Set(testData)
  return {files: files.filter((file) => !leftOut.has(file)), testData}
}

/** The folders `test` or `tests` that contain tests: one with only pages and images is a section of docs about testing. */
function foldersWithTests(files: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const file of files) {
    const folder = testsAround(file)
    if (folder !== undefined && !folders.has(folder) && !OF_DOCS.test(file)) folders.add(folder)
  }
  return folders
}

/** May a generator publish a file? Sites in test data are test data themselves. */
function isPublished(file: string, sites: Pick<DescribedSites, 'of'>): boolean {
  if (isOnlyForTests(file)) return false
  const {host, root} = sites.of(file)
  return !host && testDataAround(folderPrefix(root)) === undefined
}
