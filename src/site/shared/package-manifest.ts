import type {TreeContext} from '../platform.ts'
import {readData, record} from './data.ts'

/** The packages that a `package.json` names, for development as well, with the versions that it asks for. */
export async function readDependencies(
  {tree}: Pick<TreeContext, 'tree'>,
  file: string,
): Promise<Record<string, unknown>> {
  const {dependencies, devDependencies} = await readData({tree}, file)
  return {...record(devDependencies), ...record(dependencies)}
}
