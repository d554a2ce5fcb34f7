import robotsParser from 'robots-parser'

interface Rules {
  isAllowed(url: string, userAgent: string): boolean | undefined
  getCrawlDelay(userAgent: string): number | undefined
}

// Its types declare a default export that the CommonJS module lacks.
const parse = robotsParser as unknown as (url: string, text: string) => Rules

/** The number of bytes of a robots.txt that are read (RFC 9309, 2.5). */
const MAX_BYTES = 500 * 1024

/** The rules of hosts for crawlers (RFC 9309). A host whose robots.txt cannot be read has none. */
export class Robots {
  readonly #userAgent: string
  readonly #timeoutMs: number
  readonly #rules = new Map<string, Rules>()

  constructor(userAgent: string, timeoutMs: number) {
    this.#userAgent = userAgent
    this.#timeoutMs = timeoutMs
  }

  /**
   * Read the robots.txt of each host.
   *
   * @param limit Sends the request when the limits of the host allow it.
   */
  async read(
    hrefs: readonly string[],
    limit: (url: URL, work: () => Promise<void>) => Promise<unknown>,
  ): Promise<void> {
    const origins = new Set(hrefs.map((href) => new URL(href).origin))
    await Promise.all([...origins].map((origin) => limit(new URL(origin), () => this.#read(origin))))
  }

  async #read(origin: string): Promise<void> {
    const url = `${origin}/robots.txt`
    try {
      const {status, body} = await fetch(url, {
        headers: {'User-Agent': this.#userAgent},
        signal: AbortSignal.timeout(this.#timeoutMs),
      })
      const chunks: Uint8Array[] = []
      let size = 0
      for await (const chunk of body ?? []) {
        chunks.push(chunk)
        if ((size += chunk.length) > MAX_BYTES) break
      }
      if (status === 200) this.#rules.set(origin, parse(url, Buffer.concat(chunks).toString('utf8')))
    } catch {
      // An error of the host recurs when its URLs are requested.
    }
  }

  /** May a URL be requested? */
  allows(href: string): boolean {
    return this.#rules.get(new URL(href).origin)?.isAllowed(href, this.#userAgent) ?? true
  }

  /** The crawl delay of a host, in milliseconds. */
  delayMs({origin}: URL): number {
    return (this.#rules.get(origin)?.getCrawlDelay(this.#userAgent) ?? 0) * 1000
  }
}
