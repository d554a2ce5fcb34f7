import {type Document, isMap, isSeq, parseDocument} from 'yaml'
import {UserError} from '../../errors/errors.ts'

/**
 * Edit a YAML file and keep its comments, quotes, line endings and the indentation of its lists.
 *
 * @returns undefined if it already mentions doccheck
 */
function edit(text: string, file: string, change: (document: Document) => void): string | undefined {
  const document: Document = parseDocument(text)
  const [error] = document.errors
  if (error) throw new UserError(`Cannot edit ${file}: ${error.message.split('\n')[0]}`)
  if (document.contents !== null && !isMap(document.contents))
    throw new UserError(`Cannot edit ${file}: expected a mapping`)
  if (JSON.stringify(document.toJS() ?? {}).includes('doccheck')) return undefined
  change(document)
  const after = document.toString({
    lineWidth: 0,
    indentSeq: !/^[^\s#-][^\n]*:[ \t]*\r?\n-/m.test(text),
    flowCollectionPadding: /[[{] /.test(text),
  })
  return text.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after
}

/** Append to the list at nested keys, or create it. */
function append(document: Document, keys: string[], value: unknown, file: string): void {
  const list = document.getIn(keys)
  if (list === undefined || list === null) document.setIn(keys, document.createNode([value]))
  else if (isSeq(list)) list.add(document.createNode(value))
  else throw new UserError(`Cannot edit ${file}: expected \`${keys.join('.')}\` to be a list`)
}

/** Add a repository of hooks to the configuration of pre-commit. */
export const addRepository = (text: string, file: string, value: object) =>
  edit(text, file, (document) => append(document, ['repos'], value, file))

/** Add a job that lefthook runs before a commit, as one of `commands` if the file has those, else of `jobs`. */
export const addLefthook = (text: string, file: string, run: string) =>
  edit(text, file, (document) => {
    if (isMap(document.getIn(['pre-commit', 'commands'])))
      document.setIn(['pre-commit', 'commands', 'doccheck'], document.createNode({run}))
    else append(document, ['pre-commit', 'jobs'], {name: 'doccheck', run}, file)
  })

/** Add a job to a GitLab pipeline: in its first stage if it lists stages without `test`, the default. */
export const addJob = (text: string, file: string, job: object) =>
  edit(text, file, (document) => {
    const stages: unknown = document.toJS()?.stages
    const stage = Array.isArray(stages) && !stages.includes('test') ? {stage: stages[0]} : {}
    document.set('doccheck', document.createNode({...stage, ...job}))
  })
