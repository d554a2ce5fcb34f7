import {createRequire} from 'node:module'
import path from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import type {VFile} from 'vfile'
import {UserError} from '../errors/errors.ts'
import {nearest} from '../text/nearest.ts'
import {safe} from '../text/safe.ts'
import {trimEnd} from '../text/trim.ts'
import {placeOfPackage, refuseOthers} from '../tree/owner.ts'
import type {Reporter} from './report.ts'

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
 * A reporter of doccheck, or one from a package: `vfile-reporter-x` by its name or as `x`, one with a scope by its name.
 * It is loaded as an `import` loads it, and makes text from an array of VFiles.
 *
 * @param folder Where packages are looked for.
 * @param noCode The option because of which no package is loaded.
 * @throws {@link UserError} where there is none, or it cannot be loaded.
 */
export async function loadReporter(name: string, folder: string, noCode?: string): Promise<Reporter> {
  if (Object.hasOwn(BUILT_IN, name)) return BUILT_IN[name]!()
  if (noCode !== undefined)
    throw new UserError(
      `--reporter ${name}: packages are programs, and ${noCode} runs none; doccheck's own are ${REPORTERS.join(', ')}`,
    )
  const packageName = /^@|^vfile-reporter(?:-|$)/.test(name) ? name : `vfile-reporter-${name}`
  const failed = (error: unknown) =>
    new UserError(`--reporter ${name}: ${safe(error instanceof Error ? error.message : String(error))}`)
  try {
    const loaded: Record<string, unknown> = await import(await urlOf(packageName, folder))
    const report = reporterAmong(loaded)
    return async ({files}) => {
      try {
        return `${trimEnd(String(await report(files as VFile[], {})), '\n')}\n`
      } catch (error) {
        throw failed(error)
      }
    }
  } catch (error) {
    if (!isMissing(error, packageName)) throw failed(error)
    const near = nearest(name, REPORTERS)
    throw new UserError(
      `--reporter ${name}: unknown reporter, expected ${near ? `\`${near}\`` : `one of ${REPORTERS.join(', ')}`}, or an installed package \`${packageName}\``,
    )
  }
}

/** Where a package is, as an `import` within the folder would find it, or else a `require`. */
async function urlOf(packageName: string, folder: string): Promise<string> {
  const from = path.join(folder, 'reporter.js')
  const {resolve} = await import('import-meta-resolve')
  let url: string
  try {
    url = resolve(packageName, pathToFileURL(from).href)
  } catch (error) {
    if (!isMissing(error, packageName)) throw error
    // There are places that only `require` knows of, such as those of `NODE_PATH`.
    return pathToFileURL(createRequire(from).resolve(packageName)).href
  }
  if (url.startsWith('file:')) {
    const place = placeOfPackage(packageName, folder, fileURLToPath(url))
    refuseOthers(place, folder, `The package \`${packageName}\``, 'install it in the current folder')
  }
  return url
}

/** It is the package itself that is not there, not something that it needs. */
const isMissing = (error: unknown, packageName: string) => {
  const {code, message}: NodeJS.ErrnoException = error instanceof Error ? error : new Error()
  return (
    (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') &&
    (message.startsWith(`Cannot find package '${packageName}' `) ||
      message.startsWith(`Cannot find module '${packageName}'`))
  )
}

/** A reporter as packages have it. */
type FileReporter = (files: VFile[], options: object) => unknown

/** The function of a package that makes the report: exported as `default`, `reporter`, or such as `reporterJson`. */
function reporterAmong(loaded: Record<string, unknown>): FileReporter {
  // What CommonJS exports as an object is the `default` of an import.
  const {default: own} = loaded
  for (const exported of [loaded, typeof own === 'object' && own !== null ? {...own} : {}]) {
    const {default: first, reporter, ...others} = exported as Record<string, unknown>
    const named = Object.keys(others).filter((key) => /^reporter[A-Z]/.test(key))
    const found = [first, reporter, ...named.map((key) => others[key])].find(
      (value) => typeof value === 'function',
    )
    if (found) return found as FileReporter
  }
  throw new Error('it exports no function')
}
