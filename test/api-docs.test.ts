import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {folder} from './run-doccheck.ts'

const docs = readFileSync('docs/api.md', 'utf8')

/** The examples of the page: a program, and what it prints. */
const EXAMPLES = [...docs.matchAll(/^```(js|ts)\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, language, program, printed]) => ({language: language!, program: program!, printed: printed!}),
)

/** The folder that the page says its examples run in. */
function exampleFolder(): string {
  const root = folder({
    'package.json': '{"type": "module"}',
    'docs/setup.md': '# Setup\n',
    'docs/install.md': '# Install\n\nFirst, see [setup](Setup.md).\n',
  })
  mkdirSync(path.join(root, 'node_modules'))
  symlinkSync(path.resolve('.'), path.join(root, 'node_modules/doccheck-cli'), 'junction')
  return root
}

it('has an example for each section that shows code', () => {
  expect(EXAMPLES.length).toBeGreaterThan(7)
  expect(docs.match(/^```(?:js|ts)$/gm)).toHaveLength(EXAMPLES.length)
})

describe.each(EXAMPLES)('the example that prints $printed', ({language, program, printed}) => {
  it('prints what the page says', () => {
    const root = exampleFolder()
    // Node 20 does not strip types.
    const javascript =
      language === 'ts' ? program.replace(/\btype \w+(?:, )?|: \w+(?:\[\])?(?= =)/g, '') : program
    writeFileSync(path.join(root, 'example.js'), javascript)
    const out = execFileSync(process.execPath, ['example.js'], {cwd: root, encoding: 'utf8'})
    expect(out.trimEnd()).toBe(printed.trimEnd())
  })
})
