import {nameOf} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {CallValue, ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import type {Languages} from '../../shared/mdx-app/page-table.ts'
import type {Collection} from './collections.ts'

/** The languages of a loader, and where files name them: `setup.fr.mdx` (`dot`) or `fr/setup.mdx` (`dir`). */
export interface Translations extends Languages {
  parser: 'dot' | 'dir'
}

/** Gives pages of collections URLs. */
export interface Loader {
  /** The URL below which they are published, without slashes at its ends; undefined if it is computed. */
  url: string | undefined
  /** The collections, by name; undefined if they have other names here. */
  names: readonly string[] | undefined
  languages?: Translations | undefined
  /** The reason why the pages may have other URLs, or there may be more. */
  mayHaveMore?: Doubt | undefined
}

/** The loaders among the exports of a module. */
export function loadersOf(exported: Value): Loader[] {
  if (!(exported instanceof ObjectValue)) return []
  return [...exported.values.values()].flatMap((value) =>
    value instanceof CallValue && value.name === 'loader' ? [loaderOf(value)] : [],
  )
}

function loaderOf({args}: CallValue): Loader {
  const given = args.at(-1)
  const options = given instanceof ObjectValue ? given : new ObjectValue(new Map(), true)
  const input = args.length > 1 ? args[0] : options.get('source')
  const url = options.get('baseUrl')
  const {names, others} = sourcesOf(input)
  return {
    url: typeof url === 'string' ? trimBoth(url, '/') : undefined,
    names,
    languages: languagesOf(options.get('i18n')),
    mayHaveMore: whyMore(options, typeof url === 'string') ?? others,
  }
}

/** The settings that give pages other URLs. */
function whyMore(options: ObjectValue, isUrlKnown: boolean): Doubt | undefined {
  if (!isUrlKnown || options.hasUnknownKeys) return doubt('computed-setting', 'baseUrl')
  for (const setting of ['slugs', 'url', 'transformers'])
    if (options.has(setting)) return doubt('computed-setting', setting)
  const plugins = options.get('plugins')
  const list: readonly Value[] = Array.isArray(plugins) ? plugins : [plugins]
  const changes = (plugin: Value) => plugin instanceof ObjectValue && plugin.has('transformStorage')
  return list.some(changes) ? doubt('plugin-pages', 'a plugin of the loader') : undefined
}

interface Sources {
  names: readonly string[] | undefined
  /** Set if there are others than collections. */
  others?: Doubt | undefined
}

/** The collections that a loader gets, and what else it gets. */
function sourcesOf(input: Value): Sources {
  if (input instanceof ObjectValue) {
    const parts = [...input.values.values()].map(sourcesOf)
    const names = parts.map((part) => part.names)
    return {
      names: names.includes(undefined) ? undefined : names.flatMap((each) => each ?? []),
      others: parts.find(({others}) => others)?.others ?? unknownKeys(input),
    }
  }
  if (!(input instanceof CallValue)) return {names: [], others: doubt('code-pages', 'code')}
  const [, name, method] = /^(?:([\w$]+)\.)?(\w+)$/.exec(input.name) ?? []
  if (method === 'toFumadocsSource') return {names: name === undefined ? undefined : [name]}
  if (method === 'createMDXSource') return {names: undefined}
  if (method === 'multiple') return sourcesOf(input.args[0])
  return {names: [], others: doubt('plugin-pages', name ?? method ?? 'a source')}
}

const unknownKeys = ({hasUnknownKeys}: ObjectValue) =>
  hasUnknownKeys ? doubt('code-pages', 'code') : undefined

/** The languages of a loader; undefined if it has none. */
export function languagesOf(given: Value): Translations | undefined {
  const options = given instanceof CallValue ? given.args[0] : given
  if (!(options instanceof ObjectValue)) return
  const all = options.get('languages')
  const main = options.get('defaultLanguage')
  if (!Array.isArray(all) || typeof main !== 'string') return
  const fallback = options.get('fallbackLanguage')
  const hides = options.get('hideLocale')
  return {
    all: new Set((all as readonly Value[]).filter((each) => typeof each === 'string')),
    main,
    fallsBack: fallback !== null && fallback !== UNKNOWN,
    hidden: hides === 'always' ? 'all' : hides === 'default-locale' ? 'main' : 'none',
    parser: options.get('parser') === 'dir' ? 'dir' : 'dot',
  }
}

const CONVERTED = /\b(?:toFumadocsSource|createMDXSource)\(\s*([\w$]+)/g

/**
 * Name the collections of loaders that get them from functions: `createMDXSource(posts)`, where the module imports
 * `blog as posts`.
 *
 * @param text The code of their module.
 */
export function withNames(loaders: readonly Loader[], text: string): Loader[] {
  const given = [...text.matchAll(CONVERTED)].map(
    ([, name]) =>
      new RegExp(`([\\w$]+)\\s+as\\s+${name!.replaceAll('$', '\\$')}\\b`).exec(text)?.[1] ?? name!,
  )
  return loaders.map((loader) => {
    const name = loader.names ? undefined : given.shift()
    return name === undefined ? loader : {...loader, names: [name]}
  })
}

/** The collections of a loader; if none has the name, the one that is named as the URL, or the only one, is likely it. */
export function collectionsFor({names, url}: Loader, all: readonly Collection[]): readonly Collection[] {
  const named = all.filter(({name}) => names?.includes(name))
  if (named.length > 0 || names?.length === 0) return named
  const last = nameOf(url ?? '')
  const found = all.filter(({name, folder = ''}) => name === last || nameOf(folder) === last)
  return found.length === 1 || all.length > 1 ? found : all
}
