import type {Pluggable} from 'unified'
import type {RemoteConfig} from '../remote/schema.ts'
import type {Rule} from '../rule/types.ts'
import type {Description} from '../site/description.ts'
import type {Platform} from '../site/platform.ts'
import type {Keys} from './formats.ts'
import type {Mention} from './key-fault.ts'
import type {RuleSetting} from './schema.ts'

/** The merged and validated configurations of a run. */
export interface Settings {
  /** The folder that globs are relative to. */
  folder: string
  /** The files it was read from, nearest first; empty if there was none. */
  files: string[]
  /** Files that look like a configuration and are not read, each with the reason in one sentence. */
  warnings: string[]
  ignore: string[]
  /** When pages of test data are checked: always, only if they are named on the command line, or never. */
  testData: 'always' | 'named' | 'never'
  platform?: string
  /** The platforms that plugins define. */
  platforms: Platform[]
  /** The sites that it declares, with roots from the tree's root. */
  sites: Description[]
  plugins: [plugin: string | Pluggable, options?: unknown][]
  unusedDisables?: 'warn' | 'error'
  /** An absolute path. */
  baseline?: string
  /** The baseline in the commit that the configuration was read from. */
  committed?: {name: string; text: string | undefined}
  remote: RemoteConfig
  layers: Layer[]
  /** All rules by name, including those of plugins. */
  known: Map<string, Rule>
  /** Those of folders below, which replace these for the files there. */
  nested: Settings[]
}

/** Severities and options for the files that match some globs; without globs, for all files. */
export interface Layer {
  globs?: string[]
  rules: Record<string, RuleSetting>
}

/** The places to look for a configuration. */
export interface ConfigSource {
  /** The folder to search from, upwards. */
  from: string
  /** The topmost folder to search, the root of the tree. */
  stop: string
  /** A file that must exist; it replaces the search. */
  file?: string
  /** A configuration that a program gives; it replaces the search. */
  given?: FoundConfig
  /** Load no configuration. */
  none?: boolean
  /** Settings from the command line or a program, which override all others. */
  rules?: Record<string, RuleSetting>
  /** The option that has them, for messages. */
  rulesName?: string
  /** The option that forbids programs, for messages. */
  noCode?: string
  /** The commit to read the configuration from, instead of the disk. */
  commit?: ConfigCommit
}

/** A commit that a configuration is read from. */
export interface ConfigCommit {
  /** The name the user gave it: a branch, tag or hash. */
  ref: string
  /** The paths of its files, from the root. */
  files: readonly string[]
  /**
   * The text of a file, by its path from the root; undefined if it does not exist.
   *
   * @throws {@link UnreadableError}
   */
  read(file: string): Promise<string | undefined>
}

/** The content of a configuration, and its source. */
export interface FoundConfig {
  config: unknown
  /** An absolute path; for a file in a commit, its path in the working tree. */
  file: string
  /** Its name in messages. */
  name: string
  /** Its name with the line and column of a key, or of the nearest key around it, if they are known. */
  at(keys: Keys): Promise<string>
  /** The folder whose files it may name, besides the tree's; if absent, it may name any. */
  limit: string | undefined
}

/** A source of configurations and the files they name. */
export interface ConfigFiles {
  /** @param warn Called for files that look like a configuration and are not read. */
  find(warn: (what: string) => void): Promise<FoundConfig | undefined>
  /** Read one of the tree that a search does not lead to; undefined if it is empty. */
  at(file: string): Promise<FoundConfig | undefined>
  /** Find and read a configuration that another one extends. */
  extended(name: string, by: FoundConfig): Promise<FoundConfig>
  /**
   * The text of a file that a configuration names.
   *
   * @returns undefined if it does not exist
   * @throws {@link KeyFault} if the configuration may not name it, {@link UserError} if it is not text
   */
  text(file: string, by: FoundConfig, what: Mention): Promise<string | undefined>
  /** The name of a file in messages. */
  nameOf(file: string): string
}
