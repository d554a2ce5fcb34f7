import {execFileSync} from 'node:child_process'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {REPORTERS} from '../src/report/reporters.ts'
import {PLATFORMS} from '../src/site/registry.ts'
import {command} from './needs.ts'
import {doccheck, folder} from './run-doccheck.ts'

const completed = async (...words: string[]) =>
  (await doccheck(folder(), ['--get-yargs-completions', 'doccheck', ...words])).out.split('\n').slice(0, -1)

describe('completion', () => {
  it('is of commands, options and values', async () => {
    expect(await completed('')).toContain('sites')
    expect(await completed('--')).toEqual(expect.arrayContaining(['--reporter', '--no-config', '--help']))
    expect(await completed('sites', '--')).toContain('--explain')
    expect(await completed('sites', '--')).not.toContain('--fix')
    expect(await completed('--reporter', '')).toEqual(REPORTERS)
    expect(await completed('-f', 'js')).toEqual(REPORTERS)
    expect(await completed('--reporter', '=', 'js')).toEqual(REPORTERS)
    expect(await completed('--site', '')).toEqual(PLATFORMS)
    expect(await completed('--rule', '')).toContain('no-broken-link: off')
    expect(await completed('--fix', '--fix-rule', '')).toContain('no-broken-link')
    expect(await completed('--sort', '')).toEqual(['position', 'severity'])
    expect(await completed('init', '--hook', '')).toContain('husky')
    expect(await completed('rules', '')).toContain('no-broken-link')
    // The shell itself completes names of files.
    for (const words of [
      ['docs', ''],
      ['--config', ''],
      ['inspect', 'do'],
    ])
      expect(await completed(...words)).toEqual([])
  })

  it('is printed for the shell of the user, or the one that is named', async () => {
    const script = async (env: Record<string, string>, ...words: string[]) =>
      (await doccheck(folder(), ['completion', ...words], {env})).out
    expect(await script({SHELL: '/usr/bin/zsh'})).toMatch(/^#compdef doccheck\n/)
    expect(await script({SHELL: '/bin/bash'})).toContain('complete -o bashdefault')
    expect(await script({SHELL: '/bin/bash'}, 'zsh')).toMatch(/^#compdef doccheck\n/)
  })

  /** The words that a shell script prints, with `doccheck` as a command. */
  async function inShell(shell: string, script: string): Promise<string[]> {
    const {out} = await doccheck(folder(), ['completion', path.basename(shell)])
    const files = folder({'completion.sh': out, 'docs/page.md': ''})
    const program = `doccheck() { '${process.execPath}' '${path.resolve('bin/doccheck.js')}' "$@"; }`
    return execFileSync(shell, ['-c', `${program}\n${script}`], {cwd: files, encoding: 'utf8'})
      .trimEnd()
      .split('\n')
  }

  const bash = command('bash', ['bash'])

  it.runIf(bash)('works in Bash', async () => {
    const complete = (line: string) => {
      const words = line.split(' ')
      return `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_doccheck_yargs_completions; printf '%s\\n' "\${COMPREPLY[@]}"`
    }
    const run = (line: string) => inShell('bash', `source ./completion.sh\n${complete(line)}`)
    expect(await run('doccheck si')).toEqual(['sites'])
    expect(await run('doccheck --reporter mark')).toEqual(['markdown'])
    expect(await run('doccheck --site docu')).toEqual(['docusaurus'])
    expect(await run('doccheck --rule no-dead-link')).toEqual([
      '"no-dead-link: off"',
      '"no-dead-link: warn"',
      '"no-dead-link: error"',
    ])
    expect(await run('doccheck docs/pa')).toEqual([''])
  })

  const zsh = command('zsh (Debian: zsh)', ['zsh'])

  it.runIf(zsh)('works in Zsh', async () => {
    const words = await inShell(
      'zsh',
      // What the completion system of a terminal would show.
      `compdef() { }; _describe() { print -l -- "\${(@P)2}" }
source ./completion.sh
words=(doccheck --site ''); CURRENT=3; _doccheck_yargs_completions`,
    )
    expect(words).toEqual(PLATFORMS)
  })
})
