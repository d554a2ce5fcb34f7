import {buffer} from 'node:stream/consumers'
import {main} from './cli.ts'

// Who reads the report may stop before its end, as `head` does.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

// The process as the command line's world; nothing else in doccheck knows it.
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  out: (words) => process.stdout.write(words),
  err: (words) => process.stderr.write(words),
  input: () => buffer(process.stdin),
  errIsTerminal: Boolean(process.stderr.isTTY),
  outIsTerminal: Boolean(process.stdout.isTTY),
  onInterrupt: (stop) => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    // Once only: who presses Ctrl-C again means it.
    for (const signal of signals) process.once(signal, stop)
    return () => {
      for (const signal of signals) process.off(signal, stop)
    }
  },
})

// A name server that says nothing holds the process, and `process.exit` waits for it, too. Who pressed Ctrl-C does not:
// the signal itself then ends what is left, which shells call 130 as well.
if (process.exitCode === 130 && process.stdout.writableLength === 0)
  setTimeout(() => process.kill(process.pid, 'SIGINT'), 300).unref()
