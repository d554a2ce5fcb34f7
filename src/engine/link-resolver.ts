import type {RunErrors} from '../errors/run-errors.ts'
import type {RenamedFiles} from '../history/renamed-files.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Resolution, SiteLink} from '../site/types.ts'

/** Resolves each link once, so that all steps of a run and all rules get the same answer. */
export class LinkResolver {
  readonly #sites: Sites
  readonly #errors: RunErrors
  readonly #resolved = new Map<SiteLink, Resolution>()
  #renamedFiles: RenamedFiles | undefined

  constructor(sites: Sites, errors: RunErrors) {
    this.#sites = sites
    this.#errors = errors
  }

  /** Create the function that resolves the links of one page, given by its path. */
  resolverFor(from: string): (link: SiteLink) => Resolution {
    const resolve = this.#sites.resolverFor(from)
    return (link) => {
      let resolution = this.#resolved.get(link)
      if (!resolution) {
        resolution = this.#guarded(from, () => this.#followed(resolve(link), link, from))
        this.#resolved.set(link, resolution)
      }
      return resolution
    }
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

  #followed(resolution: Resolution, link: SiteLink, from: string): Resolution {
    return this.#renamedFiles?.follow(resolution, link, from, this.#sites.of(from)) ?? resolution
  }

  #guarded(from: string, resolve: () => Resolution): Resolution {
    try {
      return resolve()
    } catch (error) {
      this.#errors.add(from, `links on ${from}`, error)
      return {to: 'unknown', why: 'a bug in doccheck'}
    }
  }
}
