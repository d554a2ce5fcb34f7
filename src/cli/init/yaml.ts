import {type Document, isMap, isSeq, parseDocument} from 'yaml'
import {UserError} from '../../errors/errors.ts'

/** Change a YAML file as its author would: comments, quotes and the indentation of lists stay. */
function edit(text: string, file: string, change: (document: Document) => void): string | undefined {
  const document: Document = parseDocument(text)
  const [error] = document.errors
  if (error) throw new UserError(`${file} is not understood: ${error.message.split('\n')[0]}`)
  if (document.contents !== null && !isMap(document.contents))
    throw new UserError(`${file} is not understood: expected keys and values`)
  if (JSON.stringify(document.toJS() ?? {}).includes('doccheck')) return undefined
  change(document)
  const after = document.toString({
    lineWidth: 0,
    indentSeq: !/^[^\s#-][^\n]*:[ \t]*\r?\n-/m.test(text),
    flowCollectionPadding: /[[{] /.test(text),
  })
  return text.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after
}

/** Add to the list at a place, which is made where it is not. */
function append(document: Document, place: string[], value: unknown, file: string): void {
  const there = document.getIn(place)
  if (there === undefined || there === null) document.setIn(place, document.createNode([value]))
  else if (isSeq(there)) there.add(document.createNode(value))
  else throw new UserError(`${file} is not understood: expected \`${place.join('.')}\` to be a list`)
}

/** Add a repository of hooks to pre-commit's configuration. */
export const addRepository = (text: string, file: string, value: object) =>
  edit(text, file, (document) => append(document, ['repos'], value, file))

/** Add a job that lefthook runs before a commit, in whichever of its two ways the file has. */
export const addLefthook = (text: string, file: string, run: string) =>
  edit(text, file, (document) => {
    if (isMap(document.getIn(['pre-commit', 'commands'])))
      document.setIn(['pre-commit', 'commands', 'doccheck'], document.createNode({run}))
    else append(document, ['pre-commit', 'jobs'], {name: 'doccheck', run}, file)
  })

/** Add a job to GitLab's pipeline; in a stage of it, where those are named. */
export const addJob = (text: string, file: string, job: object) =>
  edit(text, file, (document) => {
    const stages: unknown = document.toJS()?.stages
    const stage = Array.isArray(stages) && !stages.includes('test') ? {stage: stages[0]} : {}
    document.set('doccheck', document.createNode({...stage, ...job}))
  })
