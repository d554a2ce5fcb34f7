import type {PlatformName} from '../site/registry.ts'

// What only some runs need (reporters, docs, the network) is imported where it is used: the start stays short.

/** The world a run happens in, passed in so that tests have their own. */
export interface Io {
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  /** All of standard input, which may be no text. */
  input(): Promise<Uint8Array>
  /** Standard error is a terminal, for the progress line. */
  errIsTerminal: boolean
  outIsTerminal: boolean
  /** Have something done when the user presses Ctrl-C, instead of ending at once. @returns what takes that back */
  onInterrupt(stop: () => void): () => void
}

// What only some runs need (reporters, docs, the network) is imported where it is used: the start stays short.

/** What the command line's options say. */
export interface Flags {
  paths?: string[]
  config?: string | false
  configCode?: boolean
  configFrom?: string
  allowEnv?: string[]
  rule?: string[]
  site?: PlatformName
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
  baseline?: string
  watch?: boolean
  staged?: boolean
  since?: string
  stdin?: boolean
  stdinFilename?: string
  color?: boolean
}
