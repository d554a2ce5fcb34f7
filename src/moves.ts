import type {Resolution, Site, SiteLink} from './site/site.ts'

/** Finds what links mean that were written before files moved: their targets, or the pages that they are on. */
export class Moves {
  readonly #today: ReadonlyMap<string, string>
  readonly #former = new Map<string, string[]>()

  /** @param today Where files are today, by where they were. */
  constructor(today: ReadonlyMap<string, string>) {
    this.#today = today
    for (const [former, now] of today) this.#former.set(now, [...(this.#former.get(now) ?? []), former])
  }

  /**
   * Look a missing target up among the files that moved: by where it was, seen from where the page is, or from where
   * the page was. What git saw is proof, unless the page's former places lead to several files.
   */
  follow(found: Resolution, link: SiteLink, from: string, site: Site): Resolution {
    if (found.to !== 'missing' || !['file', 'leaves'].includes(found.why)) return found
    const near = this.#today.get(found.path) ?? this.#fromFormer(link, from, site)
    return near === undefined ? found : {...found, near, proof: 'renamed'}
  }

  #fromFormer(link: SiteLink, from: string, site: Site): string | undefined {
    const targets = new Set<string>()
    for (const former of this.#former.get(from) ?? []) {
      const found = site.resolve(link, former)
      if (found.to === 'page' || found.to === 'file') targets.add(found.path)
      else if (found.to === 'missing' && this.#today.has(found.path))
        targets.add(this.#today.get(found.path)!)
    }
    return targets.size === 1 ? [...targets][0] : undefined
  }
}
