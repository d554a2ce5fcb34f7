import {text} from 'node:stream/consumers'
import {main} from './cli.ts'

// The process as the command line's world; nothing else in doccheck knows it.
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  out: (words) => process.stdout.write(words),
  err: (words) => process.stderr.write(words),
  input: () => text(process.stdin),
  errIsTerminal: Boolean(process.stderr.isTTY),
  outIsTerminal: Boolean(process.stdout.isTTY),
})
