import {writeFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import path from 'node:path'
import type {VFile} from 'vfile'
import yargs from 'yargs'
import {about} from './about.ts'
import {type CheckInput, check, type PageResult} from './check.ts'
import {effective, loadConfig, type RuleSetting, type Settings} from './config.ts'
import {UnreadableError, UserError} from './errors.ts'
import {findTargets, pagesOf, type Targets} from './files.ts'
import {nearest} from './nearest.ts'
import {shownRemote} from './remote/settings.ts'
import type {Repaired} from './repair.ts'
import {toFile} from './report/messages.ts'
import {type ProgressLine, progressLine} from './report/progress.ts'
import {safe, safeJson} from './report/safe.ts'
import {count, summary} from './report/summary.ts'
import {builtIn} from './rules.ts'
import {PLATFORMS, type Platform} from './site/sites.ts'
import {diskTree} from './tree/disk.ts'
import {formerTexts, movedFiles} from './tree/git.ts'
import {withTexts} from './tree/overlay.ts'
import type {Tree} from './tree/tree.ts'

// What only some runs need (reporters, docs, the network) is imported where it is used: the start stays short.

/** The world a run happens in, passed in so that tests have their own. */
export interface Io {
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  /** All of standard input. */
  input(): Promise<string>
  /** Standard error is a terminal, for the progress line. */
  errIsTerminal: boolean
  outIsTerminal: boolean
  /** Have something done when the user presses Ctrl-C, instead of ending at once. @returns what takes that back */
  onInterrupt(stop: () => void): () => void
}

interface Flags {
  paths?: string[]
  config?: string | false
  rule?: string[]
  site?: Platform
  offline?: boolean
  fix?: boolean
  unsafe?: boolean
  diff?: boolean
  cache?: boolean
  cacheLocation?: string
  reporter?: string[]
  quiet?: boolean
  maxWarnings?: number
  stdin?: boolean
  stdinFilename?: string
  color?: boolean
}

/** Run the command line. @returns the exit code: 0 clean, 1 findings, 2 could not run */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await run(argv, io)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.err(`doccheck: ${safe(error.message)}\n`)
    return 2
  }
}

const WORDS = ['rules', 'inspect', 'config']

async function run(argv: readonly string[], io: Io): Promise<number> {
  const parser = commandLine(argv)
  let help = ''
  const flags = (await parser.parse([...argv], {}, (_error: unknown, _argv: unknown, output: string) => {
    help = output
  })) as Flags & {_: (string | number)[]; help?: boolean; version?: boolean}
  if (flags.version) return say(io, `${about().version}\n`)
  if (flags.help) return say(io, `${help || (await parser.getHelp())}\n`)
  const words = flags._.map(String)
  const command = WORDS.includes(words[0] ?? '') ? words.shift() : undefined
  if (command === 'rules') return say(io, await describeRules(words[0]))
  if (command === 'inspect') return inspectFile(words, flags, io)
  if (command === 'config') return showConfig(words[0], flags, io)
  return checkPaths(words, flags, io)
}

function say(io: Io, text: string): number {
  io.out(text)
  return 0
}

function commandLine(argv: readonly string[]) {
  return yargs([...argv])
    .scriptName('doccheck')
    .locale('en')
    .usage(
      'doccheck [paths..]       check Markdown files, folders or globs (default: this folder)\n' +
        'doccheck rules [name]    list the rules, or explain one\n' +
        'doccheck inspect <file>  print what doccheck sees on a page, as JSON\n' +
        'doccheck config [file]   print the configuration that holds, here or for a file',
    )
    .options({
      config: {
        type: 'string',
        requiresArg: true,
        describe: 'Use this configuration file (--no-config: none)',
      },
      rule: {type: 'string', array: true, nargs: 1, describe: "Set a rule: 'name: severity'; repeatable"},
      site: {choices: PLATFORMS, describe: 'Take this platform, do not look for one'},
      fix: {type: 'boolean', describe: 'Repair what has one possible answer'},
      unsafe: {type: 'boolean', describe: 'With --fix or --diff: apply suggestions, too'},
      diff: {type: 'boolean', describe: 'Show what --fix would do, and write nothing'},
      offline: {type: 'boolean', describe: 'Ask nothing of the network'},
      cache: {
        type: 'boolean',
        describe: 'Remember what remote addresses answered (--no-cache: ask them all)',
      },
      'cache-location': {
        type: 'string',
        requiresArg: true,
        describe: "Remember it in this file, not in the user's cache folder",
      },
      reporter: {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'text or json, with :file to write there; repeatable',
      },
      quiet: {type: 'boolean', describe: 'Report errors only'},
      'max-warnings': {
        type: 'number',
        requiresArg: true,
        describe: 'Exit with 1 for more warnings than this',
      },
      stdin: {type: 'boolean', describe: 'Check standard input'},
      'stdin-filename': {type: 'string', requiresArg: true, describe: 'Where that text belongs'},
      color: {type: 'boolean', describe: 'Color the report (default: on a terminal)'},
    })
    .help(false)
    .version(false)
    .option('help', {alias: 'h', type: 'boolean', describe: 'Show this help'})
    .option('version', {type: 'boolean', describe: 'Show the version'})
    .example('doccheck', 'check this folder')
    .example('doccheck docs README.md --offline', 'check some of it, without the network')
    .example("doccheck --rule 'no-unused-definition: off'", 'leave a rule out this time')
    .example('doccheck --reporter text --reporter json:report.json', 'report to the terminal and to a file')
    .example('doccheck --fix', 'repair what is certain, and report the rest')
    .example('doccheck inspect docs/index.md', 'see where each link leads, and why')
    .epilogue('Exit code: 0 nothing found, 1 errors found, 2 could not run.')
    .wrap(100)
    .strictOptions()
    .parserConfiguration({
      'duplicate-arguments-array': true,
      'parse-positional-numbers': false,
      'camel-case-expansion': true,
    })
    .exitProcess(false)
    .fail((message, error) => {
      if (error) throw error
      throw new UserError(
        `${message.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '')}; \`doccheck --help\` lists the options`,
      )
    })
}

