import {readFileSync} from 'node:fs'
import {globbySync} from 'globby'
import {expect, it} from 'vitest'

const readme = readFileSync('README.md', 'utf8')
// What `doccheck init --ci github` writes is told of in a sentence; what starts lint-staged is its own affair.
const UNSHOWN = ['github/.github/workflows/doccheck.yml', 'lint-staged/.husky/pre-commit']

it.each(globbySync('**', {cwd: 'test/recipes', dot: true, ignore: UNSHOWN}).sort())(
  'the readme shows what was tried: %s',
  (file) => {
    const text = readFileSync(`test/recipes/${file}`, 'utf8')
    expect(readme.includes(`\n${text}\`\`\`\n`)).toBe(true)
  },
)
