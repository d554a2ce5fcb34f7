import type {RunErrors} from '../errors/run-errors.ts'
import type {RenamedFiles} from '../history/renamed-files.ts'
import {namesFile} from '../page/used-links.ts'
import type {OwnRepository} from '../repository/own-repository.ts'
import {doubt} from '../site/doubts.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {MissingTarget, Resolution, SiteLink} from '../site/types.ts'
import type {Evidence} from './evidence.ts'

/** Resolves each link once, so that all steps of a run and all rules get the same answer. */
export class LinkResolver {
  readonly #sites: Sites
  readonly #errors: RunErrors
  readonly #repository: OwnRepository | undefined
  readonly #resolved = new Map<SiteLink, Resolution>()
  #renamedFiles: RenamedFiles | undefined
  readonly #judged = new Map<SiteLink, Resolution>()
  #evidence: Evidence | undefined
  #replacements: RenamedFiles | undefined
  readonly #replaced = new Map<SiteLink, Resolution>()

  /** @param repository Resolves the URLs of the repository itself, if there may be any. */
  constructor(sites: Sites, errors: RunErrors, repository?: OwnRepository) {
    this.#sites = sites
    this.#errors = errors
    this.#repository = repository
  }

  /** Create the function that resolves the links of one page, given by its path. */
  resolverFor(from: string): (link: SiteLink) => Resolution {
    const resolve = this.#sites.resolverFor(from)
    return (link) => {
      let resolution = this.#resolved.get(link)
      if (!resolution) {
        resolution = this.#guarded(from, () =>
          this.#followed(asLikely(this.#located(resolve(link)), link), link, from),
        )
        this.#resolved.set(link, resolution)
      }
      return resolution
    }
  }

  /** Create the function that resolves the links of one page, and judges those that its site misses. */
  judgeFor(from: string): (link: SiteLink) => Resolution {
    const resolve = this.resolverFor(from)
    return (link) => {
      const replaced = this.#replaced.get(link)
      if (replaced) return replaced
      const found = resolve(link)
      const evidence = this.#evidence
      const isInclude = link.kind === 'include'
      const isInDoubt =
        (isInclude || !namesFile(link)) &&
        (found.to === 'missing' || (found.to === 'unknown' && found.otherwise !== undefined))
      if (!isInDoubt || !evidence) return found
      let judged = this.#judged.get(link)
      if (!judged) {
        judged = this.#guarded(from, () =>
          isInclude ? evidence.judgeInclude(found, link, from) : evidence.judge(found, link, from),
        )
        this.#judged.set(link, judged)
      }
      return judged
    }
  }

  /** From now on, doubts are tested by the evidence of the tree. */
  consult(evidence: Evidence): void {
    this.#evidence = evidence
  }

  /** From now on, look up missing targets among the files that Git saw renamed. */
  followRenames(renamedFiles: RenamedFiles): void {
    this.#renamedFiles = renamedFiles
  }

  /** Follow renames from a link that was missing before they were known. */
  followMissing(link: SiteLink, from: string): void {
    const missing = this.#resolved.get(link)!
    this.#resolved.set(
      link,
      this.#guarded(from, () => this.#followed(missing, link, from)),
    )
  }

  /** From now on, look up targets that were judged missing among the files that Git saw renamed. */
  replaceBy(renamedFiles: RenamedFiles): void {
    this.#replacements = renamedFiles
  }

  /**
   * Look up the target of a link that was judged.
   *
   * @returns the file that it means
   */
  replaceMissing(link: SiteLink, from: string): string | undefined {
    const judged = this.judgeFor(from)(link)
    const replaced = this.#guarded(from, () => this.#replacement(judged, link, from) ?? judged)
    if (replaced === judged) return
    this.#replaced.set(link, replaced)
    return replaced.to === 'missing' ? replaced.suggestion : undefined
  }

  #replacement(judged: Resolution, link: SiteLink, from: string): MissingTarget | undefined {
    const site = this.#sites.of(from)
    const follow = (missing: MissingTarget | undefined) => {
      const found = missing && this.#replacements?.follow(missing, link, from, site)
      return found === missing ? undefined : found
    }
    // A doubt, or the evidence against it, gives way to proof.
    const doubted = judged.to === 'unknown' ? judged : this.#resolved.get(link)!
    const found = doubted.to === 'unknown' ? follow(doubted.otherwise) : undefined
    const proven =
      found && doubted.to === 'unknown' && this.#evidence?.prove(found, doubted.doubt, link, from)
    return proven || (judged.to === 'missing' ? follow(judged) : undefined)
  }

  /** A URL of the repository leads to its files. */
  #located(found: Resolution): Resolution {
    return (found.to === 'remote' && this.#repository?.resolve(found.url)) || found
  }

  #followed(resolution: Resolution, link: SiteLink, from: string): Resolution {
    const renamed = this.#renamedFiles
    if (!renamed) return resolution
    const follow = (missing: MissingTarget) => renamed.follow(missing, link, from, this.#sites.of(from))
    if (resolution.to === 'missing') return follow(resolution)
    if (resolution.to !== 'unknown' || !resolution.otherwise) return resolution
    return {...resolution, otherwise: follow(resolution.otherwise)}
  }

  #guarded(from: string, resolve: () => Resolution): Resolution {
    try {
      return resolve()
    } catch (error) {
      this.#errors.add(from, `links on ${from}`, error)
      return {to: 'unknown', doubt: doubt('bug')}
    }
  }
}

/** Make a missing target likely rather than certain if only other links show that the value is a link. */
function asLikely(found: Resolution, {likely}: SiteLink): Resolution {
  if (likely === undefined) return found
  if (found.to === 'missing') return {...found, likely}
  return found.to === 'unknown' && found.otherwise
    ? {...found, otherwise: {...found.otherwise, likely}}
    : found
}