async function settingsFor(flags: Flags, folder: string, root: string): Promise<Settings> {
  const rules = flags.rule && parseRules(flags.rule)
  return loadConfig({
    from: folder,
    stop: root,
    ...(typeof flags.config === 'string' ? {file: path.resolve(folder, flags.config)} : {}),
    ...(flags.config === false ? {none: true} : {}),
    ...(rules ? {rules} : {}),
  })
}

/** `name: severity`, or `name: [severity, {option: value}]` in YAML's flow style, as in eslint. */
function parseRules(given: string[]): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = {}
  for (const text of given) {
    const match = /^\s*([\w-]+)\s*:\s*(off|warn|error|[\w-]+|\[.*\])\s*$/s.exec(text)
    if (!match) throw new UserError(`--rule '${text}' is not understood, expected 'name: severity'`)
    try {
      rules[match[1]!] = match[2]!.startsWith('[') ? JSON.parse(match[2]!) : (match[2] as RuleSetting)
    } catch {
      throw new UserError(
        `--rule '${text}' holds no valid JSON list, expected 'name: ["error", {"option": …}]'`,
      )
    }
  }
  return rules
}

async function checkPaths(words: string[], flags: Flags, io: Io): Promise<number> {
  const started = performance.now()
  const reporters = parseReporters(flags.reporter ?? ['text'])
  if (flags.stdin && words.length > 0)
    throw new UserError('--stdin checks standard input, expected no paths beside it')
  if (flags.stdin && (flags.fix || flags.diff))
    throw new UserError('--fix and --diff work on files, expected no --stdin beside them')
  if (flags.unsafe && !flags.fix && !flags.diff)
    throw new UserError('--unsafe has no effect without --fix or --diff')
  if (!flags.stdin && flags.stdinFilename)
    throw new UserError('--stdin-filename has no effect without --stdin')
  const name = flags.stdin ? path.resolve(io.cwd, flags.stdinFilename ?? 'stdin.md') : undefined
  const targets = await findTargets(name ? [path.dirname(name)] : words, io.cwd)
  if (name) Object.assign(targets, {folders: [], files: [name]})
  const [settings, tree] = await Promise.all([
    settingsFor(flags, io.cwd, targets.root),
    treeOf(targets, name, io),
  ])
  const {ignored, rulesFor} = await effective(settings)
  const own = (file: string) =>
    path.relative(settings.folder, path.join(targets.root, file)).split(path.sep).join('/')
  const pages = pagesOf(targets, tree)
  const files = pages.filter((file) => !ignored(own(file)))
  if (pages.length === 0)
    throw new UserError(
      `No Markdown file ${words.length > 0 ? `among ${words.join(' ')}` : 'in this folder'}`,
    )
  const progress = progressLine(io)
  const input: CheckInput = {
    ...(await inputFrom(settings, flags, tree)),
    files,
    rulesFor: (file) => rulesFor(own(file)),
    progress: progress.pages,
    ...((flags.fix || flags.diff) && {
      history: {
        moved: () => movedFiles(targets.root, tree.files),
        texts: (file) => formerTexts(targets.root, file),
      },
    }),
    ...(!flags.offline && {probe: prober(settings, flags, io, progress)}),
  }
  const display = (file: string) => path.relative(io.cwd, path.join(targets.root, file)) || file
  const report = (page: PageResult) =>
    toFile(page, {display, ...(settings.unusedDisables && {unusedDisables: settings.unusedDisables})})
  const {result, reported, changed, fixes} = await (flags.fix || flags.diff
    ? (await import('./repair.ts')).repair(input, {unsafe: flags.unsafe ?? false, toFile: report})
    : checkOnce(input, report))
  progress.done()
  if (flags.diff) return showDiff(changed, display, io)
  const unwritten = await writeAll(targets.root, changed, display, io)
  if (flags.quiet) for (const file of reported) file.messages = file.messages.filter(({fatal}) => fatal)
  const counts = count(reported)
  for (const {kind, file} of reporters) {
    let words: string
    if (kind === 'json') words = `${(await import('./report/json.ts')).jsonReport(reported)}\n`
    else {
      const {textReport, withoutCommands} = await import('./report/text.ts')
      const messages = textReport(reported, file === undefined && wantsColor(flags, io))
      const guarded =
        messages && io.env.GITHUB_ACTIONS === 'true' && file === undefined
          ? withoutCommands(messages)
          : messages
      words = `${guarded}${guarded && '\n'}${summary(result, counts, {milliseconds: performance.now() - started, offline: Boolean(flags.offline), fixes, files: changed.size - unwritten})}\n`
    }
    if (file === undefined) io.out(words)
    else await writeFile(path.resolve(io.cwd, file), words).catch(cannotWrite(file))
  }
  const tooMany = flags.maxWarnings !== undefined && counts.warnings > flags.maxWarnings
  if (tooMany) io.err(`doccheck: ${counts.warnings} warnings, at most ${flags.maxWarnings} are allowed\n`)
  if (result.answer?.interrupted) return INTERRUPTED
  if (unwritten > 0) return 2
  return counts.errors > 0 || tooMany ? 1 : 0
}

