import {appendFileSync} from 'node:fs'

/** Sets outputs of a step. Empty ones are left out. */
export function setOutputs(outputs) {
  for (const [name, value] of Object.entries(outputs))
    if (value) appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`)
}

/** Ends the step with an annotation. The exit code is that of doccheck for what could not run. */
export function fail(message) {
  const text = message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  console.log(`::error title=doccheck::${text}`)
  process.exit(2)
}
