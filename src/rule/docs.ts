import {readFile} from 'node:fs/promises'
import {packageFile} from '../report/package-info.ts'

/** What a rule's opening comment says. */
export interface RuleDocs {
  /** Its paragraphs before the examples. */
  text: string
  examples: Example[]
  /** Each option's comment. */
  options: Record<string, string>
}

/** One example: a page and what the rule says of it. */
export interface Example {
  /** Options and files beside the page, in words, as written behind `@example`. */
  title: string
  markdown: string
  /** `1:2-3:4 message`, none for a page that is fine. */
  messages: string[]
}

/** Read the documentation of a built-in rule from its own file, which is shipped as it is. */
export async function readDocs(name: string): Promise<RuleDocs> {
  return parseDocs(await readFile(packageFile(`rules/${name}.ts`), 'utf8'))
}

/** Take the documentation out of a rule's source. */
export function parseDocs(source: string): RuleDocs {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? ''
  const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, '').trimEnd())
  const parts = lines.join('\n').split(/^@example ?/m)
  const examples = parts.slice(1).map((part): Example => {
    const [title = '', ...rest] = part.split('\n')
    const messages = rest.filter((line) => line.startsWith('^ ')).map((line) => line.slice(2))
    const markdown = rest
      .filter((line) => !line.startsWith('^ '))
      .join('\n')
      .trim()
    return {title: title.trim(), markdown: `${markdown}\n`, messages}
  })
  const options: Record<string, string> = {}
  const block = /options: \{([\s\S]*?)\n {4}\}/.exec(source)?.[1] ?? ''
  for (const match of block.matchAll(/\/\*\* (.*?) \*\/\s*(\w+):/g)) options[match[2]!] = match[1]!
  return {text: parts[0]!.trim(), examples, options}
}
