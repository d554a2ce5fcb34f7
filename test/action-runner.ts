import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
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

/** The action of a checkout. */
export const actionOf = (checkout: string): Action =>
  parse(readFileSync(path.join(checkout, 'action.yml'), 'utf8'))

/** What a value is in expressions of GitHub, by GitHub's own library. */
type Evaluate = (expression: string, contexts: object, hasFailed: boolean) => string

async function evaluator(): Promise<Evaluate> {
  const {data, Evaluator, Lexer, Parser} = await import(
    pathToFileURL(path.join(ENGINES, '@actions/expressions/dist/index.js')).href
  )
  return (expression, contexts, hasFailed) => {
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
}

/** What a run of an action printed and did. */
export interface ActionRun {
  code: number
  out: string
  err: string
  outputs: Record<string, string>
  /** The actions that were used, by name, with what they were given. */
  used: {name: string; with: Record<string, string>}[]
  /** The folders that were put in front of the `PATH`. */
  paths: string
}

/** A machine on which jobs run one after the other, each in a fresh folder; only caches stay. */
export class Runner {
  readonly root = folder()
  readonly #caches = path.join(this.root, 'caches of the host')
  /** The folder for temporary files. */
  readonly temp = path.join(this.root, 'temp of the runner')

  constructor() {
    mkdirSync(this.#caches)
    mkdirSync(this.temp)
  }

  /**
   * Runs an action as GitHub's runner does: inputs and outputs by expressions, each script in a shell of its own.
   *
   * @param contexts `github` and others, where they matter
   */
  async run(
    checkout: string,
    workspace: string,
    inputs: Record<string, string>,
    {env = ENV, event = {}}: {env?: NodeJS.ProcessEnv; event?: object} = {},
  ): Promise<ActionRun> {
    const evaluate = await evaluator()
    const action = actionOf(checkout)
    const github = {action_path: checkout, run_id: '1', run_attempt: '1', event}
    const steps: Record<string, {outputs: Record<string, string>}> = {}
    const contexts = {github, steps, runner: {os: 'Linux', temp: this.temp}, inputs: {}}
    const ran: ActionRun = {code: 0, out: '', err: '', outputs: {}, used: [], paths: ''}
    const fill = (text: unknown) =>
      String(text).replace(/\$\{\{(.*?)\}\}/g, (_, each) => evaluate(each, contexts, ran.code !== 0))
    const fillAll = (texts: object = {}) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]))
    for (const name of Object.keys(inputs)) if (!action.inputs[name]) throw new Error(`No input ${name}`)
    const presets = Object.entries(action.inputs).map(([name, input]) => [name, fill(input.default)])
    contexts.inputs = {...Object.fromEntries(presets), ...inputs}

    const files = Object.fromEntries(
      ['GITHUB_OUTPUT', 'GITHUB_PATH', 'script'].map((name) => [name, path.join(this.temp, `_${name}`)]),
    )
    for (const step of action.runs.steps) {
      const condition = step.if ?? 'success()'
      const isAsked = /\b(?:always|cancelled|failure|success)\(/.test(condition)
      if (evaluate(isAsked ? condition : `success() && (${condition})`, contexts, ran.code !== 0) !== 'true')
        continue
      const outputs: Record<string, string> = {}
      if (step.id) steps[step.id] = {outputs}
      if (step.uses) {
        const name = step.uses.replace(/@.*/, '')
        ran.used.push({name, with: fillAll(step.with)})
        this.#use(name, ran.used.at(-1)!.with)
        continue
      }
      for (const file of Object.values(files)) writeFileSync(file, '')
      writeFileSync(files.script!, step.run!)
      const [program = '', ...words] = (
        step.shell === 'bash' ? 'bash --noprofile --norc -eo pipefail {0}' : step.shell!
      ).split(' ')
      const done = await run(
        workspace,
        program,
        words.map((word) => (word === '{0}' ? files.script! : word)),
        {
          ...env,
          ...files,
          RUNNER_TEMP: this.temp,
          RUNNER_TOOL_CACHE: path.join(this.root, 'tools'),
          GITHUB_WORKSPACE: workspace,
          ...fillAll(step.env),
        },
      )
      for (const [, name, value] of readFileSync(files.GITHUB_OUTPUT!, 'utf8').matchAll(/^(.*?)=(.*)$/gm))
        outputs[name!] = value!
      ran.paths += readFileSync(files.GITHUB_PATH!, 'utf8')
      ran.out += done.out
      ran.err += done.err
      ran.code ||= done.code
    }
    ran.outputs = fillAll(
      Object.fromEntries(Object.entries(action.outputs).map(([name, {value}]) => [name, value])),
    )
    return ran
  }

  /** What the actions of GitHub do that have an effect here: keep a path under a key, by its exact name or a prefix. */
  #use(name: string, given: Record<string, string>): void {
    const kept = path.join(this.#caches, encodeURIComponent(given.key ?? ''))
    if (name === 'actions/cache/save') cpSync(given.path!, kept, {recursive: true})
    if (name === 'actions/cache/restore' && existsSync(kept)) cpSync(kept, given.path!, {recursive: true})
  }
}
