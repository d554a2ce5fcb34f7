import path from 'node:path'
import {loadConfig} from '../config/config.ts'
import {addNested, namesAround} from '../config/nested.ts'
import type {Config, RuleSetting} from '../config/schema.ts'
import type {ConfigSource, FoundConfig, Settings} from '../config/types.ts'
import {IncompleteCloneError, UserError} from '../errors/errors.ts'
import {PLATFORMS} from '../site/registry.ts'
import type {Fetched} from '../tree/fetch.ts'
import {git, refusal} from '../tree/git.ts'
import {committedTexts} from '../tree/git-tree.ts'
import {isInside} from '../tree/inside.ts'
import {commitOf} from '../tree/merge-base.ts'
import {objectsOf} from '../tree/objects.ts'
import {describeChoice} from './describe-choice.ts'
import {mayFetch} from './may-fetch.ts'
import type {RunOptions, World} from './types.ts'

/** The given option that forbids running the tree's JavaScript; undefined if there is none. */
export const noCodeOf = ({configCode, configFrom}: RunOptions): string | undefined =>
  configCode === false ? '--no-config-code' : configFrom === undefined ? undefined : '--config-from'

/**
 * Load the configuration for the current folder, as modified by the options.
 *
 * @param root The root of the tree, the topmost folder to search.
 */
export async function settingsFor(
  flags: RunOptions,
  world: Pick<World, 'cwd' | 'env' | 'warn'>,
  root: string,
): Promise<Settings> {
  const {configFrom: ref} = flags
  const source = sourceOf(flags, world, root)
  const settings = await (ref === undefined ? loadConfig(source) : loadFrom(ref, source, flags, world))
  settings.warnings.forEach(world.warn)
  if (flags.site !== undefined) refuseUnknownPlatform(flags.site, settings)
  if (flags.testData !== undefined) settings.testData = flags.testData ? 'always' : 'never'
  return settings
}

/**
 * Load the configurations of folders below that apply to pages.
 *
 * @param names All files of the tree, or those of the folders around the pages.
 */
export async function loadNested(
  settings: Settings,
  flags: RunOptions,
  world: Pick<World, 'cwd' | 'warn'>,
  {root, names, pages}: {root: string; names: Iterable<string>; pages: Iterable<string>},
): Promise<void> {
  // Those of a commit are loaded while it is open.
  if (flags.configFrom !== undefined) return
  const told = settings.warnings.length
  await addNested(settings, sourceOf(flags, world, root), names, pages)
  settings.warnings.slice(told).forEach(world.warn)
}

/** The settings for a file, which need not exist, with those of folders around it. */
export async function settingsWithNested(
  file: string,
  flags: RunOptions,
  world: Pick<World, 'cwd' | 'env' | 'warn'>,
  root: string,
): Promise<Settings> {
  const settings = await settingsFor(flags, world, root)
  const page = path.relative(root, file).split(path.sep).join('/')
  if (isInside(root, file))
    await loadNested(settings, flags, world, {root, names: namesAround(page, root), pages: [page]})
  return settings
}

/** Where to look for the configuration. */
function sourceOf(flags: RunOptions, {cwd}: Pick<World, 'cwd'>, root: string): ConfigSource {
  const {config} = flags
  if (config === false && flags.configFrom !== undefined)
    throw new UserError('--config-from cannot be used with --no-config')
  const rules = flags.rule ? parseRules(flags.rule) : flags.rules
  const noCode = noCodeOf(flags)
  return {
    from: cwd,
    stop: root,
    ...(typeof config === 'string' && {file: path.resolve(cwd, config)}),
    ...(typeof config === 'object' && {given: givenConfig(config, cwd)}),
    ...(config === false && {none: true}),
    ...(rules && {rules, rulesName: flags.rule ? '--rule' : 'The option `rules`'}),
    ...(noCode !== undefined && {noCode}),
  }
}

/** Reject a value of `--site`, now that the platforms of plugins are known. */
function refuseUnknownPlatform(name: string, {platforms}: Settings): void {
  const known = [...PLATFORMS, ...platforms.map((platform) => platform.name)]
  if (!known.includes(name)) throw new UserError(describeChoice('site', name, known))
}

/** A configuration that a program gives, as if it stood in a file of a folder; it may name any file. */
const givenConfig = (config: Config, folder: string): FoundConfig => ({
  config,
  file: path.join(folder, 'doccheck.config.js'),
  name: 'The option `config`',
  at: async () => 'The option `config`',
  limit: undefined,
})

/** Load the configuration from a commit. */
async function loadFrom(
  ref: string,
  source: ConfigSource,
  flags: RunOptions,
  world: Pick<World, 'env' | 'warn'>,
): Promise<Settings> {
  const {stop: root} = source
  if ((await git(root, ['rev-parse', '--git-dir'])) === undefined) {
    const reason = await refusal(root)
    throw new UserError(
      reason === undefined
        ? `--config-from requires a git repository, and ${root} is not in one`
        : `git refuses to work in ${root}: ${reason}`,
    )
  }
  const {commit, close} = await commitFor(ref, root, flags, world)
  const objects = objectsOf(root)
  try {
    const committed = {...source, commit: {ref, ...(await committedTexts(root, objects, commit))}}
    const settings = await loadConfig(committed)
    await addNested(settings, committed, committed.commit.files)
    return settings
  } finally {
    objects.close()
    close()
  }
}

/** The commit that the configuration is read from, fetched if the clone does not have it. */
async function commitFor(
  ref: string,
  root: string,
  flags: RunOptions,
  world: Pick<World, 'env' | 'warn'>,
): Promise<Pick<Fetched, 'commit' | 'close'>> {
  try {
    return {commit: await commitOf(root, ref, '--config-from'), close: () => {}}
  } catch (error) {
    if (!(error instanceof IncompleteCloneError) || !mayFetch(flags, world)) throw error
  }
  const fetched = await (await import('../tree/fetch.ts')).fetchCommit(root, ref, '--config-from')
  world.warn(fetched.report)
  return fetched
}

/** Parse `--rule`: `name: severity` or `name: [severity, {"option": value}]`, as in ESLint. */
function parseRules(given: string[]): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = {}
  for (const text of given) {
    const match = /^\s*([\w-]+)\s*:\s*(off|warn|error|[\w-]+|\[.*\])\s*$/s.exec(text)
    if (!match) throw new UserError(`Invalid value '${text}' for --rule, expected 'name: severity'`)
    try {
      rules[match[1]!] = match[2]!.startsWith('[') ? JSON.parse(match[2]!) : (match[2] as RuleSetting)
    } catch {
      throw new UserError(
        `Invalid value '${text}' for --rule, expected a JSON list: 'name: ["error", {"option": …}]'`,
      )
    }
  }
  return rules
}
