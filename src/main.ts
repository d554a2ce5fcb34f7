import {main} from './cli/command-line.ts'
import {describeUnexpectedError} from './cli/unexpected-error.ts'
import {reasonOf} from './tree/atomic.ts'
import {LARGEST} from './tree/read.ts'

let isCut = false

/** What is printed is lost: that is neither a clean run nor a finding. Who reads may stop before the end, as `head` does. */
function cut(name: string, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.exitCode = 2
  // There is no other place to tell it of standard error.
  if (!isCut && name === 'output')
    print(process.stderr, `doccheck: Standard output cannot be written: ${reasonOf(error)}\n`)
  isCut = true
}

/** Streams of files throw, those of pipes and terminals emit what goes wrong. */
function print(stream: NodeJS.WriteStream, words: string): void {
  try {
    stream.write(words)
  } catch (error) {
    cut(nameOf(stream), error as NodeJS.ErrnoException)
  }
}

const nameOf = (stream: NodeJS.WriteStream) => (stream === process.stdout ? 'output' : 'error')

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => cut(nameOf(stream), error))

/** Standard input, no further than a page may be long; one byte more says that it is longer. */
async function input(): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let left = LARGEST + 1
  for await (const part of process.stdin) {
    parts.push(part.subarray(0, left))
    left -= parts.at(-1)!.length
    if (left === 0) break
  }
  return Buffer.concat(parts)
}

let isOver = false

// Errors outside of the run, such as in a plugin's timer: Node would exit with 1, which means findings.
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error: unknown) => {
    print(process.stderr, describeUnexpectedError('unexpected error', error))
    isCut = true
    process.exitCode = 2
    if (!isOver) process.exit()
  })

process.on('exit', () => {
  if (isOver) return
  process.exitCode = 2
  if (!isCut)
    print(process.stderr, 'doccheck: The run did not come to its end: a plugin or reporter never does\n')
})

// The process as the command line's world; nothing else in doccheck knows it.
const code = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  out: (words) => print(process.stdout, words),
  err: (words) => print(process.stderr, words),
  input,
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
isOver = true
process.exitCode = isCut ? 2 : code

// A name server that says nothing holds the process, and `process.exit` waits for it, too. Who pressed Ctrl-C does not:
// the signal itself then ends what is left, which shells call 130 as well.
if (process.exitCode === 130 && process.stdout.writableLength === 0)
  setTimeout(() => process.kill(process.pid, 'SIGINT'), 300).unref()

// Nor does anything else that is left, such as what watches a folder that vanished just then: what is printed is all.
setInterval(() => {
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit()
}, 300).unref()
