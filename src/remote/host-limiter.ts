import pLimit, {type LimitFunction} from 'p-limit'
import {sleep} from './duration.ts'

/** How hosts are to be spared. */
export interface HostLimits {
  concurrency: number
  perHost(url: URL): number
  delayMs(url: URL): number
  signal: AbortSignal
  /** The time by which hosts are spared; left out, that of the process. */
  clock?: Clock
}

/** A source of time, passed in so that tests have their own. */
export interface Clock {
  /** Milliseconds since any moment, never going back. */
  now(): number
  /** Wait for so many milliseconds, or until the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

const PROCESS_CLOCK: Clock = {now: () => performance.now(), sleep}

/** So often in a row a host may ask to be left alone before it is. */
const PAUSES = 5

interface HostState {
  limit: LimitFunction
  /** When the next request may start, in milliseconds of the clock. */
  next: number
  pauses: number
}

/**
 * At most so many requests at once in all, and so many to each host, some time apart where that is wished. A host that
 * asks for fewer requests gets none for a while, and after some such wishes in a row none at all.
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
   * Do something when the host of a URL has a place for it.
   *
   * @returns whether it was done: not when the host wants no more, nor when all is over.
   */
  run(url: URL, work: () => Promise<void>): Promise<boolean> {
    const host = this.#host(url)
    const {signal, delayMs} = this.#settings
    const delay = delayMs(url)
    return host.limit(async () => {
      for (let wait = this.#waitFor(host); wait > 0 && !signal.aborted; wait = this.#waitFor(host))
        await this.#clock.sleep(wait, signal)
      if (delay > 0) host.next = this.#clock.now() + delay
      if (signal.aborted || this.isClosed(url)) return false
      await this.#all(() => (signal.aborted ? undefined : work()))
      return !signal.aborted
    })
  }

  #waitFor(host: HostState): number {
    return Math.ceil(host.next - this.#clock.now())
  }

  /** Leave a host alone for a while. */
  pause(url: URL, milliseconds: number): void {
    const host = this.#host(url)
    // What was under way when the host first said so is no further wish.
    if (this.#waitFor(host) > 0) return
    host.pauses++
    host.next = this.#clock.now() + milliseconds
  }

  /** A host that answers again wants requests again. */
  resume(url: URL): void {
    this.#host(url).pauses = 0
  }

  /** Has a host said often enough that it wants fewer requests? */
  isClosed(url: URL): boolean {
    return this.#host(url).pauses >= PAUSES
  }

  #host(url: URL): HostState {
    let host = this.#hosts.get(url.host)
    if (!host) {
      host = {limit: pLimit(this.#settings.perHost(url)), next: 0, pauses: 0}
      this.#hosts.set(url.host, host)
    }
    return host
  }
}
