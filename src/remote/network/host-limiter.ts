import pLimit, {type LimitFunction} from 'p-limit'
import {sleep} from '../duration.ts'

/** The limits for requests. */
export interface HostLimits {
  /** Concurrent requests in all. */
  concurrency: number
  /** Concurrent requests to the host of a URL. */
  perHost(url: URL): number
  /** The time between two requests to the host of a URL. */
  delayMs(url: URL): number
  signal: AbortSignal
  /** The clock; by default that of the process. */
  clock?: Clock
}

/** A source of time, passed in so that tests have their own. */
export interface Clock {
  /** Milliseconds since an arbitrary moment; monotonic. */
  now(): number
  /** Wait, or until the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

const PROCESS_CLOCK: Clock = {now: () => performance.now(), sleep}

/** The number of consecutive pauses after which a host is given up. */
const MAX_PAUSES = 5

interface HostState {
  limit: LimitFunction
  /** The earliest start of the next request, in milliseconds of the clock. */
  nextStart: number
  pauses: number
}

/**
 * Limits the concurrent requests in all and to each host, and keeps a delay between requests to a host. A host that asks
 * for fewer requests gets none for a while, and after several such responses in a row none at all.
 */
export class HostLimiter {
  readonly #settings: HostLimits
  readonly #clock: Clock
  readonly #all: LimitFunction
  readonly #hosts = new Map<string, HostState>()

  constructor(settings: HostLimits) {
    this.#settings = settings
    this.#clock = settings.clock ?? PROCESS_CLOCK
    this.#all = pLimit(settings.concurrency)
  }

  /**
   * Send a request when the limits of its host allow it.
   *
   * @returns whether it was sent: not if the host was given up, nor after the signal
   */
  run(url: URL, work: () => Promise<void>): Promise<boolean> {
    const host = this.#host(url)
    const {signal, delayMs} = this.#settings
    const delay = delayMs(url)
    return host.limit(async () => {
      for (let wait = this.#waitFor(host); wait > 0 && !signal.aborted; wait = this.#waitFor(host))
        await this.#clock.sleep(wait, signal)
      if (delay > 0) host.nextStart = this.#clock.now() + delay
      if (signal.aborted || this.isClosed(url)) return false
      await this.#all(() => (signal.aborted ? undefined : work()))
      return !signal.aborted
    })
  }

  #waitFor(host: HostState): number {
    return Math.ceil(host.nextStart - this.#clock.now())
  }

  /** Send a host no requests for a while. */
  pause(url: URL, milliseconds: number): void {
    const host = this.#host(url)
    // Responses to requests that were sent before the pause do not count again.
    if (this.#waitFor(host) > 0) return
    host.pauses++
    host.nextStart = this.#clock.now() + milliseconds
  }

  /** A host that responds again gets requests again. */
  resume(url: URL): void {
    this.#host(url).pauses = 0
  }

  /** Was a host given up, since it kept asking for fewer requests? */
  isClosed(url: URL): boolean {
    return this.#host(url).pauses >= MAX_PAUSES
  }

  #host(url: URL): HostState {
    let host = this.#hosts.get(url.host)
    if (!host) {
      host = {limit: pLimit(this.#settings.perHost(url)), nextStart: 0, pauses: 0}
      this.#hosts.set(url.host, host)
    }
    return host
  }
}
