import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {REPORTERS} from '../src/report/reporters.ts'
import {doccheck, folder} from './run-doccheck.ts'

const COMMANDS = [[], ['sites'], ['inspect', 'a.md'], ['config'], ['baseline'], ['--stdin']]

/** A tree in which every program would leave a file `ran` behind. */
function tree(files: Record<string, string>) {
  const cwd = folder({'a.md': '[x](gone.md)\n', '.git/HEAD': '', ...files})
  const ran = path.join(cwd, 'ran')
  const program = (what: string) =>
    `import {writeFileSync} from 'node:fs'\nwriteFileSync(${JSON.stringify(ran)}, '')\nexport default ${what}\n`
  const add = (name: string, what: string) => {
    mkdirSync(path.dirname(path.join(cwd, name)), {recursive: true})
    writeFileSync(path.join(cwd, name), program(what))
  }
  return {cwd, ran, add}
}

const refusal = (file: string) =>
  `doccheck: The configuration ${file} is a program, which --no-config-code does not run. Write it in JSON, YAML or TOML, or name another file with --config\n`

describe('--no-config-code', () => {
  it.each(COMMANDS.map((words) => words.join(' ')))(
    'runs no program that a search finds: %s',
    async (words) => {
      const {cwd, ran, add} = tree({'docs/b.md': '# B\n', '.doccheckrc.json': '{}'})
      add('docs/doccheck.config.mjs', '{}')
      const given = words === '' ? [] : words.replace('a.md', '../a.md').split(' ')
      const at = path.join(cwd, 'docs')
      const {code, err} = await doccheck(at, [...given, '--no-config-code'], {input: '# C\n'})
      // The file further up is not taken instead.
      expect(err).toBe(refusal(path.join(at, 'doccheck.config.mjs')))
      expect(code).toBe(2)
      expect(existsSync(ran)).toBe(false)
      expect((await doccheck(at, given, {input: '# C\n'})).code).not.toBe(2)
      expect(existsSync(ran)).toBe(true)
    },
  )

  it.each(['js', 'cjs', 'mjs', 'ts'])('runs none that is named or extended: .%s', async (end) => {
    const {cwd, ran, add} = tree({'data.json': `{"extends": "./own.${end}"}`})
    add(`own.${end}`, '{}')
    for (const name of [`own.${end}`, 'data.json']) {
      const {code, err} = await doccheck(cwd, ['--no-config-code', '--config', name])
      expect(err).toBe(refusal(path.join(cwd, `own.${end}`)))
      expect(code).toBe(2)
    }
    expect(existsSync(ran)).toBe(false)
  })

  it('takes each data format', async () => {
    const off = '{"rules": {"no-broken-link": "off"}}'
    for (const name of ['.doccheckrc', '.doccheckrc.json', '.doccheckrc.yaml', '.doccheckrc.yml'])
      expect((await doccheck(tree({[name]: off}).cwd, ['--no-config-code'])).code, name).toBe(0)
    const {cwd} = tree({'package.json': `{"doccheck": ${off}}`})
    expect((await doccheck(cwd, ['--no-config-code'])).code).toBe(0)
  })

  it('takes the data of a package, and runs no other', async () => {
    const {cwd, ran, add} = tree({
      'node_modules/data/package.json': '{"main": "own.json"}',
      'node_modules/data/own.json': '{"rules": {"no-broken-link": "off"}}',
      'node_modules/code/package.json': '{"main": "own.mjs"}',
      'data.json': '{"extends": "data"}',
      'code.json': '{"extends": "code"}',
    })
    add('node_modules/code/own.mjs', '{}')
    expect((await doccheck(cwd, ['--no-config-code', '--config', 'data.json'])).code).toBe(0)
    const {code, err} = await doccheck(cwd, ['--no-config-code', '--config', 'code.json'])
    expect(err).toBe(refusal(path.join(cwd, 'node_modules/code/own.mjs')))
    expect(code).toBe(2)
    expect(existsSync(ran)).toBe(false)
  })

  it('runs no plugin', async () => {
    const {cwd, ran, add} = tree({'.doccheckrc.json': '{"plugins": ["./plugin.mjs", ["remark-x", {}]]}'})
    add('plugin.mjs', '() => () => {}')
    const {code, err} = await doccheck(cwd, ['--no-config-code'])
    expect(err).toBe(
      `doccheck: ${path.join(cwd, '.doccheckrc.json')}:1:2: The plugins "./plugin.mjs", "remark-x" are programs, which --no-config-code does not run\n`,
    )
    expect(code).toBe(2)
    expect(existsSync(ran)).toBe(false)
  })

  it('runs no package as a reporter, as the tree may bring it', async () => {
    const {cwd, ran, add} = tree({
      'node_modules/vfile-reporter-own/package.json': '{"main": "own.mjs", "exports": "./own.mjs"}',
    })
    add('node_modules/vfile-reporter-own/own.mjs', "() => 'own report'")
    for (const words of [['--no-config-code'], ['--config-from', 'HEAD']]) {
      const {code, err} = await doccheck(cwd, ['--reporter', 'own', ...words])
      expect(err).toBe(
        `doccheck: --reporter own would load a package, which ${words[0]} forbids; the built-in reporters are ${REPORTERS.join(', ')}\n`,
      )
      expect(code).toBe(2)
    }
    expect(existsSync(ran)).toBe(false)
    expect((await doccheck(cwd, ['--reporter', 'own'])).out).toBe('own report\n')
    expect(existsSync(ran)).toBe(true)
  })
})
