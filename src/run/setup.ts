import path from 'node:path'
import type {Settings} from '../config/types.ts'
import type {CheckInput, FormerText, Renames} from '../engine/types.ts'
import {UserError} from '../errors/errors.ts'
import type {SiteSettings} from '../site/find-markers.ts'
import {diskTree} from '../tree/disk.ts'
import {GitHistory} from '../tree/history.ts'
import {objectsOf} from '../tree/objects.ts'
import {withTexts} from '../tree/overlay.ts'
import type {Tree} from '../tree/tree.ts'
import type {Targets} from './targets.ts'
import type {RunOptions, World} from './types.ts'

/**
 * Create the function that makes an absolute path relative to a folder, with `/`; the result may lead above the folder.
 */
export const pathFrom = (folder: string) => (absolute: string) =>
  path.relative(folder, absolute).split(path.sep).join('/')

/**
 * List the tree around the targets.
 *
 * @param stdin The absolute path of the file whose text standard input holds.
 */
export async function treeOf(
  targets: Targets,
  stdin: string | undefined,
  io: Pick<World, 'input'>,
): Promise<Tree> {
  const tree = await diskTree(targets.root)
  if (stdin === undefined) return tree
  return withTexts(tree, new Map([[pathFrom(targets.root)(stdin), await io.input()]]))
}

/** Git's history of a tree, read lazily. */
export function gitHistory({root, files}: Tree): Renames {
  const objects = objectsOf(root)
  const history = new GitHistory(root, files)
  const texts = new Map<string, readonly FormerText[]>()
  const textOf = (object: string) => async () => (await objects.read(object))?.toString('utf8')
  return {
    moved: (paths) => history.renamedFiles(paths),
    texts: async (paths) => {
      const unknown = paths.filter((path) => !texts.has(path))
      for (const [path, found] of await history.formerVersions(unknown)) texts.set(path, found.map(textOf))
      return texts
    },
  }
}

/** The sites that configuration and options declare; `--site` overrides the configured platform of the whole tree. */
export function siteSettings({platform, platforms, sites}: Settings, {site}: RunOptions): SiteSettings {
  if (site !== undefined) return {platforms, platform: site, sites: sites.filter(({root}) => root !== '')}
  return {platforms, ...(platform !== undefined && {platform}), sites}
}

/** The part of a run's input that depends on configuration, options and environment. */
export async function inputFrom(
  settings: Settings,
  flags: RunOptions,
  tree: Tree,
  {env}: Pick<World, 'env'>,
): Promise<Omit<CheckInput, 'files' | 'rulesFor'>> {
  const limit = pageLimit(env)
  const {plugins} = settings
  return {
    tree,
    ...siteSettings(settings, flags),
    ...(limit !== undefined && {limit}),
    // https://docs.github.com/actions/reference/workflows-and-actions/variables
    ...(env.GITHUB_BASE_REF && {base: env.GITHUB_BASE_REF}),
    ...(plugins.length > 0 && {
      plugins: (await import('../remark/plugins.ts')).pluginRunner(plugins),
    }),
  }
}

/** The maximum number of seconds that a page may be allowed: a day. */
const MOST_SECONDS = 86_400

/** The CPU time that a page may take, in milliseconds, if the environment sets it. */
function pageLimit({DOCCHECK_PAGE_SECONDS: seconds}: World['env']): number | undefined {
  if (!seconds) return
  if (!(Number(seconds) > 0) || Number(seconds) > MOST_SECONDS)
    throw new UserError(
      `Invalid value '${seconds}' for DOCCHECK_PAGE_SECONDS, expected a number of seconds up to ${MOST_SECONDS}`,
    )
  return Number(seconds) * 1000
}

/** The absolute path of the baseline that options or configuration name; undefined if there is none. */
export const baselineFile = (
  {baseline}: RunOptions,
  settings: Pick<Settings, 'baseline'>,
  cwd: string,
): string | undefined => (baseline === undefined ? settings.baseline : path.resolve(cwd, baseline))
