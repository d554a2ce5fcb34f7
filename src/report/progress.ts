import {safe} from '../text/safe.ts'

/** A line on a terminal with the progress of a long run. */
export interface ProgressLine {
  /** Show the number of pages that are done. */
  pages(done: number, total: number): void
  /** Show the number of remote URLs that are done, and the host of the latest request. */
  remote(progress: {done: number; total: number; host: string}): void
  /** Remove the line. */
  done(): void
}

/** The stream that the line is written to. */
export interface Terminal {
  err(text: string): void
  errIsTerminal: boolean
}

/** A short run shows no progress, and updates are limited to what people can read. */
const DELAY_MS = 700
const INTERVAL_MS = 80
const MAX_HOST_LENGTH = 40

/** Create the progress line; it prints nothing unless standard error is a terminal. */
export function progressLine(io: Terminal, now: () => number = () => performance.now()): ProgressLine {
  const started = now()
  let requestsStarted: number | undefined
  let shown = 0
  const show = (text: () => string) => {
    const at = now()
    if (!io.errIsTerminal || at - started < DELAY_MS || at - shown < INTERVAL_MS) return
    shown = at
    io.err(`\r\x1b[2K${text()}`)
  }
  return {
    pages: (done, total) => show(() => `checking ${done}/${total}`),
    remote: ({done, total, host}) => {
      requestsStarted ??= now()
      const left = done > 0 ? ((now() - requestsStarted) / done) * (total - done) : undefined
      show(
        () =>
          `requesting ${done}/${total}  ${shorten(safe(host))}${left === undefined ? '' : `  ${formatTime(left)} left`}`,
      )
    },
    done: () => {
      if (shown > 0) io.err('\r\x1b[2K')
    },
  }
}

const shorten = (host: string) =>
  host.length > MAX_HOST_LENGTH ? `…${host.slice(1 - MAX_HOST_LENGTH)}` : host

/** `42 s` or `3 min 5 s` */
function formatTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
