import {createInterface} from 'node:readline'
import {UserError} from '../../errors/errors.ts'

/** Whom to ask. */
export interface Prompts {
  /**
   * Ask until one of the choices is the answer, or the beginning of only one; nothing said means the default.
   *
   * @throws {@link UserError} where the user leaves
   */
  ask(question: string, choices: readonly string[], preset: string): Promise<string>
  /** No more questions. */
  close(): void
}

/** The user at the terminal; nobody where there is none. */
export function terminalPrompts(): Prompts | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  // What is typed before it is asked for counts, too.
  const said: string[] = []
  let isClosed = false
  let wake = () => {}
  terminal.on('line', (line) => {
    said.push(line)
    wake()
  })
  terminal.on('close', () => {
    isClosed = true
    wake()
  })
  const answer = async (): Promise<string> => {
    while (said.length === 0) {
      if (isClosed) throw new UserError('Interrupted: nothing was written')
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return said.shift()!.trim().toLowerCase()
  }
  return {
    async ask(question, choices, preset) {
      for (;;) {
        terminal.setPrompt(`${question} (${choices.join(', ')}) [${preset}] `)
        if (!isClosed) terminal.prompt()
        const word = await answer()
        if (!word) return preset
        const meant = choices.filter((choice) => choice.startsWith(word))
        if (choices.includes(word)) return word
        if (meant.length === 1) return meant[0]!
      }
    },
    close: () => terminal.close(),
  }
}
