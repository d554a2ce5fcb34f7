import type {ReporterOptions} from '../../report/report.ts'
import {showsHyperlinks} from '../../report/terminal.ts'
import type {Flags, Io} from '../types.ts'

/** How reports for people are shown on standard output. */
export function screenOf(flags: Flags, io: Io): ReporterOptions {
  const {env, columns, outIsTerminal} = io
  const color = wantsColor(flags, io)
  return {
    color,
    inActions: env.GITHUB_ACTIONS === 'true',
    ...(outIsTerminal && columns && {width: columns}),
    hyperlinks: color && outIsTerminal && showsHyperlinks(env),
    ...(flags.sort && {sort: flags.sort}),
  }
}

/** Determined by the options, then https://no-color.org and https://force-color.org, then the terminal. */
function wantsColor({color}: Flags, {env, outIsTerminal}: Io): boolean {
  if (color !== undefined) return color
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0'
  return outIsTerminal && env.TERM !== 'dumb'
}
