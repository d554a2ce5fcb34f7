import type {Config, RuleSetting} from '../config/schema.ts'
import type {Shard} from '../engine/types.ts'

/** The environment of a run, passed in: a run itself neither prints nor handles signals. */
export interface World {
  /** An absolute path. */
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  /** Take a warning for the user, which may quote text of strangers. */
  warn(message: string): void
  /** Read the text of a file that is not on disk, as of standard input, to its end; it may not be text. */
  input(): Promise<Uint8Array>
  /** The program around the run makes requests of its own, which the restricted network must not affect. */
  hasOwnRequests?: boolean
  /** Call a function when the user wants the requests to end. @returns removes the handler */
  onInterrupt(stop: () => void): () => void
}

/** Takes the progress of a run. */
export interface Progress {
  /** The number of pages that are done. */
  pages(done: number, total: number): void
  /** The number of remote URLs that are done, and the host of the latest request. */
  remote(progress: {done: number; total: number; host: string}): void
}

/** The options of a run, named like those of the command line. */
export interface RunOptions {
  /** A path, `false` for none, or the configuration itself. */
  config?: string | false | Config
  configCode?: boolean
  configFrom?: string
  allowEnv?: string[]
  /** Settings as on the command line: `name: severity`. */
  rule?: string[]
  rules?: Record<string, RuleSetting>
  site?: string
  /** Lines of `.gitignore`, from the working directory. */
  ignorePattern?: string[]
  testData?: boolean
  offline?: boolean
  fix?: boolean
  unsafe?: boolean
  /** The rules whose problems are fixed; all by default. */
  fixRule?: string[]
  diff?: boolean
  localizeImages?: boolean
  cache?: boolean
  cacheLocation?: string
  quiet?: boolean
  baseline?: string
  /** The part of the run to report, of several. */
  part?: Shard
  staged?: boolean
  since?: string
  fetch?: boolean
  stdin?: boolean
  stdinFilename?: string
}
