import {Lookup} from '../site/shared/lookup.ts'
import type {Resolution, WrittenLink} from '../site/types.ts'
import {isAbove, joinPath} from '../text/paths.ts'
import {encodePath} from '../text/urls.ts'
import {type Refs, readRefs} from '../tree/refs.ts'
import type {Tree} from '../tree/tree.ts'
import {GuessedBranches, pathOnDefaultBranch} from './guessed-branches.ts'
import {lastLineOf} from './lines.ts'
import {ownRemotes, statedBeside} from './own-remotes.ts'
import {Readmes} from './readmes.ts'
import {mayBeOfRepository, parseRepositoryUrl, type RepositoryUrl} from './repository-url.ts'
import {type Standing, Standings} from './standing.ts'
import {Versions} from './versions.ts'

/** The tree whose repository is looked for. */
export interface RepositoryContext {
  tree: Tree
  /** Does doccheck read the file as Markdown? */
  isPage(path: string): boolean
  /** The name of the host that is detected or assumed: `github` or `gitlab`. */
  host: string
  /** The branch that the pull request which is checked out is for. */
  base: string | undefined
}

/**
 * Resolves the URLs by which the host of a repository shows its files: those of the commit that is checked out by the
 * tree, those of other commits by Git.
 */
export class OwnRepository {
  readonly #ctx: RepositoryContext
  readonly #lookup: Lookup
  readonly #standings: Standings | undefined
  readonly #versions: Versions
  readonly #guessed = new GuessedBranches()
  readonly #own: ReadonlySet<string>
  #readmes: Readmes | undefined

  private constructor(ctx: RepositoryContext, {refs, remotes, own}: Names) {
    this.#ctx = ctx
    this.#lookup = new Lookup(ctx.tree)
    this.#standings = refs && new Standings(refs, remotes, ctx.base)
    this.#own = own
    this.#versions = new Versions(ctx.tree)
  }

  /**
   * Look up which repository a tree is a clone of, and what the URLs on its pages need.
   *
   * @returns undefined if no URL can be one of the repository
   */
  static async find(ctx: RepositoryContext, urls: Iterable<string>): Promise<OwnRepository | undefined> {
    const parsed = [...new Set(urls)].flatMap((url) => parseRepositoryUrl(url) ?? [])
    if (parsed.length === 0) return
    const repository = new OwnRepository(ctx, await namesOf(ctx.tree, parsed))
    await repository.#prepare(parsed)
    return repository
  }

