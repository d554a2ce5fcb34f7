import type {Root} from 'mdast'
import type {VFileMessage} from 'vfile-message'
import {PluginError, UnreadableError} from '../errors/errors.ts'
import {Mistakes} from '../errors/mistakes.ts'
import {DEFAULT_LIMIT_MS, eachLimited} from '../errors/time-limit.ts'
import {Moves} from '../history/renamed-files.ts'
import {renamedAnchor} from '../history/renamed-headings.ts'
import type {Link, Page, Syntax} from '../page/types.ts'
import type {SiteView} from '../rule/types.ts'
import {makeSites, type Sites} from '../site/find-sites.ts'
import {unknownAnchors} from '../site/guarded.ts'
import type {PlatformName} from '../site/registry.ts'
import type {Labels, PageSource, Resolution, Site} from '../site/types.ts'
import {isMarkdownFile} from '../text/markdown-files.ts'
import {nameOf} from '../text/paths.ts'
import {fragmentOf} from '../text/urls.ts'
import type {Tree} from '../tree/tree.ts'
import {PageReader} from './pool.ts'
import {type Job, whyUnreadable} from './read-texts.ts'
import type {CheckInput, History, KnownPage, Outcome, PageResult, ReadPages, RunPlugins} from './types.ts'

/** The sites of a tree whose pages nobody has read. */
export const sitesOf = (tree: Tree, platform?: PlatformName): Promise<Sites> =>
  makeSites({tree, isPage: (path) => isMarkdownFile(path), page: () => undefined}, platform)

/** Read the pages to report on, then those whose facts their links need. */
export async function readPages(input: CheckInput, mistakes = new Mistakes()): Promise<ReadPages> {
  const reader = new PageReader(input.limit)
  try {
    return await readWith(reader, input, mistakes)
  } finally {
    reader.close()
  }
}

