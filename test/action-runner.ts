import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {parse} from 'yaml'
import {ENGINES, engines} from './needs.ts'
import {ENV, run} from './repository.ts'
import {folder} from './run-doccheck.ts'

/** Whether GitHub's own reader of expressions is there. */
export const hasExpressions = engines('@actions/expressions')

/** A step of a workflow or an action. */
export interface Step {
  id?: string
  if?: string
  uses?: string
  shell?: string
  run?: string
  env?: Record<string, string>
  with?: Record<string, string | number | boolean>
}

/** An action as its file says. */
export interface Action {
  inputs: Record<string, {default: string}>
  outputs: Record<string, {value: string}>
  runs: {steps: Step[]}
}

/** A job of a workflow. */
export interface Job {
  steps: Step[]
  permissions?: Record<string, string>
  'timeout-minutes'?: number
  outputs?: Record<string, string>
}

/** The action of a checkout. */
export const actionOf = (checkout: string): Action =>
  parse(readFileSync(path.join(checkout, 'action.yml'), 'utf8'))

/** Fills in the expressions of a text, by GitHub's own library. */
type Fill = (text: unknown, contexts: object, hasFailed?: boolean) => string

async function filler(): Promise<Fill> {
  const {data, Evaluator, Lexer, Parser} = await import(
    pathToFileURL(path.join(ENGINES, '@actions/expressions/dist/index.js')).href
  )
  const evaluate = (expression: string, contexts: object, hasFailed: boolean) => {
    const status = {always: true, cancelled: false, failure: hasFailed, success: !hasFailed}
    const functions = Object.entries(status).map(([name, value]) => {
      return {name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value)}
    })
    const {tokens} = new Lexer(expression).lex()
    const tree = new Parser(tokens, Object.keys(contexts), functions).parse()
    const values = JSON.parse(JSON.stringify(contexts), data.reviver)
    return new Evaluator(tree, values, new Map(functions.map((each) => [each.name, each])))
      .evaluate()
      .coerceString()
  }
  return (text, contexts, hasFailed = false) =>
    String(text).replace(/\$\{\{(.*?)\}\}/g, (_, each) => evaluate(each, contexts, hasFailed))
}

/** What a run of an action or a job printed and did. */
export interface Ran {
  code: number
  out: string
  err: string
  outputs: Record<string, string>
  /** The actions that were used, by name, with what they were given. */
  used: {name: string; with: Record<string, string>}[]
  /** The folders that were put in front of the `PATH`. */
  paths: string
}

const FILES = ['GITHUB_OUTPUT', 'GITHUB_PATH', 'script']

/** A machine on which jobs run one after the other; only caches and artifacts stay. */
export class Runner {
  readonly root = folder()
  readonly #kept = path.join(this.root, 'what the host keeps')
  /** The folder for temporary files. */
  readonly temp = path.join(this.root, 'temp of the runner')

  constructor() {
    mkdirSync(this.#kept)
    mkdirSync(this.temp)
  }

  /** Starts a new job, which finds no temporary files. */
  renew(): void {
    rmSync(this.temp, {recursive: true})
    mkdirSync(this.temp)
  }

  /** Runs an action in the folder of a job. */
  async action(
    checkout: string,
    workspace: string,
    inputs: Record<string, string>,
    {env = ENV, event = {}}: {env?: NodeJS.ProcessEnv; event?: object} = {},
  ): Promise<Ran> {
    const fill = await filler()
    const action = actionOf(checkout)
    const github = {action_path: checkout, run_id: '1', run_attempt: '1', event}
    for (const name of Object.keys(inputs)) if (!action.inputs[name]) throw new Error(`No input ${name}`)
    const presets = Object.entries(action.inputs).map(([name, input]) => [
      name,
      fill(input.default, {github}),
    ])
    const contexts = {github, inputs: {...Object.fromEntries(presets), ...inputs}}
    const outputs = Object.entries(action.outputs).map(([name, {value}]) => [name, value])
    const job = {steps: action.runs.steps, outputs: Object.fromEntries(outputs)}
    return this.job(job, workspace, contexts, env)
  }

  /**
   * Runs the steps of a job as GitHub's runner does: conditions and values by expressions, each script in a shell of its
   * own. Other actions are told of; of those, the ones that keep files for later do so.
   */
  async job(
    {steps, outputs = {}}: Job,
    workspace: string,
    given: object,
    env: NodeJS.ProcessEnv,
  ): Promise<Ran> {
    const fill = await filler()
    const done: Record<string, {outputs: Record<string, string>}> = {}
    const contexts = {runner: {os: 'Linux', temp: this.temp}, steps: done, ...given}
    const ran: Ran = {code: 0, out: '', err: '', outputs: {}, used: [], paths: ''}
    const fillAll = (texts: object = {}) =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, fill(text, contexts, ran.code !== 0)]),
      )
    for (const step of steps) {
      const asks = /\b(?:always|cancelled|failure|success)\(/.test(step.if ?? '')
      const condition = asks ? step.if : `success() && (${step.if ?? true})`
      if (fill(`\${{ ${condition} }}`, contexts, ran.code !== 0) !== 'true') continue
      done[step.id ?? ''] = {outputs: {}}
      if (step.uses) {
        ran.used.push({name: step.uses.replace(/@.*/, ''), with: fillAll(step.with)})
        this.#use(ran.used.at(-1)!)
      } else
        Object.assign(
          done[step.id ?? '']!.outputs,
          await this.#script(step, workspace, {...env, ...fillAll(step.env)}, ran),
        )
    }
    ran.outputs = fillAll(outputs)
    return ran
  }

  /** @returns the outputs of the step */
  async #script(step: Step, workspace: string, env: NodeJS.ProcessEnv, ran: Ran): Promise<object> {
    const files = Object.fromEntries(FILES.map((name) => [name, path.join(this.temp, `_${name}`)]))
    for (const file of Object.values(files)) writeFileSync(file, '')
    writeFileSync(files.script!, step.run!)
    const shells: Record<string, string> = {
      none: 'bash -e {0}',
      bash: 'bash --noprofile --norc -eo pipefail {0}',
    }
    const shell = step.shell ?? 'none'
    const [program = '', ...words] = (shells[shell] ?? shell).split(' ')
    const {code, out, err} = await run(
      workspace,
      program,
      words.map((word) => (word === '{0}' ? files.script! : word)),
      {
        ...files,
        RUNNER_TEMP: this.temp,
        RUNNER_TOOL_CACHE: path.join(this.root, 'tools'),
        GITHUB_WORKSPACE: workspace,
        ...env,
      },
    )
    ran.code ||= code
    ran.out += out
    ran.err += err
    ran.paths += readFileSync(files.GITHUB_PATH!, 'utf8')
    const lines = readFileSync(files.GITHUB_OUTPUT!, 'utf8').matchAll(/^(.*?)=(.*)$/gm)
    return Object.fromEntries([...lines].map(([, name, value]) => [name, value]))
  }

  /** Keeps a path for later, or brings it back. */
  #use({name, with: {path: file = '', key, name: artifact}}: Ran['used'][number]): void {
    const kept = path.join(this.#kept, encodeURIComponent(key ?? artifact ?? ''))
    if (/^actions\/(?:cache\/save|upload-artifact)$/.test(name)) cpSync(file, kept, {recursive: true})
    if (/^actions\/(?:cache\/restore|download-artifact)$/.test(name) && existsSync(kept))
      cpSync(kept, file, {recursive: true})
  }
}