/** Write the pages that changed. @returns how many could not be written */
async function writeAll(
  root: string,
  changed: Changed,
  display: (file: string) => string,
  io: Io,
): Promise<number> {
  let unwritten = 0
  if (changed.size === 0) return 0
  const {replaceFile} = await import('./tree/write.ts')
  for (const [file, {before, after}] of changed)
    try {
      await replaceFile({root, file, before, after})
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      unwritten++
      io.err(`doccheck: ${safe(`${display(file)}: ${error.message}`)}\n`)
    }
  return unwritten
}

/** Show what would change. @returns the exit code: 1 where something would */
async function showDiff(changed: Changed, display: (file: string) => string, io: Io): Promise<number> {
  if (changed.size === 0) return 0
  const {diffReport} = await import('./report/diff.ts')
  const named = [...changed].map(([file, texts]) => ({path: display(file), ...texts}))
  const inActions = io.env.GITHUB_ACTIONS === 'true'
  const diff = diffReport(named, io.outIsTerminal || inActions)
  const {withoutCommands} = await import('./report/text.ts')
  say(io, inActions ? `${withoutCommands(diff)}\n` : diff)
  return 1
}

type Changed = Repaired['changed']

async function checkOnce(input: CheckInput, report: (page: PageResult) => Promise<VFile>): Promise<Repaired> {
  const result = await check(input)
  return {result, reported: await Promise.all(result.pages.map(report)), changed: new Map(), fixes: 0}
}

/** What shells give a program that Ctrl-C ended. */
const INTERRUPTED = 130

const cannotWrite = (file: string) => (error: Error) => {
  throw new UserError(`The report ${file} cannot be written: ${error.message}`)
}

/** The tree around the targets; standard input stands in for its file. */
async function treeOf(targets: Targets, stdin: string | undefined, io: Io): Promise<Tree> {
  const tree = await diskTree(targets.root)
  if (stdin === undefined) return tree
  const file = path.relative(targets.root, stdin).split(path.sep).join('/')
  return withTexts(tree, new Map([[file, (await io.input()).replace(/^\uFEFF/, '')]]))
}

async function inputFrom(
  settings: Settings,
  flags: Flags,
  tree: Tree,
): Promise<Omit<CheckInput, 'files' | 'rulesFor'>> {
  const platform = flags.site ?? settings.platform
  const input: Omit<CheckInput, 'files' | 'rulesFor'> = {tree}
  if (platform) input.platform = platform
  if (settings.plugins.length > 0) {
    const {pluginRunner} = await import('./plugins.ts')
    input.plugins = pluginRunner(settings.plugins)
  }
  return input
}

