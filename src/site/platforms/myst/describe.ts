import type {Page} from '../../../page/types.ts'
import {globsOf} from '../../../pattern/globs.ts'
import {folderOf, folderPrefix, isBelow, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {ignoredIn, readGitIgnored} from '../../shared/git-ignored.ts'
import {hiddenReferences} from '../../shared/html-blocks.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import {withoutPages} from '../../shared/without-pages.ts'
import type {Anchors, SiteAnswers} from '../../types.ts'
import type {Addition} from './additions.ts'
import {mystAnchors} from './anchors.ts'
import {type MystConfig, readMyst} from './config.ts'
import type {MystContext} from './context.ts'
import {type LabelEvidence, labelEvidence, whyLabelsAreGenerated} from './labels.ts'
import {resolveLink} from './links.ts'
import {readRedirects} from './redirects.ts'
import {resolveMystInclude, resolveRole} from './roles.ts'
import {mystSyntax, plainMystSyntax} from './syntax.ts'
import {mayHoldReferences, targetIndex} from './targets.ts'

/** A directive that may include definitions from elsewhere. */
const INCLUDES = /\{(?:eval-rst|mdinclude|jinja)\b/

/** Describe a Sphinx site. */
export const describeMyst = async (ctx: SiteContext): Promise<SiteDescription> =>
  describeSphinx(ctx, await readModule(ctx.tree, joinPath(ctx.marker.root, 'conf.py')))

/** A pattern of a `.gitignore` for sources in a folder of the site: `reference/commands/*.md`. */
const GENERATED_SOURCE = /\/[^/]*\.(?:md|rst)$/

/**
 * Describe the site that Sphinx builds.
 *
 * @param code The code of its `conf.py`.
 */
export async function describeSphinx(ctx: SiteContext, code: string): Promise<SiteDescription> {
  const {tree, marker} = ctx
  const ignored = await ignoredIn(tree, marker.root)
  const config = readMyst(
    code,
    ignored.some((pattern) => GENERATED_SOURCE.test(pattern)),
  )
  if (config.parser === 'unknown') return unknownRouting(ctx)
  // Without MyST, Markdown files do not belong to the site.
  if (config.parser === 'no') return withoutPages(ctx)
  const prefix = folderPrefix(marker.root)
  const packages = config.packages
    .map((path) => joinPath(marker.root, path))
    .filter((path) => tree.folders.has(path))
  // Pages often include files of the repository beside the site, such as its changelog.
  const mayDefineTargets = (file: string) =>
    file.startsWith(prefix)
      ? /\.(?:rst|ipynb|inc)$/.test(file)
      : (prefix.startsWith(folderPrefix(folderOf(file))) && /\.(?:rst|md)$/.test(file)) ||
        (file.endsWith('.py') && packages.some((folder) => isBelow(file, folder)))
  const others = await Promise.all(
    [...tree.files].filter(mayDefineTargets).map((file) => tree.read(file).catch(() => '')),
  )
  others.push(...(await targetsInScripts(tree, prefix)))
  const isIgnored = await readGitIgnored(tree, marker.root)
  // Without code, there are no objects.
  const moreTargets = packages.length > 0 ? config.moreTargets : config.moreLabels
  const redirected = await readRedirects(code, ctx)
  return mystSite({...ctx, isIgnored, redirected}, {...config, moreTargets}, others)
}

/** The targets in strings of the scripts in a site's folder, which may write pages: `'# A\\n(lamp)=\\n'` → `(lamp)=`. */
async function targetsInScripts(tree: Tree, prefix: string): Promise<string[]> {
  // At the root, most are those of the program.
  if (prefix === '') return []
  const files = [...tree.files].filter((file) => file.startsWith(prefix) && file.endsWith('.py'))
  const texts = await Promise.all(files.map((file) => tree.read(file).catch(() => '')))
  return texts.flatMap((text) => text.match(TARGET_IN_STRING) ?? [])
}

const TARGET_IN_STRING = /(?<=['"]|\\n)\([\w.:-]+\)=/g

/** `from shared import *`: its group is the module. */
const STAR_IMPORT = /^[ \t]*from[ \t]+\.?(\w+)[ \t]+import[ \t]+\*.*$/gm
const MOST_IMPORTS = 10

/** Read a Python module, with the modules beside it in place of `from … import *`. */
async function readModule(tree: Tree, file: string, depth = 0): Promise<string> {
  const code = await tree.read(file).catch(() => '')
  const names = [...code.matchAll(STAR_IMPORT)].map(([, name]) => name!).slice(0, MOST_IMPORTS)
  const modules = new Map<string, string>()
  for (const name of depth < 3 ? names : []) {
    const module = joinPath(folderOf(file), `${name}.py`)
    if (tree.files.has(module)) modules.set(name, await readModule(tree, module, depth + 1))
  }
  return code.replace(STAR_IMPORT, (line, name: string) => modules.get(name) ?? line)
}

/** Where it is unknown which pages are excluded, links on these may lead anywhere. */
const UNKNOWN_PATTERNS: Addition = {doubt: doubt('computed-setting', 'exclude_patterns'), paths: ['*']}

/** What is known of a site before its pages are read. */
type SphinxContext = SiteContext & Pick<MystContext, 'isIgnored' | 'redirected'>

/** @param others The texts of pages that are not Markdown, which may define targets. */
function mystSite(ctx: SphinxContext, config: MystConfig, others: readonly string[]): SiteDescription {
  const {platform, root, why} = ctx.marker
  const prefix = folderPrefix(root)
  // Excluding a folder excludes everything in it.
  const excluded = globsOf(
    config.excluded.flatMap((pattern) => [trimEnd(pattern, '/'), `${trimEnd(pattern, '/')}/**`]),
    'sphinx',
  )
  const isPublished = (path: string) =>
    path.startsWith(prefix) &&
    config.suffixes.some((suffix) => path.endsWith(suffix)) &&
    !excluded?.test(path.slice(prefix.length))
  const additions = excluded ? config.additions : [...config.additions, UNKNOWN_PATTERNS]
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    syntax: {
      ...(config.hasColonFences ? mystSyntax : plainMystSyntax),
      ...(config.hasDollarMath && {dollarMath: true as const}),
    },
    // Any page may define targets.
    readsAll: true,
    filesFromIncluder: true,
    // Pages may include excluded files.
    owns: (path) => path.startsWith(prefix) && /\.(?:md|markdown|myst)$/.test(path),
    publish: (pages) => publish({...ctx, ...pages}, {...config, additions}, isPublished, others),
  }
}

const pagesOf = ({tree, isPage, page}: SiteContext & PageSource, prefix: string): Page[] =>
  [...tree.files]
    .filter((file) => file.startsWith(prefix) && isPage(file))
    .flatMap((file) => page(file) ?? [])

function publish(
  ctx: SphinxContext & PageSource,
  config: MystConfig,
  isPublished: (path: string) => boolean,
  others: readonly string[],
): SiteAnswers {
  const prefix = folderPrefix(ctx.marker.root)
  // Each link within a page requests its anchors.
  const known = new WeakMap<Page, Anchors>()
  const targets = targetIndex(ctx, {prefix, others, hasSectionLabels: config.hasSectionLabels})
  let labels: LabelEvidence | undefined
  let generated: {why: Doubt | undefined} | undefined
  const published = () => pagesOf(ctx, prefix).filter(({path}) => isPublished(path))
  const context: MystContext = {
    ...ctx,
    config,
    prefix,
    isPublished,
    targets,
    whyLabelsAreGenerated: () =>
      (generated ??= {
        why: whyLabelsAreGenerated(published(), (entry, from) => resolveRole(context, entry, from)),
      }).why,
    whyLabelIsMissing: (name, mayBeObject) =>
      (labels ??= labelEvidence(context, published())).whyMissing(name, mayBeObject),
    anchorsOf: (page) => {
      let found = known.get(page)
      if (!found) known.set(page, (found = mystAnchors(context, page)))
      return found
    },
  }
  return {
    references: (page) => hiddenReferences(page, mayHoldReferences),
    definitions: ({opaqueContent, labels}) => {
      const include = opaqueContent.find((text) => INCLUDES.test(text))
      return include === undefined ? new Set(labels) : doubt('hidden-definitions', include)
    },
    urlsOf: (path) => {
      if (!isPublished(path)) return []
      const inside = path.slice(prefix.length)
      // Links from the root use the path of the source file.
      return [`/${inside.replace(/\.\w+$/, '')}.html`, `/${inside}`]
    },
    resolve: (link, from) => resolveLink(context, link, from),
    include: (link, from) => resolveMystInclude(context, link, from),
    anchorsOf: context.anchorsOf,
  }
}
