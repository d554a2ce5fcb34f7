import {readFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {stripVTControlCharacters} from 'node:util'
import {isInside} from '../tree/inside.ts'

/** The place of a mistake in a program. */
interface Place {
  file: string
  line: number
  column: number
}

/**
 * Explain why a program could not be loaded.
 *
 * @returns the position in that program, as `:3:5`, or empty; and the message in one line, which begins with the position if
 * it is in a file that the program imports
 */
export async function explainFailure(error: unknown, file: string): Promise<{place: string; why: string}> {
  const message = error instanceof Error ? error.message : String(error)
  const why = stripVTControlCharacters(message).split('\n')[0]!.trimEnd()
  const place = error instanceof Error ? await placeOf(error, file) : undefined
  const hint = hintFor(error as NodeJS.ErrnoException, file)
  if (!place) return {place: '', why: hint ?? why}
  // The position tells the importing file.
  const explained = hint ?? why.replace(/ imported from .*/, '')
  const position = `:${place.line}:${place.column}`
  return place.file === file
    ? {place: position, why: explained}
    : {place: '', why: `${place.file}${position}: ${explained}`}
}

/** What to do about errors whose first line does not say it. */
function hintFor(error: NodeJS.ErrnoException | undefined, file: string): string | undefined {
  const {code, message} = error ?? {}
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts$/.test(file))
    return `Node ${process.versions.node} does not run TypeScript. Use Node 22.18 or later, or write the file in JavaScript`
  if (/^Cannot find (?:package|module) 'doccheck'/.test(message ?? ''))
    return "Cannot find package 'doccheck'. The name of this package is 'doccheck-cli'"
  const [, name] = /^(module|exports) is not defined in ES module scope/.exec(message ?? '') ?? []
  if (name)
    return `${name} is not defined in ES module scope. Write \`export default {…}\`, or give the file the extension .cjs`
  return undefined
}

/** Node tells the places of errors in several ways, and of syntax errors in modules not at all. */
const placeOf = async (error: Error, file: string): Promise<Place | undefined> =>
  placeAbove(error.stack ?? '') ??
  placeOfImport(error.message) ??
  placeInStack(error.stack ?? '', file) ??
  (error.name === 'SyntaxError' ? placeOfSyntaxError(file, new Set()) : undefined)

const pathOf = (place: string) =>
  place.startsWith('file:') ? fileURLToPath(place.replace(/[?#].*/, '')) : place

/** `file:///docs/a.mjs:3`, the line and a caret below it, above the message. */
function placeAbove(stack: string): Place | undefined {
  const [, file, line, spaces] = /^((?:file:\/\/|\/|[a-z]:\\).*):(\d+)\n.*\n([ \t]*)\^/i.exec(stack) ?? []
  return file === undefined ? undefined : {file: pathOf(file), line: Number(line), column: spaces!.length + 1}
}

/** `Cannot find package 'x' imported from /docs/a.mjs`, or `require` with a list: where that file names it. */
function placeOfImport(message: string): Place | undefined {
  const [, wanted, importer] =
    /^Cannot find (?:package|module) '(.*?)'(?: imported from |\nRequire stack:\n- )(.*?)(?:\n|$)/.exec(
      message,
    ) ?? []
  if (wanted === undefined) return
  const file = pathOf(importer!)
  const text = textOf(file)
  const written = [...text.matchAll(/(['"`])([^'"`\n]+)\1/g)].find(
    ([, , name]) => name === wanted || path.resolve(path.dirname(file), name!) === wanted,
  )
  return written && placeAt(file, text, written.index)
}

/** The innermost call in the program itself, else in what it imports. */
function placeInStack(stack: string, file: string): Place | undefined {
  // Frames of the code that loads the program, in the source or the bundle.
  const own = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
  const places = [...stack.matchAll(FRAME)].map(
    ([, where, line, column]): Place => ({file: pathOf(where!), line: Number(line), column: Number(column)}),
  )
  return places.find((place) => place.file === file) ?? places.find((place) => !isInside(own, place.file))
}

const FRAME = /^ +at (?:async )?(?:[^(\n]* \()?((?:file:\/\/|\/|[a-z]:\\)[^()\n]*):(\d+):(\d+)\)?$/gim

/** The first syntax error of a module, else of the local modules that it imports. */
async function placeOfSyntaxError(file: string, seen: Set<string>): Promise<Place | undefined> {
  if (seen.has(file) || /\.[cm]?ts$/.test(file)) return
  seen.add(file)
  const {parse} = await import('acorn')
  const text = textOf(file)
  try {
    parse(text, {ecmaVersion: 'latest', sourceType: 'module'})
  } catch (error) {
    if (error instanceof SyntaxError && 'pos' in error) return placeAt(file, text, error.pos as number)
  }
  for (const [, , name] of text.matchAll(/\b(?:from|import)\s*(?:\(\s*)?(['"])(\.{1,2}\/[^'"]+)\1/g)) {
    const place = await placeOfSyntaxError(path.resolve(path.dirname(file), name!), seen)
    if (place) return place
  }
  return
}

function placeAt(file: string, text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n')
  return {file, line: lines.length, column: lines.at(-1)!.length + 1}
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
