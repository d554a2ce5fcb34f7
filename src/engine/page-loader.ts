import type {Root} from 'mdast'
import type {VFileMessage} from 'vfile-message'
import {PluginError} from '../errors/errors.ts'
import type {RunErrors} from '../errors/run-errors.ts'
import type {Syntax} from '../page/syntax.ts'
import type {Page} from '../page/types.ts'
import type {Site} from '../site/types.ts'
import type {PageReader} from './pool.ts'
import {type Job, whyUnreadable} from './read-texts.ts'
import type {CheckInput, KnownPage, Outcome, PageResult, RunPlugins} from './types.ts'

/** The outcome of reading a page, with the messages of plugins that ran on it. */
interface LoadedPage extends Outcome {
  pluginMessages?: VFileMessage[]
}

/** The syntax of each page, which its site determines. */
interface SyntaxOfSites {
  of(path: string): Pick<Site, 'syntax'>
}

/** Reads the pages of a run, each at most once: from disk, from another kind of tree, or from an earlier run. */
export class PageLoader {
  /** The facts of every page that could be read, by path. */
  readonly pages = new Map<string, Page>()
  /** Every page that was read or could not be, by path. */
  readonly read = new Map<string, KnownPage>()
  readonly #input: CheckInput
  readonly #reader: PageReader
  readonly #errors: RunErrors

  constructor(input: CheckInput, reader: PageReader, errors: RunErrors) {
    this.#input = input
    this.#reader = reader
    this.#errors = errors
  }

  /** Read the pages to report on, and run the plugins on them. */
  async loadReported(files: readonly string[], sites: SyntaxOfSites): Promise<PageResult[]> {
    const {plugins, progress} = this.#input
    const loaded = await this.#load(this.#jobs(files, sites), plugins, (done) =>
      progress?.(done, files.length),
    )
    return loaded.map(({page, text, unreadable, pluginMessages = []}, index) => ({
      path: files[index]!,
      findings: [],
      pluginMessages,
      ...(page && {page}),
      ...(text !== undefined && {text}),
      ...(unreadable !== undefined && {unreadable}),
    }))
  }

  /** Read the pages that links lead to, unless they have been read. */
  async load(paths: Iterable<string>, sites: SyntaxOfSites): Promise<void> {
    const unread = [...paths].filter((path) => !this.read.has(path))
    await this.#load(this.#jobs(unread, sites))
  }

  /** Parse another version of a page, without keeping it. */
  async parse(path: string, text: string, sites: SyntaxOfSites): Promise<Page | undefined> {
    const {page} = await this.#reader.text({path, text, syntax: this.#syntaxOf(path, sites)})
    return page
  }

  #jobs(paths: readonly string[], sites: SyntaxOfSites): Job[] {
    return paths.map((path) => ({path, syntax: this.#syntaxOf(path, sites)}))
  }

  #syntaxOf(path: string, sites: SyntaxOfSites): Syntax {
    const {syntax} = sites.of(path)
    return {
      ...syntax,
      mdx: syntax.mdx || path.endsWith('.mdx'),
      places: this.#input.rulesFor(path).some(({rule, options}) => rule.needsPlaces?.(options)),
    }
  }

  async #load(
    jobs: readonly Job[],
    plugins?: RunPlugins,
    progress: (done: number) => void = () => {},
  ): Promise<LoadedPage[]> {
    const {tree, known, signal} = this.#input
    const loaded = new Map<string, LoadedPage>()
    const onDisk: Job[] = []
    const elsewhere: Job[] = []
    for (const job of jobs) {
      const before = known?.get(job.path)
      if (before && !plugins && isSame(before.syntax, job.syntax)) loaded.set(job.path, before)
      else if (plugins) loaded.set(job.path, await this.#readAndRun(job, plugins))
      else if (tree.onDisk && !tree.unsaved?.has(job.path)) onDisk.push(job)
      else elsewhere.push(job)
      progress(loaded.size)
    }
    for (const [unread, source] of [
      [onDisk, tree.root],
      [elsewhere, tree.read],
    ] as const) {
      const done = loaded.size
      const outcomes = await this.#reader.files(unread, source, (count) => progress(done + count), signal)
      for (const [index, {path}] of unread.entries()) loaded.set(path, outcomes[index]!)
    }
    return jobs.map(({path, syntax}) => {
      const outcome = loaded.get(path)!
      this.read.set(path, {...outcome, syntax})
      if (outcome.page) this.pages.set(path, outcome.page)
      return outcome
    })
  }

  /** Read one file of any kind of tree, and run plugins on its syntax tree. */
  async #readAndRun(job: Job, plugins: RunPlugins): Promise<LoadedPage> {
    let text: string
    try {
      text = await this.#input.tree.read(job.path)
    } catch (error) {
      return {unreadable: whyUnreadable(error)}
    }
    let seen: [text: string, tree: Root] | undefined
    const outcome = await this.#reader.text({...job, text}, (_, ...given) => void (seen = given))
    if (!seen) return outcome
    const given = seen
    try {
      return {...outcome, pluginMessages: await plugins(job.path, ...given)}
    } catch (error) {
      this.#errors.add(job.path, `plugins on ${job.path}`, error, PluginError)
      return outcome
    }
  }
}

/** Do two sites read a page with the same syntax? */
const isSame = (a: Syntax, b: Syntax) => JSON.stringify(a) === JSON.stringify(b)