async function readWith(reader: PageReader, input: CheckInput, mistakes: Mistakes): Promise<ReadPages> {
  const {tree, files, platform} = input
  const pages = new Map<string, Page>()
  const known = new Map<string, KnownPage>()
  const wanted = new Set(files)
  const pagePaths = new Set([...tree.files, ...wanted].filter((path) => isMarkdownFile(path)))
  const world: PageSource = {
    tree,
    isPage: (path) => pagePaths.has(path),
    page: (path) => pages.get(path),
    fail: (path, doing, error) => mistakes.add(path, doing, error),
    warn: (file, why) => mistakes.warn(file, why),
  }
  const sites = await makeSites(world, platform)
  const syntaxOf = (path: string): Syntax => {
    const {syntax} = sites.of(path)
    return {
      ...syntax,
      mdx: syntax.mdx || path.endsWith('.mdx'),
      places: input.rulesFor(path).some(({rule, options}) => rule.needsPlaces?.(options)),
    }
  }
  const read = async (
    paths: readonly string[],
    progress: (done: number) => void = () => {},
    plugins?: RunPlugins,
  ) => {
    const outcomes = new Map<string, Outcome & {pluginMessages?: VFileMessage[]}>()
    const onDisk: Job[] = []
    const elsewhere: Job[] = []
    for (const path of paths) {
      const job = {path, syntax: syntaxOf(path)}
      const before = input.known?.get(path)
      if (before && !plugins && isSame(before.syntax, job.syntax)) outcomes.set(path, before)
      else if (plugins) outcomes.set(path, await readAndRun(reader, tree, job, plugins, mistakes))
      else if (tree.onDisk && !tree.unsaved?.has(path)) onDisk.push(job)
      else elsewhere.push(job)
      progress(outcomes.size)
    }
    for (const [jobs, source] of [
      [onDisk, tree.root],
      [elsewhere, tree.read],
    ] as const) {
      const done = outcomes.size
      const found = await reader.files(jobs, source, (count) => progress(done + count))
      for (const [index, {path}] of jobs.entries()) outcomes.set(path, found[index]!)
    }
    return paths.map((path) => {
      const outcome = outcomes.get(path)!
      known.set(path, {...outcome, syntax: syntaxOf(path)})
      return outcome
    })
  }
  const outcomes = await read(files, (done) => input.progress?.(done, files.length), input.plugins)
  const results = outcomes.map((outcome, index): PageResult => {
    if (outcome.page) pages.set(files[index]!, outcome.page)
    return {path: files[index]!, findings: [], pluginMessages: [], ...outcome}
  })
  const others = async (paths: Iterable<string>) => {
    const missing = [...paths].filter((path) => !pages.has(path) && !wanted.has(path))
    for (const {page} of await read(missing)) if (page) pages.set(page.path, page)
  }
  const isLinked = ({home}: Site) =>
    home !== undefined && results.some(({page}) => page?.links.some(({url}) => url.startsWith(home)))
  const own = new Set(files.map((path) => sites.of(path)))
  const readsAll = new Set(sites.all.filter((site) => site.readsAll && (own.has(site) || isLinked(site))))
  if (readsAll.size > 0)
    await others([...tree.files].filter((path) => isMarkdownFile(path) && readsAll.has(sites.of(path))))
  const resolved = new Map<object, Resolution>()
  let moves: Moves | undefined
  const resolver = (from: string) => {
    const resolve = sites.resolverFor(from)
    return (link: Link) => {
      let found = resolved.get(link)
      if (!found) {
        found = resolveSafely(from, () => {
          const today = resolve(link)
          return moves ? moves.follow(today, link, from, sites.of(from)) : today
        })
        resolved.set(link, found)
      }
      return found
    }
  }
  const resolveSafely = (from: string, resolve: () => Resolution): Resolution => {
    try {
      return resolve()
    } catch (error) {
      mistakes.add(from, `links on ${from}`, error)
      return {to: 'unknown', why: 'a mistake in doccheck'}
    }
  }
  const limit = {limit: input.limit ?? DEFAULT_LIMIT_MS, cpu: true}
  const drop = (result: PageResult, error: unknown) => {
    mistakes.add(result.path, `links on ${result.path}`, error)
    delete result.page
  }
  let misses = false
  const findMissing = ({page}: PageResult) => {
    misses ||= page?.links.some((link) => resolver(page.path)(link).to === 'missing') ?? false
  }
  if (input.history) eachLimited(results, findMissing, limit, drop)
  if (input.history && misses) {
    moves = new Moves(await input.history.moved(), twins(pages), (path) => input.tree.files.has(path))
    resolved.clear()
  }
  // Each with a page that leads there.
  const targets = new Map<string, string>()
  const findTargets = ({page}: PageResult) => {
    if (!page) return
    const resolve = resolver(page.path)
    for (const link of page.links) {
      if (!link.url.includes('#')) continue
      const found = resolve(link)
      if (found.to === 'page' && found.fragment) targets.set(found.path, page.path)
      // Whether the fragment leads somewhere there, too, decides what to do.
      else if (found.to === 'missing' && found.suggestion !== undefined && world.isPage(found.suggestion))
        targets.set(found.suggestion, page.path)
    }
  }
  eachLimited(results, findTargets, limit, drop)
  await others(targets.keys())
  const anchorsBySite = new Map<string, ReturnType<SiteView['anchorsOf']>>()
  const anchorsOnHost: typeof anchorsBySite = new Map()
  const anchorsFor = (from: string) => {
    const own = sites.of(from)
    return (path: string, published = false) => {
      const onHost = own.host && !published
      const known = onHost ? anchorsOnHost : anchorsBySite
      if (!known.has(path)) {
        const page = pages.get(path)
        known.set(path, page && (onHost ? own : sites.of(path)).anchorsOf(page))
      }
      return known.get(path)
    }
  }
  const anchorsOfTarget = ([path, from]: [string, string]) => void anchorsFor(from)(path)
  eachLimited([...targets], anchorsOfTarget, limit, ([path], error) => {
    mistakes.add(path, `anchors on ${path}`, error)
    for (const known of [anchorsBySite, anchorsOnHost]) known.set(path, unknownAnchors('they take too long'))
  })
  const renamed = new Map<string, string>()
  let names: ReadonlyMap<string, string | undefined> | undefined
  let labels: typeof names
  if (input.history) await findFormer(input.history)
  return {
    results,
    sites,
    read: known,
    view: (page) => ({
      anchorsOf: anchorsFor(page.path),
      resolve: resolver(page.path) as SiteView['resolve'],
      urlsOf: (path) => sites.of(page.path).urlsOf(path),
      samePlace: (path) => {
        const site = sites.of(path)
        const [url] = site.host ? [] : site.urlsOf(path)
        const all = url === undefined ? [] : sites.publishedAt(site, url)
        if (url === undefined) return undefined
        // Each of many files at one URL would have a list of all the others.
        return {
          url,
          all,
          get others() {
            return all.filter((other) => other !== path)
          },
        }
      },
      lastDefinition: sites.of(page.path).lastDefinition ?? false,
      references: sites.of(page.path).references?.(page),
      mayBeDefined: mayBeDefinedOn(page),
      renamedAnchor: (path, fragment) => renamed.get(`${path}#${fragment}`),
      fileNamed: (name) => filesByName().get(name),
      targetOf: (identifier) => targetsByLabel().get(identifier),
    }),
  }

  /** Make what tells of a label whether it may be defined where the definitions of a page cannot be seen. */
  function mayBeDefinedOn(page: Page): (identifier: string) => boolean {
    const site = sites.of(page.path)
    let labels: Labels | string | undefined
    return (identifier) => {
      labels ??= (site.definitions ? site.definitions(page) : site.references?.(page)) ?? new Set()
      return typeof labels === 'string' || labels.has(identifier)
    }
  }

  /** Files whose names no other file has. */
  function filesByName(): ReadonlyMap<string, string | undefined> {
    names ??= only([...tree.files].map((file) => [nameOf(file), file]))
    return names
  }

  /** Targets that all definitions of a label agree on. */
  function targetsByLabel(): ReadonlyMap<string, string | undefined> {
    labels ??= only(
      results.flatMap(({page}) =>
        (page?.definitions ?? []).map(({identifier, url}): [string, string | undefined] => {
          const found = sites.resolverFor(page!.path)({url})
          return [identifier, found.to === 'page' || found.to === 'file' ? found.path : undefined]
        }),
      ),
    )
    return labels
  }

  /** Look in the past of pages for the anchors that links to them miss. */
  async function findFormer(history: History): Promise<void> {
    const missing = new Map<string, Set<string>>()
    for (const {page} of results) {
      if (!page) continue
      for (const link of page.links) {
        const found = resolver(page.path)(link)
        const path =
          found.to === 'page' ? found.path : found.to === 'missing' && found.evidence && found.suggestion
        const fragment = fragmentOf(link.url)
        if (!path || !fragment) continue
        const anchors = anchorsFor(page.path)(path, found.to === 'page' && found.published)
        if (!anchors || anchors.incompleteBecause !== undefined || anchors.has(fragment)) continue
        if (!missing.has(path)) missing.set(path, new Set())
        missing.get(path)!.add(fragment)
      }
    }
    for (const [path, fragments] of missing) {
      const versionOf = async (text: string | undefined) => {
        if (text === undefined) return
        const {page} = await reader.text({path, text: text.replace(/^\uFEFF/, ''), syntax: syntaxOf(path)})
        return page && {text, page, anchors: sites.of(path).anchorsOf(page)}
      }
      const former = await history.texts(path)
      if (former.length === 0) continue
      const versions = [() => tree.read(path), ...former].map((read) => {
        let version: ReturnType<typeof versionOf> | undefined
        return () => (version ??= read().catch(untold).then(versionOf))
      })
      for (const fragment of fragments) {
        const id = await renamedAnchor(fragment, versions)
        if (id !== undefined) renamed.set(`${path}#${fragment}`, id)
      }
    }
  }
}

