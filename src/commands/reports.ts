import {appendFile, writeFile} from 'node:fs/promises'
import path from 'node:path'
import type {Flags, Io} from '../cli.ts'
import {UserError} from '../errors.ts'
import {makeFolder} from '../make-folder.ts'
import type {Report, Reporter, Screen} from '../report/report.ts'
import {loadReporter} from '../report/reporters.ts'

/** One report to be made. */
export interface Output {
  reporter: Reporter
  /** An absolute path; nothing for standard output. */
  file?: string
  /** Others write to the file, too. */
  append?: boolean
}

/**
 * The reports that were asked for, as `name` or `name:file`, and in GitHub Actions annotations and the job's summary.
 *
 * @throws {@link UserError} for a reporter that is not there, before anything is checked.
 */
export async function outputsOf({reporter}: Flags, {cwd, env}: Io): Promise<Output[]> {
  const outputs: Output[] = []
  let isForPeople = true
  for (const text of reporter ?? ['text']) {
    const [, name = '', file] = /^([^:]*)(?::(.*))?$/s.exec(text)!
    if (file === '') throw new UserError(`--reporter ${text}: expected a file name behind the colon`)
    if (file === undefined && name !== 'text' && name !== 'github') isForPeople = false
    const made = await loadReporter(name, cwd)
    outputs.push({reporter: made, ...(file !== undefined && {file: path.resolve(cwd, file)})})
  }
  if (env.GITHUB_ACTIONS === 'true') {
    // A program that reads standard output is not to find commands in it.
    if (isForPeople && !reporter?.includes('github'))
      outputs.push({reporter: await loadReporter('github', cwd)})
    const file = env.GITHUB_STEP_SUMMARY
    if (file) outputs.push({reporter: await loadReporter('markdown', cwd), file, append: true})
  }
  return outputs
}

/** Make the reports. @throws {@link UserError} where a file cannot be written */
export async function writeReports(
  outputs: readonly Output[],
  report: Report,
  screen: Screen,
  io: Io,
): Promise<void> {
  for (const {reporter, file, append} of outputs) {
    const text = await reporter(report, file === undefined ? screen : {color: false, inActions: false})
    if (file === undefined) io.out(text)
    else {
      try {
        await makeFolder(path.dirname(file))
        await (append ? appendFile : writeFile)(file, text)
      } catch (error) {
        throw new UserError(`The report ${file} cannot be written: ${(error as Error).message}`)
      }
    }
  }
}
