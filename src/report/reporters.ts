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
import {filesAsShown} from './shown-paths.ts'

/** Doccheck's own reporters, each loaded on demand. */
const OWN_REPORTERS: Record<string, () => Promise<Reporter>> = {
  text: async () => (await import('./text.ts')).textReporter,
  concise: async () => (await import('./concise.ts')).conciseReporter,
  html: async () => (await import('./html.ts')).htmlReporter,
  json: async () => (await import('./json.ts')).jsonReporter,
  github: async () => (await import('./github.ts')).githubReporter,
  sarif: async () => (await import('./sarif.ts')).sarifReporter,
  junit: async () => (await import('./junit.ts')).junitReporter,
  gitlab: async () => (await import('./gitlab.ts')).gitlabReporter,
  rdjson: async () => (await import('./rdjson.ts')).rdjsonReporter,
  blob: async () => (await import('./blob/write.ts')).blobReporter,
  markdown: async () => (await import('./markdown.ts')).markdownReporter,
  'vfile-reporter': async () => (await import('./vfile-reporter.ts')).vfileReporter,
}

/** The names of doccheck's own reporters. */
export const REPORTERS: readonly string[] = Object.keys(OWN_REPORTERS)

/**
 * Load one of doccheck's reporters, or one from a package: `vfile-reporter-x` by its full name or as `x`, a scoped one by
 * its full name. A package is imported, and formats an array of VFiles.
 *
 * @param folder The folder from which packages are resolved.
 * @param noCode The option that forbids packages, if any.
 * @throws {@link UserError} for an unknown reporter, or one that cannot be loaded.
 */
export async function loadReporter(name: string, folder: string, noCode?: string): Promise<Reporter> {
  if (Object.hasOwn(OWN_REPORTERS, name)) return OWN_REPORTERS[name]!()
  if (noCode !== undefined)
    throw new UserError(
      `--reporter ${name} would load a package, which ${noCode} forbids; the built-in reporters are ${REPORTERS.join(', ')}`,
    )
  const packageName = /^@|^vfile-reporter(?:-|$)/.test(name) ? name : `vfile-reporter-${name}`
  const failed = (error: unknown) =>
    new UserError(`Reporter ${name} failed: ${safe(error instanceof Error ? error.message : String(error))}`)
  try {
    const loaded: Record<string, unknown> = await import(await urlOf(packageName, folder))
    const formatFiles = findReporter(loaded)
    return async (report) => {
      try {
        return `${trimEnd(String(await formatFiles(filesAsShown(report), {})), '\n')}\n`
      } catch (error) {
        throw failed(error)
      }
    }
  } catch (error) {
    if (!isMissing(error, packageName)) throw failed(error)
    const near = nearest(name, REPORTERS)
    throw new UserError(
      `Unknown reporter ${name}${near ? `, did you mean ${near}?` : `: expected one of ${REPORTERS.join(', ')}, or an installed package ${packageName}`}`,
    )
  }
}

/** Resolve a package as an `import` in the folder would, or else a `require`. */
async function urlOf(packageName: string, folder: string): Promise<string> {
  const from = path.join(folder, 'reporter.js')
  const {resolve} = await import('import-meta-resolve')
  let url: string
  try {
    url = resolve(packageName, pathToFileURL(from).href)
  } catch (error) {
    if (!isMissing(error, packageName)) throw error
    // Only `require` looks in some folders, such as those of `NODE_PATH`.
    return pathToFileURL(createRequire(from).resolve(packageName)).href
  }
  if (url.startsWith('file:')) {
    const place = placeOfPackage(packageName, folder, fileURLToPath(url))
    refuseOthers(place, folder, `The package \`${packageName}\``, 'install it in the current folder')
  }
  return url
}

/** Is the package itself missing, rather than one of its dependencies? */
const isMissing = (error: unknown, packageName: string) => {
  const {code, message}: NodeJS.ErrnoException = error instanceof Error ? error : new Error()
  return (
    (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') &&
    (message.startsWith(`Cannot find package '${packageName}' `) ||
      message.startsWith(`Cannot find module '${packageName}'`))
  )
}

/** A reporter of a package. */
type FileReporter = (files: VFile[], options: object) => unknown

/** The reporter that a package exports as `default`, `reporter`, or under a name such as `reporterJson`. */
function findReporter(loaded: Record<string, unknown>): FileReporter {
  // The exports of a CommonJS module are the `default` export of an import.
  const {default: commonJs} = loaded
  for (const exported of [loaded, typeof commonJs === 'object' && commonJs !== null ? {...commonJs} : {}]) {
    const {default: first, reporter, ...others} = exported as Record<string, unknown>
    const named = Object.keys(others).filter((key) => /^reporter[A-Z]/.test(key))
    const found = [first, reporter, ...named.map((key) => others[key])].find(
      (value) => typeof value === 'function',
    )
    if (found) return found as FileReporter
  }
  throw new Error('it exports no function')
}
