import path from 'node:path'
import {builtIn} from '../../../rules/index.ts'
import {effective} from '../../config/effective.ts'
import {UserError} from '../../errors/errors.ts'
import {shownRemote} from '../../remote/settings.ts'
import {nearest} from '../../text/nearest.ts'
import {safe, safeJson} from '../../text/safe.ts'
import {findTargets, pagesOf} from '../targets.ts'
import type {Flags, Io} from '../types.ts'
import {inputFrom, settingsFor, treeOf} from './setup.ts'

/** `doccheck rules [name]`: a list, or all about one. */
export async function describeRules(name: string | undefined): Promise<string> {
  const {loadDocs, summaryOf} = await import('../../rule/docs.ts')
  const docs = await loadDocs()
  if (name === undefined) {
    const lines = [...builtIn.values()].map(
      (rule) => `${rule.name.padEnd(26)}${rule.severity.padEnd(7)}${summaryOf(docs.get(rule.name)!)}`,
    )
    return `${lines.join('\n')}\n\nA name explains a rule: doccheck rules no-broken-link\n`
  }
  const rule = builtIn.get(name)
  if (!rule) {
    const near = nearest(name, builtIn.keys())
    throw new UserError(
      `There is no rule \`${name}\`${near ? `, expected \`${near}\`` : '; `doccheck rules` lists them'}`,
    )
  }
  const {text, examples} = docs.get(name)!
  const out = [`${name} (${rule.severity})`, text]
  const defaults = Object.entries(rule.options)
  if (defaults.length > 0)
    out.push(
      [
        'Options',
        ...defaults.map(
          ([key, value]) =>
            `  ${key}: ${JSON.stringify(value)}\n      ${rule.schema?.[key]?.description ?? ''}`,
        ),
      ].join('\n'),
    )
  for (const {title, markdown, messages} of examples)
    out.push(
      [
        `Example, ${title}`,
        ...markdown
          .trimEnd()
          .split('\n')
          .map((line) => `  | ${line}`.trimEnd()),
        ...messages.map((line) => `  ${line}`),
      ].join('\n'),
    )
  return `${out.join('\n\n')}\n`
}

/** `doccheck inspect <file>`: what is seen on a page. */
export async function inspectFile(words: string[], flags: Flags, io: Io): Promise<string> {
  if (words.length !== 1) throw new UserError('`doccheck inspect` takes one file')
  const targets = await findTargets(words, io.cwd)
  const tree = await treeOf(targets, undefined, io)
  const [file] = pagesOf({...targets, folders: []}, tree)
  if (file === undefined) throw new UserError(`${words[0]} is no Markdown file`)
  const settings = await settingsFor(flags, io.cwd, targets.root)
  const {inspect} = await import('../../engine/inspect.ts')
  const seen = await inspect(
    {...(await inputFrom(settings, flags, tree, io)), files: [file], rulesFor: () => []},
    file,
  )
  return `${safeJson(seen)}\n`
}

/** `doccheck sites [paths..]`: which platform shows which pages, and how it was recognised. */
export async function listSites(words: string[], flags: Flags, io: Io): Promise<string> {
  const targets = await findTargets(words, io.cwd)
  const tree = await treeOf(targets, undefined, io)
  const settings = await settingsFor(flags, io.cwd, targets.root)
  const {ignored} = await effective(settings)
  const own = (file: string) =>
    path.relative(settings.folder, path.join(targets.root, file)).split(path.sep).join('/')
  const files = pagesOf(targets, tree).filter((file) => !ignored(own(file)))
  const {sitesOf} = await import('../../engine/read-pages.ts')
  const sites = await sitesOf(tree, flags.site ?? settings.platform)
  const rows = sites.all
    .map((site) => ({site, count: files.filter((file) => sites.of(file) === site).length}))
    // A configuration without pages is a test's, or a template's.
    .filter(({count}, _index, all) => count > 0 || all.every((other) => other.count === 0))
    .map(({site, count}) => [
      site.root || '.',
      site.platform,
      `${count} ${count === 1 ? 'page' : 'pages'}`,
      site.why,
    ])
    .sort(([a], [b]) => (a! < b! ? -1 : a! > b! ? 1 : 0))
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) =>
    row.map((cell, column) => safe(cell).padEnd(widths[column] ?? 0)).join('  '),
  )
  return `${lines.join('\n')}\n`
}

/** `doccheck config [file]`: what holds. */
export async function showConfig(word: string | undefined, flags: Flags, io: Io): Promise<string> {
  const {root, files} = await findTargets(word === undefined ? [] : [word], io.cwd)
  const settings = await settingsFor(flags, io.cwd, root)
  const {ignored, rulesFor} = await effective(settings)
  const own = files[0] && path.relative(settings.folder, files[0]).split(path.sep).join('/')
  const rules = Object.fromEntries(
    rulesFor(own ?? '').map(({rule, severity, options}) => [rule.name, [severity, options]]),
  )
  const {plugins, remote, ignore, platform, unusedDisables, baseline} = settings
  const shown = {
    files: settings.files,
    ...(own === undefined ? {} : {for: own, ignored: ignored(own)}),
    site: platform ?? 'by what is found in the tree',
    rules,
    ignore,
    plugins: plugins.map(([plugin]) => (typeof plugin === 'function' ? plugin.name : plugin)),
    reportUnusedDisables: unusedDisables ?? 'off',
    ...(baseline !== undefined && {baseline}),
    remote: shownRemote(remote),
  }
  return `${safeJson(shown)}\n`
}
