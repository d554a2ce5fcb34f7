import type {Pluggable} from 'unified'
import type {RemoteConfig} from '../remote/schema.ts'
import type {Rule} from '../rule/types.ts'
import type {PlatformName} from '../site/registry.ts'
import type {RuleSetting} from './schema.ts'

/** All configurations of a run, merged and checked. */
export interface Settings {
  /** The folder that globs are relative to. */
  folder: string
  /** Where it was read from, nearest first; empty without a file. */
  files: string[]
  ignore: string[]
  platform?: PlatformName
  plugins: [plugin: string | Pluggable, options?: unknown][]
  unusedDisables?: 'warn' | 'error'
  /** An absolute path. */
  baseline?: string
  /** The baseline as it is in the commit that the configuration was read from. */
  committed?: {name: string; text: string | undefined}
  remote: RemoteConfig
  layers: Layer[]
  /** All rules by name, those of plugins included. */
  known: Map<string, Rule>
}

/** Severities and options for the files that match some globs; for all files without globs. */
export interface Layer {
  globs?: string[]
  rules: Record<string, RuleSetting>
}

/** Where to look for a configuration. */
export interface ConfigSource {
  /** The folder to look from, upwards. */
  from: string
  /** Look no higher than this folder, the root of the tree. */
  stop: string
  /** A file that must exist, instead of a search. */
  file?: string
  /** Take none at all. */
  none?: boolean
  /** Settings from the command line, which win over all others. */
  rules?: Record<string, RuleSetting>
  /** The option that forbids programs, for messages. */
  noCode?: string
  /** Read it from a commit, not from disk. */
  commit?: ConfigCommit
}

/** A commit that a configuration is read from. */
export interface ConfigCommit {
  /** As the user named it. */
  ref: string
  /** The text of a file, by its path from the root; nothing where there is none. @throws {@link UnreadableError} */
  read(file: string): Promise<string | undefined>
}

/** The content of a configuration, and where it was read from. */
export interface FoundConfig {
  config: unknown
  /** An absolute path; of a file that was read from a commit, the one it has in the folder. */
  file: string
  /** Its name in messages. */
  name: string
  /** The folder that it may name files of, besides the tree; left out, it may name any. */
  limit: string | undefined
}

/** Where configurations are read from, and the files that they name. */
export interface ConfigFiles {
  find(): Promise<FoundConfig | undefined>
  /** Find and read what a configuration extends. */
  extended(name: string, by: FoundConfig): Promise<FoundConfig>
  /**
   * The text of a file that a configuration names.
   *
   * @param what The key that names it.
   * @returns nothing where there is no such file.
   * @throws {@link UserError} for one that it may not name, or that is not text
   */
  text(file: string, by: FoundConfig, what: string): Promise<string | undefined>
  /** The name of a file in messages. */
  nameOf(file: string): string
}
