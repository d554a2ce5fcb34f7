import {safe} from '../text/safe.ts'

/** A line on a terminal that tells how far a long run is. */
export interface ProgressLine {
  /** So many pages of so many are read. */
  pages(done: number, total: number): void
  /** So many remote addresses of so many are known; `host` is asked now. */
  remote(progress: {done: number; total: number; host: string}): void
  /** Take the line away. */
  done(): void
}

/** Where the line goes. */
export interface Terminal {
  err(text: string): void
  errIsTerminal: boolean
}

/** Short runs have none, and each further line waits so long: nobody reads faster. */
const PATIENCE_MS = 700
const STEP_MS = 80
const WIDEST_HOST = 40

/** Make the line; where standard error is no terminal nothing is ever printed. */
export function progressLine(io: Terminal, now: () => number = () => performance.now()): ProgressLine {
  const started = now()
  let asking: number | undefined
  let shown = 0
  const show = (text: () => string) => {
    const at = now()
    if (!io.errIsTerminal || at - started < PATIENCE_MS || at - shown < STEP_MS) return
    shown = at
    io.err(`\r\x1b[2K${text()}`)
  }
  return {
    pages: (done, total) => show(() => `checking ${done}/${total}`),
    remote: ({done, total, host}) => {
      asking ??= now()
      const left = done > 0 ? ((now() - asking) / done) * (total - done) : undefined
      show(
        () =>
          `asking ${done}/${total}  ${shorten(safe(host))}${left === undefined ? '' : `  ${sayTime(left)} left`}`,
      )
    },
    done: () => {
      if (shown > 0) io.err('\r\x1b[2K')
    },
  }
}

const shorten = (host: string) => (host.length > WIDEST_HOST ? `…${host.slice(1 - WIDEST_HOST)}` : host)

/** Seconds, or minutes and seconds. */
function sayTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