/** What asks for remote addresses, with the memory that the flags and the configuration say. */
function prober(
  settings: Settings,
  flags: Flags,
  io: Io,
  progress: ProgressLine,
): NonNullable<CheckInput['probe']> {
  return async (asks) => {
    const {askRemote, openCache} = await import('./remote/remote.ts')
    const {remote: config, folder} = settings
    const over = new AbortController()
    const release = io.onInterrupt(() => over.abort())
    const memory =
      flags.cache === false
        ? undefined
        : await openCache(config, {
            env: io.env,
            home: homedir(),
            ...(config.cache &&
              config.cache.location !== undefined && {chosen: path.resolve(folder, config.cache.location)}),
            ...(flags.cacheLocation !== undefined && {chosen: path.resolve(io.cwd, flags.cacheLocation)}),
          })
    try {
      const answer = await askRemote(asks, {
        config,
        env: io.env,
        ...about(),
        signal: over.signal,
        onProgress: progress.remote,
        ...(memory && {memory}),
      })
      for (const warning of answer.warnings) io.err(`doccheck: ${safe(warning)}\n`)
      return {...answer, interrupted: over.signal.aborted}
    } finally {
      release()
    }
  }
}

function parseReporters(given: string[]): {kind: 'text' | 'json'; file?: string}[] {
  return given.map((text) => {
    const [kind = '', ...rest] = text.split(':')
    if (kind !== 'text' && kind !== 'json')
      throw new UserError(`--reporter ${text}: unknown reporter \`${kind}\`, expected \`text\` or \`json\``)
    return rest.length > 0 ? {kind, file: rest.join(':')} : {kind}
  })
}

/** https://no-color.org and https://force-color.org, after the flag. */
function wantsColor({color}: Flags, {env, outIsTerminal}: Io): boolean {
  if (color !== undefined) return color
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0'
  return outIsTerminal && env.TERM !== 'dumb'
}

async function describeRules(name: string | undefined): Promise<string> {
  const {readDocs} = await import('./docs.ts')
  if (name === undefined) {
    const lines: string[] = []
    for (const rule of builtIn.values()) {
      const {text} = await readDocs(rule.name)
      const first = text.split('\n\n')[0]!.replace(/\s+/g, ' ')
      lines.push(`${rule.name.padEnd(26)}${rule.severity.padEnd(7)}${first}`)
    }
    return `${lines.join('\n')}\n\nA name explains a rule: doccheck rules no-broken-link\n`
  }
  const rule = builtIn.get(name)
  if (!rule) {
    const near = nearest(name, builtIn.keys())
    throw new UserError(
      `There is no rule \`${name}\`${near ? `, expected \`${near}\`` : '; `doccheck rules` lists them'}`,
    )
  }
  const {text, examples, options} = await readDocs(name)
  const out = [`${name} (${rule.severity})`, text]
  const defaults = Object.entries(rule.options as Record<string, unknown>)
  if (defaults.length > 0)
    out.push(
      [
        'Options',
        ...defaults.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n      ${options[key] ?? ''}`),
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

async function inspectFile(words: string[], flags: Flags, io: Io): Promise<number> {
  if (words.length !== 1) throw new UserError('`doccheck inspect` takes one file')
  const targets = await findTargets(words, io.cwd)
  const tree = await treeOf(targets, undefined, io)
  const [file] = pagesOf({...targets, folders: []}, tree)
  if (file === undefined) throw new UserError(`${words[0]} is no Markdown file`)
  const settings = await settingsFor(flags, io.cwd, targets.root)
  const {inspect} = await import('./inspect.ts')
  const seen = await inspect(
    {...(await inputFrom(settings, flags, tree)), files: [file], rulesFor: () => []},
    file,
  )
  return say(io, `${safeJson(seen)}\n`)
}

async function showConfig(word: string | undefined, flags: Flags, io: Io): Promise<number> {
  const {root, files} = await findTargets(word === undefined ? [] : [word], io.cwd)
  const settings = await settingsFor(flags, io.cwd, root)
  const {ignored, rulesFor} = await effective(settings)
  const own = files[0] && path.relative(settings.folder, files[0]).split(path.sep).join('/')
  const rules = Object.fromEntries(
    rulesFor(own ?? '').map(({rule, severity, options}) => [rule.name, [severity, options]]),
  )
  const {plugins, remote, ignore, platform, unusedDisables} = settings
  const shown = {
    files: settings.files,
    ...(own === undefined ? {} : {for: own, ignored: ignored(own)}),
    site: platform ?? 'by what is found in the tree',
    rules,
    ignore,
    plugins: plugins.map(([plugin]) => (typeof plugin === 'function' ? plugin.name : plugin)),
    reportUnusedDisables: unusedDisables ?? 'off',
    remote: shownRemote(remote),
  }
  return say(io, `${safeJson(shown)}\n`)
}
