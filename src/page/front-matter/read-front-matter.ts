import {isObject, NotPlainError, refuseDeepText} from '../../data/plain.ts'
import {copyString} from '../copy-string.ts'
import type {Syntax} from '../syntax.ts'
import {findBlock} from './find-block.ts'
import {isTemplate} from './is-template.ts'
import {readJson} from './json.ts'
import {mayHaveLinks} from './links.ts'
import type {FrontMatterReader} from './reader.ts'
import {readToml} from './toml.ts'
import type {FrontMatter} from './types.ts'
import {readYaml} from './yaml.ts'

const READERS: Record<FrontMatter['kind'], FrontMatterReader> = {
  yaml: readYaml,
  toml: readToml,
  json: readJson,
}
const FENCE_ALONE = /^(?:---|\.\.\.|\+\+\+)[ \t]*(?:\r?\n|$)/
const CLOSING = {yaml: '---', toml: '+++', json: '}'}
const UNREAD: Record<NotPlainError['why'], string> = {
  cyclic: 'contains itself',
  deep: 'is nested too deeply to be read',
  large: 'has too many values to be read',
}

/**
 * Find and parse the front matter of a page: YAML between `---`, TOML between `+++`, or a JSON object with nothing
 * after it on its last line.
 *
 * @param text The page without a byte order mark.
 * @param syntax Tells whether {@link FrontMatter.places} are needed.
 */
export function readFrontMatter(text: string, syntax: Syntax): FrontMatter | undefined {
  const block = findBlock(text, syntax)
  if (!block) return
  const {kind, start, end, value} = block
  const found: FrontMatter = {kind, start, end, places: {}, problems: []}
  const isCommon = start === 0 && [start, end - 3].every((fence) => FENCE_ALONE.test(text.slice(fence)))
  if (kind === 'json' || !isCommon) found.isForeign = true
  if (!block.isClosed) {
    const whole = syntax.frontMatterEnd === 'text' ? frontMatterToEnd(text, found, syntax) : undefined
    if (whole) return whole
    const message = `Unexpected unclosed front matter, expected a line \`${CLOSING[kind]}\``
    found.problems.push({start, end, message})
    return found
  }
  const source = copyString(text.slice(value.start, value.end))
  if (isTemplate(kind, source)) return found
  try {
    if (kind !== 'yaml') refuseDeepText(source)
    READERS[kind](source, value.start, found, syntax.places || mayHaveLinks(source, syntax))
  } catch (error) {
    found.problems.push({start, end, message: `Unexpected front matter that ${whyUnread(error)}`})
    delete found.data
  }
  for (const problem of found.problems) {
    problem.start = outOfLineEnding(text, problem.start)
    problem.end = outOfLineEnding(text, problem.end)
  }
  return found
}

/** Front matter in YAML that is the whole page; undefined if there is text that is not YAML, or a comment to it. */
function frontMatterToEnd(text: string, found: FrontMatter, syntax: Syntax): FrontMatter | undefined {
  if (found.kind !== 'yaml' || /^#/m.test(text)) return
  const {start} = found
  const whole: FrontMatter = {...found, end: text.length, isForeign: true, places: {}, problems: []}
  readYaml(text.slice(start + 3), start + 3, whole, syntax.places || mayHaveLinks(text, syntax))
  return whole.problems.length === 0 && isObject(whole.data) ? whole : undefined
}

/**
 * The reason why a reader failed.
 *
 * @throws the error if it is a bug in doccheck
 */
function whyUnread(error: unknown): string {
  if (error instanceof NotPlainError) return UNREAD[error.why]
  // Readers recurse into nested lists until the stack overflows.
  if (error instanceof RangeError) return UNREAD.deep
  throw error
}

/**
 * Move an offset out of a line ending: parsers may stop within a CRLF, which is on neither line.
 * In `title: \r\n`, 17 → 16.
 */
const outOfLineEnding = (text: string, offset: number): number =>
  text[offset] === '\n' && text[offset - 1] === '\r' ? offset - 1 : offset
