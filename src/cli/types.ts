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
  /** Call a function when the user presses Ctrl-C, instead of exiting. @returns removes the handler */
  onInterrupt(stop: () => void): () => void
}

/** The options of the command line. */
export interface Flags {
  paths?: string[]
  config?: string | false
  configCode?: boolean
  configFrom?: string
  allowEnv?: string[]
  rule?: string[]
  site?: string
  testData?: boolean
  offline?: boolean
  fix?: boolean
  unsafe?: boolean
  diff?: boolean
  localizeImages?: boolean
  cache?: boolean
  cacheLocation?: string
  reporter?: string[]
  quiet?: boolean
  maxWarnings?: number
  maxUnknown?: number
  baseline?: string
  watch?: boolean
  staged?: boolean
  since?: string
  stdin?: boolean
  stdinFilename?: string
  color?: boolean
}

/** A parsed command line. */
export interface Arguments {
  flags: Flags & InitFlags & SitesFlags & {help?: boolean; version?: boolean}
  /** The arguments before `--` that are not options. */
  positionals: string[]
  /** The arguments after `--`. */
  separated: string[]
  /** The help text, without a trailing line break; absent unless `flags` ask for it. */
  help?: string
}
