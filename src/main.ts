import {setFlagsFromString} from 'node:v8'
import {main} from './cli/command-line.ts'
import {describeUnexpectedError} from './cli/unexpected-error.ts'
import {reasonOf} from './tree/atomic.ts'
import {LARGEST} from './tree/read.ts'

/**
 * V8 starts to optimize functions so early that compiling them takes a quarter of the CPU time of a run, which ends soon
 * after. By the major version of Node, since V8 prints an error for a flag that it does not know.
 */
const OPTIMIZE_LATER: Readonly<Record<string, string>> = {
  20: '--interrupt-budget=528000',
  22: '--invocation-count-for-turbofan=30000',
  24: '--invocation-count-for-turbofan=30000',
}
const flag = OPTIMIZE_LATER[process.versions.node.replace(/\..*/, '')]
if (flag) setFlagsFromString(flag)

/** Output was lost, or an error outside of the run was reported: the exit code is 2. */
let hasFailed = false

/**
 * Report lost output, which is neither a clean run nor a finding. A reader that closes the pipe early, as `head` does,
 * is not a failure.
 */
function failOutput(name: string, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.exitCode = 2
  // A failure of standard error itself cannot be reported anywhere.
  if (!hasFailed && name === 'output')
    print(process.stderr, `doccheck: Standard output cannot be written: ${reasonOf(error)}\n`)
  hasFailed = true
}

/** Streams of files throw errors, those of pipes and terminals emit them. */
function print(stream: NodeJS.WriteStream, text: string): void {
  try {
    stream.write(text)
  } catch (error) {
    failOutput(nameOf(stream), error as NodeJS.ErrnoException)
  }
}

const nameOf = (stream: NodeJS.WriteStream) => (stream === process.stdout ? 'output' : 'error')

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => failOutput(nameOf(stream), error))

/** Read standard input up to the maximum size of a page, plus one byte that reveals a larger input. */
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

let isFinished = false

// Errors outside of the run, such as in a plugin's timer: Node would exit with 1, which means findings.
for (const event of ['uncaughtException', 'unhandledRejection'])
  process.on(event, (error: unknown) => {
    print(process.stderr, describeUnexpectedError('unexpected error', error))
    hasFailed = true
    process.exitCode = 2
    if (!isFinished) process.exit()
  })

process.on('exit', () => {
  if (isFinished) return
  process.exitCode = 2
  if (!hasFailed)
    print(process.stderr, 'doccheck: The run did not finish: a plugin or reporter never settles\n')
})

// Nothing else in doccheck uses the process's streams and working directory.
const code = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  out: (text) => print(process.stdout, text),
  err: (text) => print(process.stderr, text),
  input,
  errIsTerminal: Boolean(process.stderr.isTTY),
  outIsTerminal: Boolean(process.stdout.isTTY),
  get columns() {
    return process.stdout.columns
  },
  onInterrupt: (stop) => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    // A second Ctrl-C ends the process at once.
    for (const signal of signals) process.once(signal, stop)
    return () => {
      for (const signal of signals) process.off(signal, stop)
    }
  },
})
isFinished = true
process.exitCode = hasFailed ? 2 : code

// A pending DNS lookup keeps the process alive, and `process.exit` waits for it, too. After Ctrl-C the signal itself ends
// the process, for which shells report 130 as well; Windows has no signals, and would report 1.
if (process.exitCode === 130 && process.platform !== 'win32' && process.stdout.writableLength === 0)
  setTimeout(() => process.kill(process.pid, 'SIGINT'), 300).unref()

// Anything else may be pending, such as a watcher of a folder that was just removed: exit once the output is flushed.
setInterval(() => {
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit()
}, 300).unref()
