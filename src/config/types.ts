import type {Pluggable} from 'unified'
import type {RemoteConfig} from '../remote/settings.ts'
import type {Rule, Severity} from '../rule/types.ts'
import type {PlatformName} from '../site/registry.ts'

/** A rule's setting: how much it weighs, and its options. */
export type RuleSetting = Severity | [Severity, Record<string, unknown>?]

/** A configuration, as written in a file. */
export interface Config {
  /** For editors: where the JSON Schema of this file is. */
  $schema?: string
  /** `recommended` (the default), `strict`, a file, or a package; later ones win. */
  extends?: string | string[]
  /** Rules by name: `off`, `warn`, `error`, or a list of that and options. */
  rules?: Record<string, RuleSetting>
  /** Other settings for the files of some globs, relative to the configuration's folder; later ones win. */
  overrides?: {files: string | string[]; rules: Record<string, RuleSetting>}[]
  /** Globs of files that are never checked, even when they are named on the command line. */
  ignore?: string[]
  /** The platform of the whole tree, where it is not recognised. */
  site?: PlatformName
  /** remark-lint-* packages or files, each alone or as a list with its options. */
  plugins?: (string | [string, unknown] | Pluggable)[]
  /** Report `<!-- lint disable … -->` comments that switch nothing off. */
  reportUnusedDisables?: Severity
  /** The file of known problems that may stay for now, relative to the configuration's folder. */
  baseline?: string
  /** How remote images and links are asked for. */
  remote?: RemoteConfig
}

/** A configuration ready for use. */
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
  /** What the commit that the configuration was read from has as the baseline. */
  committed?: {name: string; text: string | undefined}
  remote: RemoteConfig
  layers: Layer[]
  /** All rules by name, those of plugins included. */
  known: Map<string, Rule>
}

/** Severities and options for the files that some globs fit; no globs fit all. */
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
  /** The option because of which no program is run. */
  noCode?: string
  /** Read it from a commit, not from the folder. */
  commit?: ConfigCommit
}

/** A commit that a configuration is read from. */
export interface ConfigCommit {
  /** As the user named it. */
  ref: string
  /** The text of a file, by its path from the root; nothing where there is none. @throws {@link UnreadableError} */
  read(file: string): Promise<string | undefined>
}

/** A configuration as it was read. */
export interface FoundConfig {
  config: unknown
  /** An absolute path; of a file that was read from a commit, the one it has in the folder. */
  file: string
  /** What to call it in messages. */
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
   * @throws {@link UserError} for one that it may not name, or that is no text
   */
  text(file: string, by: FoundConfig, what: string): Promise<string | undefined>
  /** What to call a file in messages. */
  nameOf(file: string): string
}
