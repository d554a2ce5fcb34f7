import {createRequire} from 'node:module'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import type {VFile} from 'vfile'
import {UserError} from '../errors.ts'
import {nearest} from '../nearest.ts'
import type {Reporter} from './report.ts'
import {safe} from './safe.ts'

/** The reporters of doccheck; each is loaded when it is asked for. */
const BUILT_IN: Record<string, () => Promise<Reporter>> = {
  text: async () => (await import('./text.ts')).textReporter,
  html: async () => (await import('./html.ts')).htmlReporter,
  json: async () => (await import('./json.ts')).jsonReporter,
  github: async () => (await import('./github.ts')).githubReporter,
  sarif: async () => (await import('./sarif.ts')).sarifReporter,
  junit: async () => (await import('./junit.ts')).junitReporter,
  gitlab: async () => (await import('./gitlab.ts')).gitlabReporter,
  rdjson: async () => (await import('./rdjson.ts')).rdjsonReporter,
  markdown: async () => (await import('./markdown.ts')).markdownReporter,
}

/** The names of doccheck's own reporters. */
export const REPORTERS: readonly string[] = Object.keys(BUILT_IN)

/**
 * A reporter of doccheck, or one from a package: `vfile-reporter-x` by its name or as `x`.
 *
 * @param folder Where packages are looked for.
 * @throws {@link UserError} where there is none, or it cannot be loaded.
 */
export async function loadReporter(name: string, folder: string): Promise<Reporter> {
  const own = BUILT_IN[name]
  if (own) return own()
  const packageName = name.startsWith('vfile-reporter-') ? name : `vfile-reporter-${name}`
  const require = createRequire(path.join(folder, 'reporter.js'))
  let found: string
  try {
    found = require.resolve(packageName)
  } catch {
    const near = nearest(name, REPORTERS)
    throw new UserError(
      `--reporter ${name}: there is neither a reporter of this name${near ? `, expected \`${near}\`` : ''}, nor a package \`${packageName}\` installed; doccheck's own are ${REPORTERS.join(', ')}`,
    )
  }
  try {
    const loaded: Record<string, unknown> = await import(pathToFileURL(found).href)
    const report = loaded.default ?? loaded.reporter
    if (typeof report !== 'function') throw new Error('it exports no function')
    return async ({files}) => `${String(await report(files as VFile[], {})).replace(/\n*$/, '')}\n`
  } catch (error) {
    throw new UserError(`--reporter ${name}: ${safe((error as Error).message)}`)
  }
}
