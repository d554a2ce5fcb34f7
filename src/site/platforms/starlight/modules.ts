import escapeStringRegexp from 'escape-string-regexp'
import {linear} from '../../../pattern/linear.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {importedModules} from '../../shared/imported-modules.ts'
import {isLocal, localModule} from '../../shared/javascript/local-module.ts'
import {UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import type {Adds, Changes} from './changes.ts'
import {optionsOfPackages, packageFacts} from './packages.ts'
import {patternOf} from './routes.ts'

/** Code that writes files or changes the output of a build. */
const WRITES =
  /writeFile|createWriteStream|copyFile|\bcp(?:Sync)?\(|\bexec(?:Sync|File\w*)\b|\bspawn\w*\(|emitFile|astro:build:|astro:routes?:|addMiddleware|addIntegration/
/** Code that adds routes, if it is not `injectRoute({pattern: '/x'`. */
const INJECTED = /\binjectRoute\s*\(\s*(?:\{[^{}]*?\bpattern\s*:\s*(['"`])([^'"`$]*)\1)?/g
/** Code of a plugin that processes Markdown. */
const PROCESSES = /\bvisit\w*\s*\(|\bhProperties\b|\bmdast\b|\bhast\b|\(\s*(?:tree|ast|node|root)\b/
const CHANGES_IDS = /\bid\b|\bhProperties\b|\bheadings?\b|\bslug|['"](?:html|raw)['"]/i
const CHANGES_LINKS = /\burl\b|\bhref\b|\bsrc\b/
const SETS_URL = /\burl\s*=(?!=)/
/** Code that names the nodes of images, or of links. */
const IMAGES = /['"](?:image|imageReference|img)['"]|\.src\b|\bsrc\s*[:=]/
const LINKS = /['"](?:link|a)['"]/

/** More modules than any configuration imports. */
const MOST_MODULES = 100

/**
 * Read what the code of a configuration may change, which is never run: its own code, its local modules, and the packages
 * that they import.
 *
 * @param integrations The integrations of the site, evaluated statically.
 * @param adapter Its adapter, which serves the routes that there are and adds none.
 */
export async function readChanges(
  ctx: SiteContext,
  file: string,
  integrations: Value,
  adapter: Value,
): Promise<Changes> {
  const changes: Changes = {additions: [], ids: [], links: []}
  const options = optionsOfPackages(integrations)
  const adapters = optionsOfPackages(adapter)
  const seen = new Set([file])
  for (const each of seen) {
    const code = seen.size > MOST_MODULES ? undefined : await ctx.tree.read(each).catch(() => undefined)
    if (code === undefined) addUnreadable(changes, each)
    else if (!each.endsWith('.json')) {
      addCode(changes, code, each === file ? 'the configuration' : each)
      for (const name of importedModules(code))
        addImport(changes, ctx, {name, from: each, options, adapters, seen})
    }
  }
  return changes
}

/** An import, and what has been read before it: modules and packages, each once. */
interface Import {
  name: string
  from: string
  options: ReadonlyMap<string, Value>
  adapters: ReadonlyMap<string, Value>
  seen: Set<string>
}

function addImport(
  changes: Changes,
  {tree}: SiteContext,
  {name, from, options, adapters, seen}: Import,
): void {
  const module = localModule(tree, name, from)
  if (module !== undefined) seen.add(module)
  else if (isLocal(name)) addUnreadable(changes, name)
  // Of a call that is not found, the options are not known.
  else if (!adapters.has(name)) addPackage(changes, name, options.has(name) ? options.get(name) : UNKNOWN)
}

/** Styles and pictures are imported, too. */
const isAsset = (file: string) => /\.(?:css|scss|less|svg|png|jpe?g|webp|avif|txt|ya?ml|json5?)$/.test(file)

function addUnreadable(changes: Changes, file: string): void {
  if (isAsset(file)) return
  const {additions, ids} = changes
  changes.extendSyntax = true
  additions.push({doubt: doubt('code-pages', file)})
  ids.push(doubt('plugin-ids', file))
}

function addCode(changes: Changes, code: string, name: string): void {
  const {additions, ids, links} = changes
  if (code.includes('micromark')) changes.extendSyntax = true
  if (WRITES.test(code)) additions.push({doubt: doubt('code-pages', name)})
  if (/\bupdateConfig\b/.test(code) && /\bredirects\b/.test(code))
    additions.push({doubt: doubt('computed-redirects')})
  for (const [, , pattern] of code.matchAll(INJECTED))
    additions.push({
      doubt: doubt('code-pages', name),
      ...(pattern !== undefined && {covers: routesOf(pattern)}),
    })
  const statements = withoutComments(code)
  if (!PROCESSES.test(statements)) return
  if (CHANGES_IDS.test(statements)) ids.push(doubt('plugin-ids', name))
  if (CHANGES_LINKS.test(statements))
    links.push({
      doubt: doubt('plugin-links', name),
      changesImages: IMAGES.test(statements) || (SETS_URL.test(statements) && !LINKS.test(statements)),
    })
}

/** The lines of code that are not in a comment, as far as their starts tell. */
const withoutComments = (code: string): string =>
  code
    .split('\n')
    .filter((line) => !/^[ \t]*(?:\/\/|\/?\*)/.test(line))
    .join('\n')

/** The paths of a route below the base, with parameters or without: `/tags/[name]` → `tags/a`. */
function routesOf(route: string): Adds {
  const pattern = linear(patternOf(route) ?? `^${escapeStringRegexp(route.replace(/\/$/, ''))}/?$`)
  return (path) => pattern?.test(`/${path}`) ?? true
}

function addPackage(changes: Changes, name: string, options: Value): void {
  const {additions, ids, links} = changes
  const facts = packageFacts(name, options)
  if (facts.adds) additions.push({doubt: doubt('plugin-pages', name), covers: facts.adds})
  if (facts.ids) ids.push(doubt('plugin-ids', name))
  if (facts.extendsSyntax) changes.extendSyntax = true
  if (facts.links) links.push({doubt: doubt('plugin-links', name), changesImages: true})
}
