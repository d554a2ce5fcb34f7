import {builtIn} from '../../rules/index.ts'
import {check} from '../../src/engine/check.ts'
import {sitesOf} from '../../src/engine/read-pages.ts'
import type {ActiveRule, CheckResult, KnownPage} from '../../src/engine/types.ts'
import {readPage} from '../../src/page/read-page.ts'
import type {Syntax} from '../../src/page/syntax.ts'
import type {Page} from '../../src/page/types.ts'
import {describeSites} from '../../src/site/describe-sites.ts'
import type {Sites} from '../../src/site/publish-sites.ts'
import {isMarkdownFile} from '../../src/text/markdown-files.ts'
import type {Tree} from '../../src/tree/tree.ts'

/** Inputs of one kind in any size, and what is done with each of them. */
export interface Series<T = unknown> {
  /** What is under test, such as `reader mdx`, and behind a colon what the input holds. */
  name: string
  /** What a size counts. */
  unit: 'characters' | 'items'
  /** The smallest size to measure; it is doubled five times. Left out: 12,500 characters or 500 items. */
  from?: number
  /** Makes an input of about a size; its time does not count. */
  of(size: number): T | Promise<T>
  /** @returns how much was found: never 0, or the series would tell nothing. */
  run(input: T): number | Promise<number>
  /** Why the time grows faster here, where doccheck cannot help it: it is shown, and no failure. */
  excuse?: string
}

/** A series as a list of all kinds takes it. */
export const series = <T>(own: Series<T>): Series => own as Series

/** A text repeated to about a length. */
export const repeated = (text: string, length: number): string =>
  text.repeat(Math.max(1, Math.ceil(length / text.length)))

/** Numbers from 0 on, each as a text, joined. */
export const counted = (count: number, text: (at: number) => string): string =>
  Array.from({length: count}, (_, at) => text(at)).join('')

const PLAIN: Syntax = {}

/** How much a page holds that was found on it. */
export const factsOf = (page: Page): number =>
  page.lines.length +
  page.headings.length +
  page.ids.length +
  page.definitions.length +
  page.references.length +
  page.links.length +
  page.opaqueContent.length

/** A series that reads one page. */
export const reading = (
  name: string,
  text: (size: number) => string,
  more: Partial<Syntax> & {from?: number; excuse?: string} = {},
): Series => {
  const {from, excuse, ...syntax} = more
  return series<string>({
    name,
    unit: 'characters',
    ...(from !== undefined && {from}),
    ...(excuse !== undefined && {excuse}),
    of: text,
    run: async (source) => factsOf(await readPage('page.md', source, {...PLAIN, ...syntax})),
  })
}

/** A tree in memory. */
export function treeOf(files: Record<string, string>): Tree {
  const folders = new Set([''])
  for (const file of Object.keys(files))
    for (let at = file.indexOf('/'); at >= 0; at = file.indexOf('/', at + 1)) folders.add(file.slice(0, at))
  return {
    root: '/tree',
    files: new Set(Object.keys(files)),
    folders,
    beyond: () => undefined,
    onDisk: false,
    read: async (path) => files[path]!,
    whole: async (path) => files[path]!,
  }
}

/** A tree in memory with its pages read, so that no time that is measured is the parser's. */
export interface Prepared {
  tree: Tree
  pages: readonly string[]
  known: ReadonlyMap<string, KnownPage>
  rules: readonly ActiveRule[]
}

/**
 * Read a tree for all rules that ask no server, or for one.
 *
 * @param pages What is to be checked.
 */
export async function prepare(
  files: Record<string, string>,
  pages: readonly string[] = Object.keys(files).filter((path) => path.endsWith('.md')),
  name?: string,
  options: object = {},
): Promise<Prepared> {
  const tree = treeOf(files)
  const rules = [...builtIn.values()]
    .filter((rule) => (name === undefined ? rule.needs !== 'remote' : rule.name === name))
    .map((rule): ActiveRule => ({rule, severity: 'error', options: {...rule.options, ...options}}))
  const sites = await sitesOf(tree, {})
  const known = new Map<string, KnownPage>()
  for (const path of tree.files) {
    if (!isMarkdownFile(path)) continue
    const syntax = {
      ...sites.of(path).syntax,
      mdx: path.endsWith('.mdx'),
      places: rules.some((active) => active.rule.needsPlaces?.(active.options)),
    }
    known.set(path, {page: await readPage(path, files[path]!, syntax), syntax})
  }
  return {tree, pages, known, rules}
}

/** Check a tree in memory; every address elsewhere is dead. */
export const checkTree = ({tree, pages, known, rules}: Prepared): Promise<CheckResult> =>
  check({
    tree,
    files: pages,
    known,
    rulesFor: () => rules,
    probe: async () => ({fact: () => ({verdict: {state: 'dead', reason: 'is not there'}})}),
  })

/** A series that checks a tree in memory with one rule. */
export const checking = (
  rule: string,
  what: string,
  files: (size: number) => Record<string, string>,
  more: Partial<Pick<Series, 'unit' | 'from' | 'excuse'>> & {
    pages?: readonly string[]
    options?: object
  } = {},
): Series => {
  const {pages, options, ...own} = more
  return series<Prepared>({
    name: `rule ${rule}: ${what}`,
    unit: 'items',
    ...own,
    of: (size) => prepare(files(size), pages, rule, options),
    run: async (input) => {
      const {pages: results} = await checkTree(input)
      return results.reduce((sum, {findings}) => sum + findings.length, results.length)
    },
  })
}

/** A series that makes a site of a tree in memory and gives the headings of its pages their ids. */
export const slugging = (
  platform: string,
  what: string,
  files: (size: number) => Record<string, string>,
  more: Partial<Pick<Series, 'unit' | 'from' | 'excuse'>> = {},
): Series =>
  series<{sites: Sites; pages: Page[]}>({
    name: `slugger ${platform}: ${what}`,
    unit: 'items',
    ...more,
    of: async (size) => {
      const tree = treeOf(files(size))
      const pages = new Map<string, Page>()
      const isPage = (path: string) => /\.mdx?$/.test(path)
      const described = await describeSites({tree, isPage})
      for (const path of tree.files)
        if (isPage(path)) {
          const syntax = {...described.of(path).syntax, mdx: path.endsWith('.mdx')}
          pages.set(path, await readPage(path, await tree.read(path), syntax))
        }
      return {sites: described.publish({page: (path) => pages.get(path)}), pages: [...pages.values()]}
    },
    run: ({sites, pages}) =>
      // Some platforms give no id to some headings: they were asked all the same.
      pages.reduce(
        (sum, page) => sum + page.headings.length + sites.of(page.path).anchorsOf(page).ids.size,
        0,
      ),
  })
