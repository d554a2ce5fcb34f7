import {createInterface} from 'node:readline'
import {UserError} from '../../errors/errors.ts'

/** Asks the user questions. */
export interface Prompts {
  /**
   * Ask until the answer is one of the choices, or an unambiguous prefix of one; an empty answer means the default.
   *
   * @param fallback The default.
   * @returns one of the choices
   * @throws {@link UserError} if the user quits
   */
  ask<T extends string>(question: string, choices: readonly T[], fallback: T): Promise<T>
  /** Release the terminal; no more questions can be asked. */
  close(): void
}

/** Prompts on the terminal; undefined if standard input or standard error is not one. */
export function terminalPrompts(): Prompts | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  // A line typed ahead answers the next question.
  const lines: string[] = []
  let isClosed = false
  let wake = () => {}
  terminal.on('line', (line) => {
    lines.push(line)
    wake()
  })
  terminal.on('close', () => {
    isClosed = true
    wake()
  })
  const nextLine = async (): Promise<string> => {
    while (lines.length === 0) {
      if (isClosed) throw new UserError('Interrupted: nothing was written')
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return lines.shift()!
  }
  return {
    async ask(question, choices, fallback) {
      for (;;) {
        terminal.setPrompt(`${question} (${choices.join(', ')}) [${fallback}] `)
        if (!isClosed) terminal.prompt()
        const answer = (await nextLine()).trim().toLowerCase()
        if (!answer) return fallback
        const exact = choices.find((choice) => choice === answer)
        if (exact !== undefined) return exact
        const matching = choices.filter((choice) => choice.startsWith(answer))
        if (matching.length === 1) return matching[0]!
      }
    },
    close: () => terminal.close(),
  }
}
