import {joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {ObjectValue, OptionalValue, type Value} from '../../shared/javascript/values.ts'
import type {Addition, DocusaurusConfig, UnlistedPlugin} from './config.ts'
import type {LocalCode} from './local-code.ts'
import {codeOf} from './markdown-plugins.ts'
import {routeOf} from './options.ts'
import {additionsOf} from './plugin-code.ts'

/** Plugins that write Markdown files, or read them from elsewhere. */
const WRITES_PAGES = /typedoc|openapi|graphql|redoc|remote|generat|api-extractor|changelog/i
/** Plugins that write the pages as texts beside them, for language models: `llms.txt`, `guide/setup.md`. */
const WRITES_TEXTS = /(?:^|[/-])llms?(?:-txt)?$/
/** Options that name the folder which a plugin writes to. */
const OUTPUT_KEY = /^(?:out|outDir|outputDir|outputPath|output|rootPath|docsRoot|dest\w*)$/
/** Options are not nested deeper. */
const DEEPEST = 4

/** State what the plugins that no list names may add: what their code shows, or, for packages, their options. */
export async function statePluginAdditions(
  config: DocusaurusConfig,
  root: string,
  code: LocalCode,
): Promise<void> {
  for (const plugin of config.unlisted) {
    const about = doubt('plugin-pages', plugin.about)
    const found = await codeOf(plugin.entry, plugin.name, code)
    config.additions.push(
      ...(found ? additionsOf(found, about, config.base) : [ofPackage(plugin, about, root)]),
    )
  }
}

function ofPackage({name, entry}: UnlistedPlugin, about: Doubt, root: string): Addition {
  const found = entry instanceof OptionalValue ? entry.value : entry
  const options = Array.isArray(found) ? found[1] : undefined
  const isRedoc = /^(?:docusaurus-plugin-redoc|redocusaurus)$/.test(name)
  if (isRedoc) {
    const routes = textsIn(options, /^route(?:Path)?$/).map(routeOf)
    if (routes.length > 0) return {doubt: about, where: {routes}}
  }
  if (WRITES_TEXTS.test(name)) return {doubt: about, where: 'texts'}
  if (!WRITES_PAGES.test(name)) return {doubt: about, where: 'beside'}
  const folders = textsIn(options, OUTPUT_KEY).flatMap((folder) => [
    joinPath(root, folder),
    joinPath(root, `docs/${folder}`),
  ])
  return {doubt: about, where: folders.length === 0 ? 'sources' : {folders}}
}

/** The texts that options have under some keys. */
function textsIn(value: Value, key: RegExp, depth = 0): string[] {
  if (depth > DEEPEST) return []
  if (Array.isArray(value)) return value.flatMap((each: Value) => textsIn(each, key, depth + 1))
  if (!(value instanceof ObjectValue)) return []
  return [...value.values].flatMap(([name, each]) =>
    typeof each === 'string' ? (key.test(name) ? [each] : []) : textsIn(each, key, depth + 1),
  )
}
