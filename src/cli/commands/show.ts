import {builtIn} from '../../../rules/index.ts'
import {effective} from '../../config/effective.ts'
import {UserError} from '../../errors/errors.ts'
import {shownRemote} from '../../remote/settings.ts'
import type {Example} from '../../rule/docs.ts'
import type {Rule} from '../../rule/types.ts'
import {settingsFor, settingsWithNested} from '../../run/settings.ts'
import {inputFrom, pathFrom, treeOf} from '../../run/setup.ts'
import {findTargets, pagesOf} from '../../run/targets.ts'
import {nearest} from '../../text/nearest.ts'
import {safeJson} from '../../text/safe.ts'
import type {Flags, Io} from '../types.ts'
import {worldOf} from '../world.ts'

/** `doccheck rules [name]`: list the rules, or explain one. */
export async function describeRules(name: string | undefined): Promise<string> {
  const {loadDocs, summaryOf} = await import('../../rule/docs.ts')
  const docs = await loadDocs()
  if (name === undefined) {
    const lines = [...builtIn.values()].map(
      (rule) => `${rule.name.padEnd(26)}${rule.severity.padEnd(7)}${summaryOf(docs.get(rule.name)!)}`,
    )
    return `${lines.join('\n')}\n\n\`doccheck rules <name>\` explains one of them\n`
  }
  const rule = builtIn.get(name)
  if (!rule) {
    const suggestion = nearest(name, builtIn.keys())
    throw new UserError(
      `Unknown rule \`${name}\`${suggestion ? `, did you mean \`${suggestion}\`?` : '; `doccheck rules` lists them'}`,
    )
  }
  const {text, examples} = docs.get(name)!
  const options = describeOptions(rule)
  const parts = [
    `${name} (${rule.severity})`,
    text,
    ...(options ? [options] : []),
    ...examples.map(describeExample),
    describeOff(name),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The options of a rule with their defaults; empty for a rule without options. */
function describeOptions({options, schema}: Rule): string {
  const lines = Object.entries(options).map(
    ([key, value]) => `  ${key}: ${JSON.stringify(value)}\n      ${schema?.[key]?.description ?? ''}`,
  )
  return lines.length > 0 ? ['Options', ...lines].join('\n') : ''
}

/** The ways to turn off a rule, the narrowest first. */
const describeOff = (name: string) =>
  [
    'To turn it off',
    `  for the next block or element   <!-- lint ignore ${name} -- the reason -->`,
    `  in one run                      --rule '${name}: off'`,
    `  for all, or for some files      rules or overrides in the configuration: {'${name}': 'off'}`,
  ].join('\n')

const describeExample = ({title, markdown, messages}: Example): string =>
  [
    `Example, ${title}`,
    ...markdown
      .trimEnd()
      .split('\n')
      .map((line) => `  | ${line}`.trimEnd()),
    ...messages.map((line) => `  ${line}`),
  ].join('\n')

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
  const {root, files} = await findTargets(file === undefined ? [] : [file], io.cwd)
  const top = await settingsWithNested(files[0] ?? io.cwd, flags, worldOf(io), root)
  const {ignored, rulesFor, settingsOf} = await effective(top)
  const own = files[0] && pathFrom(top.folder)(files[0])
  const rules = Object.fromEntries(
    rulesFor(own ?? '').map(({rule, severity, options}) => [rule.name, [severity, options]]),
  )
  const {plugins, remote, testData, platform, sites, unusedDisables, baseline} = top
  const {files: from, ignore} = settingsOf(own ?? '')
  const shown = {
    files: from,
    ...(own === undefined ? {} : {for: own, ignored: ignored(own)}),
    site: platform ?? 'detected',
    ...(sites.length > 0 && {sites}),
    rules,
    ignore,
    testData,
    plugins: plugins.map(([plugin]) => (typeof plugin === 'function' ? plugin.name : plugin)),
    reportUnusedDisables: unusedDisables ?? 'off',
    ...(baseline !== undefined && {baseline}),
    remote: shownRemote(remote),
  }
  return `${safeJson(shown)}\n`
}
