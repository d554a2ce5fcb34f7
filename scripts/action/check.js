/** Runs doccheck with the inputs of the action, which it takes from the environment. */
import {existsSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {fail, setOutputs} from './runner.js'
import {splitWords} from './words.js'

const {RUNNER_TEMP, GITHUB_WORKSPACE, FOLDER} = process.env
const input = (name) => (process.env[`INPUT_${name}`] ?? '').trim()
const lines = (name) =>
  input(name)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** The values of YAML 1.2, as GitHub's own actions take them. */
function flag(name) {
  const value = input(name)
  if (/^(?:true|True|TRUE)$/.test(value)) return true
  if (/^(?:false|False|FALSE)$/.test(value)) return false
  const inYaml = name.toLowerCase().replaceAll('_', '-')
  return fail(`The input '${inYaml}' must be true or false, and is '${value}'`)
}

function args() {
  try {
    return splitWords(input('ARGS'))
  } catch (error) {
    return fail(`The input 'args' cannot be split into words: ${error.message}`)
  }
}

function enter(folder) {
  try {
    process.chdir(path.resolve(GITHUB_WORKSPACE, folder))
  } catch {
    fail(`The input 'working-directory' names no folder of the checkout: '${folder}'`)
  }
}

const verdicts = path.join(RUNNER_TEMP, 'doccheck-verdicts.json')
const option = (name) => (input(name) ? [`--${name.toLowerCase()}=${input(name)}`] : [])
const words = [
  `--cache-location=${verdicts}`,
  ...(flag('OFFLINE') ? ['--offline'] : []),
  ...(flag('CONFIG_CODE') ? [] : ['--no-config-code']),
  ...option('CONFIG'),
  ...option('SINCE'),
  ...lines('REPORTERS').map((reporter) => `--reporter=${reporter}`),
  ...args(),
  '--',
  ...lines('PATHS'),
]
enter(input('WORKING_DIRECTORY'))
process.argv.splice(2, Infinity, ...words)
await import(pathToFileURL(path.join(FOLDER, 'bin', 'doccheck.js')).href)
setOutputs({'exit-code': String(process.exitCode), verdicts: String(existsSync(verdicts))})
