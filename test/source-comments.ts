import {readdirSync, readFileSync} from 'node:fs'
import type {GenericSchema} from 'valibot'
import type {closed} from '../src/data/schema.ts'
import type {Example, RuleDocs} from '../src/rule/docs.ts'

/** The names of all rules, by their files. */
export const ruleNames = readdirSync('rules')
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace('.ts', ''))

/** The documentation in a rule's opening comment. */
export function docsOf(rule: string): RuleDocs {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(readFileSync(`rules/${rule}.ts`, 'utf8'))?.[1] ?? ''
  const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, '').trimEnd())
  const [text, ...parts] = lines.join('\n').split(/^@example ?/m)
  return {text: text!.trim(), examples: parts.map(exampleOf)}
}

/** A title, the lines of a page, and `^ 1:2-3:4 message` for each finding. */
function exampleOf(part: string): Example {
  const [title = '', ...rest] = part.split('\n')
  const isMessage = (line: string) => line.startsWith('^ ')
  const markdown = rest.filter((line) => !isMessage(line)).join('\n')
  return {
    title: title.trim(),
    markdown: `${markdown.trim()}\n`,
    messages: rest.filter(isMessage).map((line) => line.slice(2)),
  }
}

type Closed = ReturnType<typeof closed>

/**
 * The comments on the entries of schemas that a module exports.
 *
 * @param file The module's source.
 * @param exported The module.
 */
export function descriptionsIn(file: string, exported: object): [GenericSchema, string][] {
  const found: [GenericSchema, string][] = []
  const source = readFileSync(file, 'utf8')
  for (const [, name, body] of source.matchAll(/^export const (\w+) = closed\(\{\n([\s\S]*?)^\}\)/gm)) {
    const {entries} = (exported as Record<string, Closed>)[name!]!.pipe[1]
    for (const [, text, key] of body!.matchAll(/\/\*\* (.*) \*\/\n +([\w$]+):/g)) {
      const schema = entries[key!] as GenericSchema & {pipe?: GenericSchema[]}
      // The JSON Schema of a pipe is that of its first part.
      found.push([schema.pipe?.[0] ?? schema, text!])
    }
  }
  return found
}
