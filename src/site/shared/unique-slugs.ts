/**
 * Makes the ids of a page unique: a slug that is taken gets a hyphen and the first free number. The slugs `a`, `a-1`,
 * `a`, `a` become `a`, `a-1`, `a-2`, `a-3`.
 */
export class UniqueSlugs {
  readonly #used = new Set<string>()
  /** The next number to try, by slug without number: all lower ones are taken. */
  readonly #next = new Map<string, number>()
  readonly #first: number

  /** @param first The number of the second heading with a slug. */
  constructor(first = 1) {
    this.#first = first
  }

  /** Reserve an id that the author wrote. */
  reserve(id: string): void {
    this.#used.add(id)
  }

  /** Take the slug, or its first free numbered form. */
  give(slug: string): string {
    let id = slug
    if (this.#used.has(slug)) {
      let number = this.#next.get(slug) ?? this.#first
      while (this.#used.has(`${slug}-${number}`)) number++
      this.#next.set(slug, number + 1)
      id = `${slug}-${number}`
    }
    this.#used.add(id)
    return id
  }
}

/**
 * Numbers equal slugs without regard to others, so ids may still collide. The slugs `a`, `a-1`, `a`, `a` become `a`,
 * `a-1`, `a-1`, `a-2`.
 */
export class CountedSlugs {
  readonly #times = new Map<string, number>()

  /** The slug the first time, `slug-1` the second time. */
  give(slug: string): string {
    const times = this.#times.get(slug) ?? 0
    this.#times.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  }
}

/** Makes ids unique by incrementing the number at their end: `a`, `a`, `a_1` become `a`, `a_1`, `a_2`. */
export class NumberedIds {
  readonly #used: Set<string>
  /** The id that was given instead of one that was taken. */
  readonly #later = new Map<string, string>()

  constructor(used: Iterable<string>) {
    this.#used = new Set(used)
  }

  /** The slug if it is free and not empty, else its first free numbered form. */
  give(slug: string): string {
    let id = slug
    const passed: string[] = []
    while (id === '' || this.#used.has(id)) {
      passed.push(id)
      id = this.#later.get(id) ?? countedOn(id)
    }
    for (const each of passed) this.#later.set(each, id)
    this.#used.add(id)
    return id
  }
}

/** `a_1` → `a_2`, `a` → `a_1`. */
function countedOn(id: string): string {
  const numbered = /^(.*)_(\d+)$/.exec(id)
  return numbered ? `${numbered[1]}_${BigInt(numbered[2]!) + 1n}` : `${id}_1`
}