  async #prepare(urls: readonly RepositoryUrl[]): Promise<void> {
    const standings: Standing[] = []
    const withLines: Standing[] = []
    for (const url of urls) {
      const standing = this.#standingOf(url)
      const path = standing ? undefined : pathOnDefaultBranch(url)
      if (path !== undefined) this.#guessed.add(url, path, this.#isInTree(path))
      if (standing) (namesLine(url) ? withLines : standings).push(standing)
    }
    await this.#versions.list([...standings, ...withLines])
    await this.#versions.countLines(withLines)
  }

  /**
   * Resolve a URL of a file in the repository.
   *
   * @returns undefined for any other URL, and if neither the tree nor Git tells
   */
  resolve(url: string): Resolution | undefined {
    const parsed = mayBeOfRepository(url) ? parseRepositoryUrl(url) : undefined
    if (!parsed) return
    const standing = this.#standingOf(parsed)
    if (!standing) return this.#resolveGuessed(parsed)
    return isAbove(standing.path) ? undefined : this.#resolveIn(standing, parsed)
  }

  /**
   * Write the URL of a file in the form of another one: like `https://github.com/owner/name/blob/main/instal.md#use`, it
   * is `https://github.com/owner/name/blob/main/install.md#use`.
   *
   * @returns undefined if that is no URL of the repository
   */
  write(to: string, like: string): WrittenLink | undefined {
    const parsed = parseRepositoryUrl(like)
    const path = parsed && (this.#standingOf(parsed)?.path ?? pathOnDefaultBranch(parsed))
    if (!parsed || path === undefined || path === '') return
    const ref = parsed.place.slice(0, parsed.place.length - path.length)
    const url = parsed.start + encodePath(ref + to) + parsed.end
    return {url, leadsThere: this.#isInTree(to)}
  }

  #standingOf({name, view, place}: RepositoryUrl): Standing | undefined {
    const standing = this.#standings?.of(name, view === 'home' ? 'HEAD' : place)
    return standing && {...standing, path: joinPath('', standing.path)}
  }

  #isInTree(path: string): boolean {
    return this.#lookup.isFile(path) || this.#lookup.isFolder(path)
  }

  #resolveIn(standing: Standing, url: RepositoryUrl): Resolution | undefined {
    const {path, ref, isCheckedOut} = standing
    const isInCommit = this.#versions.isInCommit(standing)
    if (namesLine(url) && (isInCommit || (isCheckedOut && this.#lookup.isFile(path))))
      return this.#resolveLine(standing, url)
    if (isCheckedOut && this.#isInTree(path)) return this.#found(standing, url)
    // A file that only another branch has may be linked on purpose.
    if (isInCommit) return {to: 'outside', why: `a file of ${ref}, as Git has it`}
    if (standing.commit !== undefined && isInCommit === undefined) return
    if (!isCheckedOut) return {to: 'missing', path: `${ref}:${path}`, why: 'file'}
    const missing = this.#lookup.missing(path)
    return missing.to === 'missing' ? missing : undefined
  }

  #resolveLine(standing: Standing, {fragment}: RepositoryUrl): Resolution {
    const lines = this.#versions.linesOf(standing)
    const {path, isCheckedOut, ref} = standing
    const found = {to: 'file', path: isCheckedOut ? path : `${ref}:${path}`, fragment: fragment!} as const
    // Some hosts show an empty line after the last one.
    return lines !== undefined && lastLineOf(fragment!)! > lines + 1 ? {...found, lines} : found
  }

  /** A file or folder of the tree, as the host shows it. */
  #found({path, commit}: Standing, url: RepositoryUrl): Resolution {
    const {tree, isPage} = this.#ctx
    this.#readmes ??= new Readmes(tree.files)
    const isFile = this.#lookup.isFile(path)
    // Another version of the page may have other headings.
    if (commit !== undefined || !this.#isRendered(url))
      return {to: isFile && isPage(path) ? 'page' : 'file', path}
    const shown = isFile ? path : this.#readmes.in(path)
    // Hosts show MDX and other kinds of Markdown as code.
    return shown !== undefined && isPage(shown) && /\.(?:md|markdown)$/i.test(shown)
      ? {to: 'page', path: shown, fragment: url.fragment!, published: 'on-host'}
      : {to: 'file', path}
  }

  /** Does a URL lead to a heading of a file that is shown as a page? Only the ids of some hosts are known. */
  #isRendered({name, view, end, fragment}: RepositoryUrl): boolean {
    if (fragment === undefined || view === 'raw' || view === 'edit' || view === 'blame') return false
    if (end.startsWith('?') && !/^\?(?:tab=readme-ov-file|ref_type=heads)#/.test(end)) return false
    return name.startsWith('github.com/') || (this.#ctx.host === 'gitlab' && name.startsWith('gitlab.'))
  }

  /** A URL of a repository that only other URLs show to be this one. */
  #resolveGuessed(url: RepositoryUrl): Resolution | undefined {
    const path = joinPath('', pathOnDefaultBranch(url) ?? '')
    if (path === '' || isAbove(path) || this.#isInTree(path)) return
    const likely = this.#guessed.reasonFor(url, this.#own.has(url.name))
    if (likely === undefined) return
    const missing = this.#lookup.missing(path)
    return missing.to === 'missing' ? {...missing, likely} : undefined
  }
}

/** What Git and the tree say about the repository that the tree is. */
interface Names {
  refs: Refs | undefined
  /** The remotes of the repositories that the tree is a clone of. */
  remotes: ReadonlyMap<string, string>
  /** These, and those that the tree says it is, perhaps as the template that it was made from did. */
  own: ReadonlySet<string>
}

async function namesOf(tree: Tree, urls: readonly RepositoryUrl[]): Promise<Names> {
  const refs = await readRefs(tree.root)
  const remotes = refs ? ownRemotes(refs) : new Map<string, string>()
  const stated = await statedBeside(
    [...remotes.keys()],
    urls.map(({name}) => name),
    tree,
  )
  return {refs, remotes, own: new Set([...remotes.keys(), ...stated])}
}

const namesLine = ({fragment}: RepositoryUrl): boolean =>
  fragment !== undefined && lastLineOf(fragment) !== undefined