/** A page may vanish at any time, and what it once was may have been no text. */
function untold(error: unknown): undefined {
  if (!(error instanceof UnreadableError)) throw error
}

/** The value of each key, undefined where there are several. */
function only(pairs: readonly (readonly [string, string | undefined])[]): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  for (const [key, value] of pairs)
    found.set(key, found.has(key) && found.get(key) !== value ? undefined : value)
  return found
}

/** Read one file of any tree, and run plugins over its syntax tree. */
async function readAndRun(
  reader: PageReader,
  tree: Tree,
  job: Job,
  plugins: RunPlugins,
  mistakes: Mistakes,
): Promise<Outcome & {pluginMessages?: VFileMessage[]}> {
  let text: string
  try {
    text = await tree.read(job.path)
  } catch (error) {
    return {unreadable: whyUnreadable(error)}
  }
  let seen: [text: string, tree: Root] | undefined
  const outcome = await reader.text({...job, text}, (_, ...given) => void (seen = given))
  if (!seen) return outcome
  const given = seen
  try {
    return {...outcome, pluginMessages: await plugins(job.path, ...given)}
  } catch (error) {
    mistakes.add(job.path, `plugins on ${job.path}`, error, PluginError)
    return outcome
  }
}

/** Make what tells whether there is another page of the same length with the same headings. */
function twins(pages: ReadonlyMap<string, Page>): (path: string) => boolean {
  const counts = new Map<string, number>()
  const keyOf = ({end, headings}: Page) => JSON.stringify([end, headings.map(({text}) => text)])
  let counted = 0
  return (path) => {
    // More pages are read while links are followed.
    if (counted !== pages.size) {
      counts.clear()
      counted = pages.size
      for (const page of pages.values()) counts.set(keyOf(page), (counts.get(keyOf(page)) ?? 0) + 1)
    }
    const page = pages.get(path)
    return page !== undefined && counts.get(keyOf(page))! > 1
  }
}

/** Two ways to read a page that are one. */
const isSame = (a: Syntax, b: Syntax) => JSON.stringify(a) === JSON.stringify(b)
