import type {Document} from 'yaml'
import {DEEPEST, NotPlainError, plain} from './plain.ts'

/**
 * What a text of YAML says, as plain JSON, as far as it can be read; of several values of a key the last one counts.
 *
 * @param tell Told what is wrong with it, in one line.
 * @throws as {@link yamlValue} does
 */
export async function parseYaml(text: string, tell: (why: string) => void = () => {}): Promise<unknown> {
  const yaml = await import('yaml')
  const lineCounter = new yaml.LineCounter()
  // The parser's own pretty errors, of which there may be many, take time with the length of the text.
  const options = {prettyErrors: false, logLevel: 'silent', uniqueKeys: false, lineCounter} as const
  const document = yaml.parseDocument(text, options)
  const [error] = document.errors
  if (error) {
    const {line, col} = lineCounter.linePos(error.pos[0])
    tell(`${error.message.split('\n')[0]} at line ${line}, column ${col}`)
  }
  return yamlValue(document, yaml)
}

/**
 * What a parsed YAML document says, as plain JSON.
 *
 * @param parser What parsed it, which takes long to load.
 * @throws {@link NotPlainError}, and the parser's errors for aliases without an anchor, or too many of them
 */
export function yamlValue(document: Document, {visit}: typeof import('yaml')): unknown {
  // Keys that are maps are written out as text, each within the one around it: deep ones would take for ever.
  visit(document, {
    Collection: (_key, _node, above) => {
      // A map is within a pair, a list is not.
      if (above.length > 2 * DEEPEST) throw new NotPlainError('deep')
    },
  })
  return plain(document.toJS({maxAliasCount: 100}))
}
