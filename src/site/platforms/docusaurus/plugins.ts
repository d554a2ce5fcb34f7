import {doubt} from '../../doubts.ts'
import {ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import type {ConfigContext, Content, DocusaurusConfig} from './config.ts'
import {addContent} from './contents.ts'
import {LOCAL, listOf, MOST_ENTRIES, namedEntry, pathValue} from './options.ts'

/** Plugins and themes that add no pages, or only known ones. */
const HARMLESS_PLUGINS =
  /^@docusaurus\/(?:plugin-(?:content-(?:docs|blog|pages)|debug|sitemap|svgr|google-[\w-]+|vercel-analytics|pwa|ideal-image|client-redirects|css-cascade-layers|rsdoctor)|theme-[\w-]+)$|^(?:@[\w-]+\/)?(?:docusaurus-(?:plugin-(?:sass|less|image-zoom|umami|matomo|hotjar|plausible|goatcounter|posthog|segment|clarity|fathom|gtag|lunr-search|typesense|dotenv|copy-page-button|google-\w+)|theme-(?:search-[\w-]+|mermaid|github-codeblock|live-codeblock)|search-local|lunr-search)|plugin-image-zoom)$|tailwind/
const KINDS = ['docs', 'blog', 'pages'] as const

/** Add a preset: the content plugins of the classic one, and of any other that has its options. */
export function addPreset(context: ConfigContext, entry: Value): void {
  const [name, options] = namedEntry(entry)
  if (name === undefined) return
  const isClassic = name === 'classic' || name === '@docusaurus/preset-classic'
  if (!isClassic) addUnlisted(context, 'preset', name, entry)
  for (const kind of KINDS) {
    const given = options instanceof ObjectValue ? options.get(kind) : options
    if (isClassic ? given !== false : given instanceof ObjectValue) addContent(context, kind, given)
  }
}

/** Add a plugin or a theme: its pages or redirects; what an unlisted one adds, its code may say. */
export function addPlugin(context: ConfigContext, entry: Value): void {
  const [name, options] = namedEntry(entry)
  if (name === undefined) return
  const kind = /^(?:@docusaurus\/plugin-)?content-(docs|blog|pages)$/.exec(name)?.[1]
  if (kind !== undefined) addContent(context, kind as Content['kind'], options)
  else if (/^(?:@docusaurus\/plugin-)?client-redirects$/.test(name)) addRedirects(context, options)
  else if (name === 'docusaurus-plugin-module-alias') addAliases(context, options)
  else if (!HARMLESS_PLUGINS.test(name)) addUnlisted(context, 'plugin', name, entry)
}

/** Add the folders that the plugin for aliases of modules names. */
function addAliases({config, root}: ConfigContext, options: Value): void {
  const aliases = options instanceof ObjectValue ? options.get('alias') : undefined
  if (!(aliases instanceof ObjectValue)) return
  for (const [alias, value] of [...aliases.values].slice(0, MOST_ENTRIES)) {
    const folder = pathValue(root, value)
    if (folder !== undefined) config.aliases[alias] = folder
  }
}

function addUnlisted({config: {unlisted}}: ConfigContext, kind: string, name: string, entry: Value): void {
  if (unlisted.length < MOST_ENTRIES)
    unlisted.push({name, about: name === LOCAL ? `a local ${kind}` : `the ${kind} ${name}`, entry})
}

/** Add the redirects of the client-redirects plugin. */
function addRedirects({config}: ConfigContext, options: Value): void {
  if (!(options instanceof ObjectValue) || options.get('createRedirects') !== undefined)
    addComputedRedirects(config)
  if (!(options instanceof ObjectValue)) return
  for (const key of ['fromExtensions', 'toExtensions'])
    for (const extension of listOf(options.get(key)).slice(0, MOST_ENTRIES))
      if (typeof extension === 'string') config.redirectedExtensions.push(extension)
  for (const redirect of listOf(options.get('redirects'))) addRedirect(config, redirect)
}

function addRedirect(config: DocusaurusConfig, redirect: Value): void {
  const from = redirect instanceof ObjectValue ? redirect.get('from') : UNKNOWN
  for (const path of Array.isArray(from) ? from : [from])
    if (typeof path === 'string') config.redirectedPaths.add(path.replace(/\/$/, ''))
    else addComputedRedirects(config)
}

function addComputedRedirects({additions}: DocusaurusConfig): void {
  additions.push({doubt: doubt('computed-redirects'), where: 'site'})
}
