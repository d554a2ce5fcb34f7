import type {CST, Document, LineCounter} from 'yaml'
import {DEEPEST, MOST_VALUES, NotPlainError, plain} from './plain.ts'

type Parser = typeof import('yaml')

/**
 * Parse YAML as plain JSON, as far as possible. If a key is repeated, its last value wins.
 *
 * @param tell Called with the first error, in one line.
 * @throws {@link NotPlainError}, and parser errors for aliases without an anchor, or too many aliases
 */
export async function parseYaml(text: string, tell: (why: string) => void = () => {}): Promise<unknown> {
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  const document = yamlDocument(text, yaml, lines)
  const [error] = document.errors
  if (error) {
    const {line, col} = lines.linePos(error.pos[0])
    tell(`${error.message.split('\n')[0]} at line ${line}, column ${col}`)
  }
  return yamlValue(document)
}

/**
 * Parse the first document of a YAML text. Its errors have no excerpts: for each, the parser would search from the
 * start of the text.
 *
 * @throws {@link NotPlainError} if it is nested too deeply
 */
export function yamlDocument(text: string, {Composer, Parser}: Parser, lines?: LineCounter): Document.Parsed {
  const tokens = [...new Parser(lines?.addNewLine).parse(text)]
  refuseDeep(tokens)
  const options = {prettyErrors: false, logLevel: 'silent', uniqueKeys: false} as const
  const [document] = new Composer(options).compose(tokens, true, text.length)
  return document!
}

/**
 * Convert a YAML document to plain JSON.
 *
 * @throws the errors of {@link parseYaml}
 */
export const yamlValue = (document: Document.Parsed): unknown =>
  // Without aliases, it has at most as many values as the text has characters.
  plain(document.toJS({maxAliasCount: 100}), undefined, Math.max(MOST_VALUES, document.range[2]))

/**
 * Nodes are composed recursively, and if V8 compiles a regular expression when the stack is full, the process
 * crashes, which cannot be caught.
 */
function refuseDeep(tokens: readonly CST.Token[]): void {
  const waiting: [token: CST.Token | null | undefined, depth: number][] = tokens.map((token) => [token, 0])
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [token, depth] = next
    if (!token) continue
    if (depth > DEEPEST) throw new NotPlainError('deep')
    if (token.type === 'document') waiting.push([token.value, depth])
    else if ('items' in token)
      for (const {key, value} of token.items) waiting.push([key, depth + 1], [value, depth + 1])
  }
}
