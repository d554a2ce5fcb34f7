import type {Settings} from '../config/types.ts'
import {folderPrefix} from '../text/paths.ts'
import {testDataAround} from '../text/test-data.ts'
import {pathFrom} from './setup.ts'
import type {Targets} from './targets.ts'

const isTestData = (file: string) => testDataAround(file) !== undefined

/**
 * Create the test of whether a run leaves out a page as test data. The user may name the page, a folder in test data, or
 * a glob such as `fixtures/*.md`.
 *
 * @returns undefined if all pages are checked
 */
export function testDataTest(
  {root, files, globs, matched, folders}: Targets,
  {testData}: Pick<Settings, 'testData'>,
): ((file: string) => boolean) | undefined {
  if (testData === 'always') return undefined
  if (testData === 'never') return isTestData
  const relative = pathFrom(root)
  const prefixes = folders.map((folder) => folderPrefix(relative(folder))).filter(isTestData)
  const isNamedByGlob = globs.map(relative).some(isTestData)
  const named = new Set(files.filter((file) => isNamedByGlob || !matched.has(file)).map(relative))
  return (file) => isTestData(file) && !named.has(file) && !prefixes.some((prefix) => file.startsWith(prefix))
}
