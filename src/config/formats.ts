import path from 'node:path'
import {isObject, plain, refuseDeepText} from '../data/plain.ts'
import {tomlValue} from '../data/toml.ts'
import {lineStarts, pointAt} from '../text/lines.ts'

/** The keys that lead to a value; numbers are indexes of lists. */
export type Keys = readonly (string | number)[]

/** The content of a configuration that is data. */
export interface Content {
  value: unknown
  /** The position of a key, as `:3:5`; empty if it is not written in the text. */
  place(keys: Keys): Promise<string>
}

/** Text that cannot be parsed; the position is written as in {@link Content}. */
export class ParseFailure extends Error {
  override name = 'ParseFailure'
  readonly place: string

  constructor(message: string, text: string, offset: number) {
    super(message)
    this.place = placeAt(text, offset)
  }
}

type Parser = (text: string) => Promise<Content>

/** The parsers of data, by the extensions of their files; a file without one is JSON or YAML. */
const PARSERS: Readonly<Record<string, Parser>> = {
  '': async (text) => (await readJsonOrYaml(text)) ?? readYaml(text),
  '.json': readJson,
  '.jsonc': readJson,
  '.yaml': readYaml,
  '.yml': readYaml,
  '.toml': readToml,
}

/** The extensions of configurations that are data. */
export const DATA: readonly string[] = Object.keys(PARSERS).filter((end) => end !== '')

/**
 * The parser of a file; undefined for an unknown extension. The extension of `.doccheckrc` is empty.
 */
export const parserFor = (file: string): Parser | undefined => PARSERS[path.extname(file)]

const placeAt = (text: string, offset: number) => {
  const {line, column} = pointAt(lineStarts(text), offset)
  return `:${line}:${column}`
}

/** Parse JSON with comments and trailing commas, which editors allow in `tsconfig.json` and the like. */
async function readJson(text: string): Promise<Content> {
  const {findNodeAtLocation, parseTree, printParseErrorCode, stripComments} = await import('jsonc-parser')
  refuseDeepText(stripComments(text, ' '))
  const faults: import('jsonc-parser').ParseError[] = []
  const root = parseTree(text, faults, {allowTrailingComma: true})
  const [fault] = faults
  if (fault) {
    // Codes such as `PropertyNameExpected`.
    const words = printParseErrorCode(fault.error).replace(
      /(?!^)[A-Z]/g,
      (letter) => ` ${letter.toLowerCase()}`,
    )
    throw new ParseFailure(words, text, fault.offset)
  }
  return {
    value: root && plain(jsonValue(root, text)),
    place: async (keys) => {
      const node = root && findNodeAtLocation(root, [...keys])
      if (!node) return ''
      return placeAt(text, node.parent?.type === 'property' ? node.parent.offset : node.offset)
    },
  }
}

/** The value of a node; of two equal keys, `JSON.parse` would silently drop the first one. */
function jsonValue(node: import('jsonc-parser').Node, text: string): unknown {
  const children = node.children ?? []
  if (node.type === 'array') return children.map((item) => jsonValue(item, text))
  if (node.type !== 'object') return node.value
  const entries = new Map<string, unknown>()
  for (const {children: [key, value] = []} of children) {
    if (!key || !value) continue
    const name = String(key.value)
    if (entries.has(name)) throw new ParseFailure(`Duplicate key "${name}"`, text, key.offset)
    entries.set(name, jsonValue(value, text))
  }
  // Unlike an assignment, this also creates a key named `__proto__`.
  return Object.fromEntries(entries)
}

/** Parse a text without an extension as JSON; undefined if it is rather YAML. */
async function readJsonOrYaml(text: string): Promise<Content | undefined> {
  if (!/^\s*(?:\{|\/[/*])/.test(text)) return
  try {
    return await readJson(text)
  } catch (error) {
    // `{rules: {…}}` is YAML, and so may be `{"rules": …}`, but a mistake in the latter is rather one in JSON.
    if (!(error instanceof ParseFailure)) throw error
    const content = await readYaml(text).catch(() => undefined)
    if (!content && /^\s*(?:\{\s*["}/]|\/)/.test(text)) throw error
    return content
  }
}

async function readYaml(text: string): Promise<Content> {
  const {load, YAMLException} = await import('js-yaml')
  try {
    return {value: plain(load(text, {})), place: (keys) => yamlPlace(text, keys)}
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    throw new ParseFailure(error.reason, text, error.mark?.position ?? 0)
  }
}

/** The position of a key in YAML: only the other parser, which is loaded once there is an error, tells it. */
async function yamlPlace(text: string, keys: Keys): Promise<string> {
  const yaml = await import('yaml')
  const document = yaml.parseDocument(text, {logLevel: 'silent', prettyErrors: false})
  let node: unknown = document.contents
  let written: unknown
  for (const name of keys) {
    const at: unknown = yaml.isAlias(node) ? node.resolve(document) : node
    if (yaml.isMap(at)) {
      const pair = at.items.find(({key}) => yaml.isScalar(key) && String(key.value) === String(name))
      written = pair?.key
      node = pair?.value
    } else written = node = yaml.isSeq(at) ? at.items[Number(name)] : undefined
  }
  return yaml.isNode(written) && written.range ? placeAt(text, written.range[0]) : ''
}

async function readToml(text: string): Promise<Content> {
  refuseDeepText(text)
  const toml = await import('toml-eslint-parser')
  try {
    const value = tomlValue(toml.parseTOML(text), toml)
    return {value, place: async (keys) => tomlPlace(text, keys, toml)}
  } catch (error) {
    if (!(error instanceof toml.ParseError)) throw error
    throw new ParseFailure(error.message, text, error.index)
  }
}

/** The position of a key in TOML: the deepest written key whose path is the wanted one, or leads to it. */
function tomlPlace(text: string, keys: Keys, toml: typeof import('toml-eslint-parser')): string {
  const wanted = keys.join('\0')
  let offset: number | undefined
  const above = new Map<object, Keys>()
  toml.traverseNodes(toml.parseTOML(text), {
    enterNode(node, parent) {
      const path = [...((parent && above.get(parent)) ?? []), ...tomlKeys(node, parent)]
      above.set(node, node.type === 'TOMLTable' ? node.resolvedKey : path)
      if (offset === undefined && above.get(node)!.join('\0') === wanted) offset = node.range[0]
    },
    leaveNode() {},
  })
  return offset === undefined ? '' : placeAt(text, offset)
}

/** The keys that a node adds to those of its parent. */
function tomlKeys(
  node: import('toml-eslint-parser').AST.TOMLNode,
  parent: import('toml-eslint-parser').AST.TOMLNode | null,
): Keys {
  if (node.type === 'TOMLKeyValue')
    return node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))
  return parent?.type === 'TOMLArray' ? [parent.elements.indexOf(node as never)] : []
}

/** The value below some keys; undefined if there is none. */
export function valueAt(value: unknown, keys: Keys): unknown {
  let at = value
  for (const key of keys) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
  return at
}
