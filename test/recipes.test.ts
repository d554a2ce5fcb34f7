import {readFileSync} from 'node:fs'
import {globbySync} from 'globby'
import {expect, it} from 'vitest'

const page = readFileSync('docs/hooks-and-ci.md', 'utf8')
// What `doccheck init --ci github` writes is told of in a sentence; what starts lint-staged is its own affair.
const UNSHOWN = ['github/.github/workflows/doccheck.yml', 'lint-staged/.husky/pre-commit']

it.each(globbySync('**', {cwd: 'test/recipes', dot: true, ignore: UNSHOWN}).sort())(
  'the docs show what was tried: %s',
  (file) => {
    const text = readFileSync(`test/recipes/${file}`, 'utf8')
    expect(page.includes(`\n${text}\`\`\`\n`)).toBe(true)
  },
)
