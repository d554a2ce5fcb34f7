import {effective} from '../../config/effective.ts'
import {UserError} from '../../errors/errors.ts'
import {shownRemote} from '../../remote/settings.ts'
import {ignoreTest} from '../../run/ignored.ts'
import {settingsFor, settingsWithNested} from '../../run/settings.ts'
import {inputFrom, pathFrom, treeOf} from '../../run/setup.ts'
import {findTargets, pagesOf} from '../../run/targets.ts'
import {safeJson} from '../../text/safe.ts'
import type {Flags, Io} from '../types.ts'
import {worldOf} from '../world.ts'

/** `doccheck inspect <file>`: print the facts of a page as JSON. */
export async function inspectFile(positionals: string[], flags: Flags, io: Io): Promise<string> {
  if (positionals.length !== 1) throw new UserError('`doccheck inspect` requires exactly one file')
  const targets = await findTargets(positionals, io.cwd)
  const tree = await treeOf(targets, undefined, io)
  const [file] = pagesOf({...targets, folders: []}, tree)
  if (file === undefined) throw new UserError(`${positionals[0]} is not a Markdown file`)
  const settings = await settingsFor(flags, worldOf(io), targets.root)
  const {inspect} = await import('../../engine/inspect.ts')
  const facts = await inspect(
    {...(await inputFrom(settings, flags, tree, io)), files: [file], rulesFor: () => []},
    file,
  )
  return `${safeJson(facts)}\n`
}

/** `doccheck config [file]`: print the effective configuration, of a file if there is one. */
export async function showConfig(file: string | undefined, flags: Flags, io: Io): Promise<string> {
  const targets = await findTargets(file === undefined ? [] : [file], io.cwd)
  const {root, files} = targets
  const world = worldOf(io)
  const top = await settingsWithNested(files[0] ?? io.cwd, flags, world, root)
  const rules = await effective(top)
  const own = files[0] && pathFrom(top.folder)(files[0])
  const tree = await treeOf(targets, undefined, io)
  const ignoredBy = files[0] && (await ignoreTest(rules, top, tree, flags, world))(pathFrom(root)(files[0]))
  const active = Object.fromEntries(
    rules.rulesFor(own ?? '').map(({rule, severity, options}) => [rule.name, [severity, options]]),
  )
  const {plugins, remote, testData, platform, sites, unusedDisables, baseline} = top
  const {files: from, ignore} = rules.settingsOf(own ?? '')
  const shown = {
    files: from,
    ...(own === undefined ? {} : {for: own, ignored: ignoredBy !== undefined, ...(ignoredBy && {ignoredBy})}),
    site: platform ?? 'detected',
    ...(sites.length > 0 && {sites}),
    rules: active,
    ignore,
    testData,
    plugins: plugins.map(([plugin]) => (typeof plugin === 'function' ? plugin.name : plugin)),
    reportUnusedDisables: unusedDisables ?? 'off',
    ...(baseline !== undefined && {baseline}),
    remote: shownRemote(remote),
  }
  return `${safeJson(shown)}\n`
}
