import type {BuiltInOptions} from '../../rules/index.ts'
import type {Severity} from '../rule/types.ts'
import type {Config as AnyConfig} from './schema.ts'

/** A rule's setting: its severity, and options if any. */
type Setting<O> = Severity | [severity: Severity, options?: Partial<O>]

/** Settings of rules by name. */
type Settings<Options> = {[N in keyof Options]?: Setting<Options[N]>}

/**
 * A configuration, as written in a file.
 *
 * @typeParam Added The options of the rules that plugins add, by name: `Config<{'no-shouting': {most: number}}>`.
 */
export interface Config<Added extends object = Record<never, never>>
  extends Omit<AnyConfig, 'rules' | 'overrides'> {
  /** Rules by name: a severity (`off`, `warn`, `error`), or a list of it and options. */
  rules?: Settings<BuiltInOptions & Added>
  /** Other settings for the files of some globs; later ones win. */
  overrides?: {files: string | string[]; rules: Settings<BuiltInOptions & Added>}[]
}

/**
 * The identity function, for types and completion in `doccheck.config.mjs`.
 *
 * @typeParam Added The options of the rules that plugins add, by name.
 */
export const defineConfig = <Added extends object = Record<never, never>>(
  config: Config<NoInfer<Added>>,
): Config<Added> => config
