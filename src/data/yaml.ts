import type {CST, Document, LineCounter} from 'yaml'
import {DEEPEST, MOST_VALUES, NotPlainError, plain} from './plain.ts'

type Parser = typeof import('yaml')

/**
 * What a text of YAML says, as plain JSON, as far as it can be read; of several values of a key the last one counts.
 *
 * @param tell Told what is wrong with it, in one line.
 * @throws {@link NotPlainError}, and the parser's errors for aliases without an anchor, or too many of them
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
 * The first document of a text of YAML, of whatever depth the text is. Its errors have no context: the parser would look
 * for that from the beginning of the text each time.
 *
 * @throws {@link NotPlainError} for one that is too deep
 */
export function yamlDocument(text: string, {Composer, Parser}: Parser, lines?: LineCounter): Document.Parsed {
  const tokens = [...new Parser(lines?.addNewLine).parse(text)]
  refuseDeep(tokens)
  const options = {prettyErrors: false, logLevel: 'silent', uniqueKeys: false} as const
  const [document] = new Composer(options).compose(tokens, true, text.length)
  return document!
}

/** What a YAML document says, as plain JSON. @throws as {@link parseYaml} does */
export const yamlValue = (document: Document.Parsed): unknown =>
  // Without aliases there is no more than the text has room for.
  plain(document.toJS({maxAliasCount: 100}), undefined, Math.max(MOST_VALUES, document.range[2]))

/**
 * Nodes are made of tokens by functions that call themselves. Where the stack ends, an expression that V8 compiles just
 * then ends the whole process, and no `catch` can help.
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
