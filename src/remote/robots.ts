import robotsParser from 'robots-parser'

interface Rules {
  isAllowed(url: string, userAgent: string): boolean | undefined
  getCrawlDelay(userAgent: string): number | undefined
}

// Its types speak of a default export that the CommonJS module does not have.
const parse = robotsParser as unknown as (url: string, text: string) => Rules

/** More of a robots.txt than this is not read (RFC 9309, 2.5). */
const LARGEST = 500 * 1024

/** What hosts wish of crawlers (RFC 9309), read behind a guard. A host whose wishes cannot be read has none. */
export class Robots {
  readonly #userAgent: string
  readonly #timeoutMs: number
  readonly #rules = new Map<string, Rules>()

  constructor(userAgent: string, timeoutMs: number) {
    this.#userAgent = userAgent
    this.#timeoutMs = timeoutMs
  }

  /** Read the robots.txt of every host among some URLs, each in its turn. */
  async read(
    hrefs: readonly string[],
    inTurn: (url: URL, work: () => Promise<void>) => Promise<unknown>,
  ): Promise<void> {
    const origins = new Set(hrefs.map((href) => new URL(href).origin))
    await Promise.all([...origins].map((origin) => inTurn(new URL(origin), () => this.#read(origin))))
  }

  async #read(origin: string): Promise<void> {
    const url = `${origin}/robots.txt`
    try {
      const {status, body} = await fetch(url, {
        headers: {'User-Agent': this.#userAgent},
        signal: AbortSignal.timeout(this.#timeoutMs),
      })
      const parts: Uint8Array[] = []
      let size = 0
      for await (const part of body ?? []) {
        parts.push(part)
        if ((size += part.length) > LARGEST) break
      }
      if (status === 200) this.#rules.set(origin, parse(url, Buffer.concat(parts).toString('utf8')))
    } catch {
      // Whatever is wrong with the host will show when its pages are asked for.
    }
  }

  /** May a URL be asked? */
  allows(href: string): boolean {
    return this.#rules.get(new URL(href).origin)?.isAllowed(href, this.#userAgent) ?? true
  }

  /** How long a host wishes crawlers to wait between two requests. */
  delayMs({origin}: URL): number {
    return (this.#rules.get(origin)?.getCrawlDelay(this.#userAgent) ?? 0) * 1000
  }
}
