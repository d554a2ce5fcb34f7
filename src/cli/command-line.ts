import {UserError} from '../errors/errors.ts'
import {packageInfo} from '../report/package-info.ts'
import {safe} from '../text/safe.ts'
import {parseArguments} from './arguments.ts'
import {checkPaths} from './commands/check.ts'
import type {InitFlags} from './init/options.ts'
import type {SitesFlags} from './options.ts'
import type {Flags, Io} from './types.ts'
import {describeUnexpectedError} from './unexpected-error.ts'

// Modules that only some runs need (reporters, docs, the network) are imported lazily, to keep startup fast.

/**
 * Run the command line.
 *
 * @returns the exit code: 0 no errors found, 1 errors found, 2 doccheck could not run
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await run(argv, io)
  } catch (error) {
    io.err(
      error instanceof UserError
        ? `doccheck: ${safe(error.message)}\n`
        : describeUnexpectedError('unexpected error, the run was not completed', error),
    )
    return 2
  }
}

/** Runs one command. @returns the exit code */
type Command = (positionals: string[], flags: Flags & InitFlags & SitesFlags, io: Io) => Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = {
  rules: async ([name], flags, io) =>
    print(io, await (await import('./commands/rules.ts')).showRules(name, flags)),
  sites: async (paths, flags, io) =>
    print(io, await (await import('./commands/sites.ts')).showSites(paths, flags, io)),
  inspect: async (paths, flags, io) =>
    print(io, await (await import('./commands/show.ts')).inspectFile(paths, flags, io)),
  config: async ([file], flags, io) =>
    print(io, await (await import('./commands/show.ts')).showConfig(file, flags, io)),
  baseline: async (paths, flags, io) =>
    (await import('./commands/baseline.ts')).updateBaseline(paths, flags, io),
  'merge-reports': async (paths, flags, io) =>
    (await import('./commands/merge-reports.ts')).mergeReports(paths, flags, io),
  completion: async ([shell], _flags, io) =>
    print(io, await (await import('./completion.ts')).completionScript(shell, io)),
  init: async (positionals, flags, io) => {
    const {init} = await import('./commands/init.ts')
    const {terminalPrompts} = await import('./init/prompts.ts')
    return init(positionals, flags, io, io.outIsTerminal ? terminalPrompts() : undefined)
  },
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  if (argv[0] === COMPLETION_KEY) return print(io, await completions(argv.slice(1)))
  const {flags, command, positionals, separated, help} = await parseArguments(argv, io.cwd)
  if (flags.version) return print(io, `${packageInfo().version}\n`)
  if (help !== undefined) return print(io, `${help}\n`)
  const paths = [...positionals, ...separated]
  if (command !== undefined) return COMMANDS[command]!(paths, flags, io)
  if (flags.watch) return (await import('./commands/watch.ts')).watch(paths, flags, io)
  return checkPaths(paths, flags, io)
}

/** The option with which the scripts of yargs ask for completions; the command line so far follows. */
const COMPLETION_KEY = '--get-yargs-completions'

async function completions(words: string[]): Promise<string> {
  const {completionsOf} = await import('./completion.ts')
  return completionsOf(words)
    .map((word) => `${word}\n`)
    .join('')
}

function print(io: Io, text: string): number {
  io.out(text)
  return 0
}
