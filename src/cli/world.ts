import type {ProgressLine} from '../report/progress.ts'
import type {World} from '../run/types.ts'
import {safe} from '../text/safe.ts'
import type {Io} from './types.ts'

/** Print a warning to standard error. */
export const printWarning = (io: Pick<Io, 'err'>, message: string): void =>
  io.err(`doccheck: ${safe(message)}\n`)

/** The environment of a run on the command line: its warnings go to standard error. */
export const worldOf = (io: Io, progress?: Pick<ProgressLine, 'done'>): World => ({
  ...io,
  warn: (message) => {
    progress?.done()
    printWarning(io, message)
  },
})
