import type {Sort} from '../report/sort.ts'
import type {RunOptions} from '../run/types.ts'
import type {InitFlags} from './init/options.ts'
import type {SitesFlags} from './options.ts'

/** The environment of a run, passed in so that tests can replace it. */
export interface Io {
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  /** Read standard input to its end; it may not be text. */
  input(): Promise<Uint8Array>
  /** Standard error is a terminal, which can show progress. */
  errIsTerminal: boolean
  outIsTerminal: boolean
  /** The width of the terminal on standard output; absent for anything else. */
  readonly columns?: number | undefined
  /** Call a function when the user presses Ctrl-C, instead of exiting. @returns removes the handler */
  onInterrupt(stop: () => void): () => void
}

/** The options of the command line: those of a run, and how it is reported. */
export interface Flags extends RunOptions {
  shard?: string
  paths?: string[]
  reporter?: string[]
  outputFile?: string
  sort?: Sort
  sourceUrl?: string
  maxWarnings?: number
  maxUnknown?: number
  exitZero?: boolean
  watch?: boolean
  color?: boolean
}

/** A parsed command line. */
export interface Arguments {
  flags: Flags & InitFlags & SitesFlags & {help?: boolean; version?: boolean}
  /** The command; absent for a check. */
  command?: string
  /** The arguments before `--` that are neither options nor the command. */
  positionals: string[]
  /** The arguments after `--`. */
  separated: string[]
  /** The help text, without a trailing line break; absent unless `flags` ask for it. */
  help?: string
}
