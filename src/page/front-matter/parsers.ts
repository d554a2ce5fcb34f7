interface Parsers {
  yaml: typeof import('yaml')
  /** Decides about errors: it accepts what the parsers of most generators do, but gives no positions. */
  'js-yaml': typeof import('js-yaml')
  toml: typeof import('toml-eslint-parser')
  json: typeof import('jsonc-parser')
}

/** Parsers that few pages need, each loaded when the first page needs it. */
const LOADERS: {[K in keyof Parsers]: () => Promise<Parsers[K]>} = {
  yaml: () => import('yaml'),
  'js-yaml': () => import('js-yaml'),
  toml: () => import('toml-eslint-parser'),
  json: () => import('jsonc-parser'),
}

const loaded: Partial<Parsers> = {}

/** A page needs a parser that has to be loaded asynchronously first; then the page has to be read again. */
export class ParserNotLoadedError extends Error {
  override name = 'ParserNotLoadedError'
  readonly load: () => Promise<void>

  constructor(kind: keyof Parsers) {
    super(`The ${kind} parser is not loaded yet`)
    this.load = async () => {
      Object.assign(loaded, {[kind]: await LOADERS[kind]()})
    }
  }
}

/** The parser of a kind of front matter. @throws {@link ParserNotLoadedError} */
export function parserOf<K extends keyof Parsers>(kind: K): Parsers[K] {
  const parser: Parsers[K] | undefined = loaded[kind]
  if (!parser) throw new ParserNotLoadedError(kind)
  return parser
}
