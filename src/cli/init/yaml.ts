import {parseAllDocuments} from 'yaml'
import {insertYaml} from './insert-yaml.ts'
import {anyRunsDoccheck} from './runs-doccheck.ts'

/** The data of a YAML file, or of the last of its documents; an empty object if it is invalid. */
export function dataOf(text: string): Record<string, unknown> {
  try {
    const documents = [...parseAllDocuments(text, {logLevel: 'silent'})]
    const data: unknown = documents.at(-1)?.toJS()
    return typeof data === 'object' && data !== null ? {...data} : {}
  } catch {
    return {}
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const keyOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

/** The hooks that this repository offers to pre-commit. */
const HOOK_IDS = ['doccheck', 'doccheck-staged', 'doccheck-fix']

/** Add a repository of hooks to the configuration of pre-commit. @returns undefined if it has a hook of doccheck */
export function addRepository(text: string, file: string, value: object): string | undefined {
  const hooks = listOf(keyOf(dataOf(text), 'repos')).flatMap((repo) => listOf(keyOf(repo, 'hooks')))
  const isOurs = (hook: unknown) =>
    HOOK_IDS.includes(String(keyOf(hook, 'id'))) || anyRunsDoccheck(keyOf(hook, 'entry'))
  return hooks.some(isOurs) ? undefined : insertYaml(text, file, {path: ['repos'], value})
}

/**
 * Add a job that lefthook runs before a commit, as one of `commands` if the file has those, else of `jobs`.
 *
 * @returns undefined if doccheck runs before a commit already
 */
export function addLefthook(text: string, file: string, run: string): string | undefined {
  const before = keyOf(dataOf(text), 'pre-commit')
  if (anyRunsDoccheck(before)) return
  return keyOf(before, 'commands')
    ? insertYaml(text, file, {path: ['pre-commit', 'commands'], key: 'doccheck', value: {run}})
    : insertYaml(text, file, {path: ['pre-commit', 'jobs'], value: {name: 'doccheck', run}})
}
