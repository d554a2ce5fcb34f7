import * as v from 'valibot'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import {readBytes} from '../../tree/read.ts'
import {packageInfo} from '../package-info.ts'
import {BLOB, type Blob, blobSchema} from './schema.ts'

/** No report is larger: it may come from a stranger. */
export const LARGEST_BLOB = 200_000_000

/** A report with the file it was read from. */
export interface NamedBlob {
  blob: Blob
  file: string
}

/** The kind of a JSON file, by the name that it gives itself. */
export type FoundFile = NamedBlob | {cache: string} | undefined

/** The name that a cache of verdicts gives itself. */
const CACHE = 'remote verdicts'

/**
 * Read a file that may be the report of a shard, or a cache of verdicts.
 *
 * @param file An absolute path.
 * @param name The file as the user knows it.
 * @returns undefined if it is neither
 * @throws {@link UserError} for a report that is damaged, too large, or of another version
 */
export function readBlob(file: string, name: string): FoundFile {
  const text = readFile(file, name)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  const {doccheck, version, program} = (parsed ?? {}) as Record<string, unknown>
  if (doccheck === CACHE) return {cache: file}
  if (doccheck !== BLOB.doccheck) return undefined
  const own = packageInfo().version
  if (version !== BLOB.version || program !== own)
    throw new UserError(
      `${name} was written by doccheck ${typeof program === 'string' ? program : 'of another version'}, and this is ${own}: use the same version for all shards and for \`doccheck merge-reports\``,
    )
  const {success, output, issues} = v.safeParse(blobSchema, parsed, {abortEarly: true})
  if (success) return {blob: output, file: name}
  const [issue] = issues
  throw new UserError(
    `${name} is damaged: ${v.getDotPath(issue) ?? 'the report'} is not what doccheck writes`,
  )
}

function readFile(file: string, name: string): string {
  try {
    return readBytes(file, LARGEST_BLOB).toString('utf8')
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    throw new UserError(`${name}: ${error.message}`)
  }
}
