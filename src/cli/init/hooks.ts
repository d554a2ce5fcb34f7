import {existsSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {applyEdits, modify, parse} from 'jsonc-parser'
import {UserError} from '../../errors/errors.ts'
import {MARKDOWN_EXTENSIONS} from '../../text/markdown-files.ts'
import type {Hook} from '../commands/init-options.ts'
import {lefthookFile, readPackage} from './found.ts'
import type {Planned} from './plan.ts'
import {addLefthook, addRepository} from './yaml.ts'

const COMMAND = 'doccheck --staged --offline'
const PAGES = `*.{${MARKDOWN_EXTENSIONS.join(',')}}`

/** What to write so that a hook runs doccheck. */
export function hookFile(hook: Hook, root: string, version: string): Planned | undefined {
  switch (hook) {
    case 'pre-commit':
      return preCommit(version)
    case 'husky':
      return {file: '.husky/pre-commit', make: addLine}
    case 'lefthook':
      return lefthook(root)
    case 'lint-staged':
      return lintStaged(root)
    case 'none':
      return undefined
  }
}

function preCommit(version: string): Planned {
  const file = '.pre-commit-config.yaml'
  const hook = {
    id: 'doccheck',
    name: 'doccheck',
    entry: COMMAND,
    language: 'node',
    additional_dependencies: [`doccheck-cli@${version}`],
    // A commit that only deletes has no file names to pass, and breaks pages all the same.
    pass_filenames: false,
    always_run: true,
  }
  return {file, make: (before = '') => addRepository(before, file, {repo: 'local', hooks: [hook]})}
}

function addLine(before = ''): string | undefined {
  if (/^[^#\n]*doccheck/m.test(before)) return undefined
  const end = endOf(before)
  const first = before.slice(0, end)
  return `${first}${first && !first.endsWith('\n') ? '\n' : ''}${COMMAND}\n${before.slice(end)}`
}

/** Where a script ends: before its last command, if nothing runs behind that. */
function endOf(script: string): number {
  const last = [...script.matchAll(/^[^\S\n]*[^\s#](?:.*\\\r?\n)*.*$/gm)].at(-1)
  const isEnding = last && /^\s*(?:exit|exec)\b|;\s*(?:exit|exec)\b[^;|&(){}]*$/.test(last[0])
  return isEnding ? last.index : script.length
}

function lefthook(root: string): Planned {
  const file = lefthookFile(root) ?? 'lefthook.yml'
  // lefthook does not put the programs that npm installs where the shell finds them.
  const run = existsSync(path.join(root, 'package.json')) ? `node_modules/.bin/${COMMAND}` : COMMAND
  if (/\.ya?ml$/.test(file)) return {file, make: (before = '') => addLefthook(before, file, run)}
  return {
    file,
    make: (before = '') => {
      if (before.includes('doccheck')) return undefined
      throw new UserError(`${file} is yours to change: add a job that runs \`${run}\` to its \`pre-commit\``)
    },
  }
}

function lintStaged(root: string): Planned {
  // Words after `--` are file names, even those that look like options.
  const command = 'doccheck --fix --offline --'
  if (readPackage(root)?.['lint-staged'] !== undefined)
    return {
      file: 'package.json',
      make: (before) => addKey(before!, 'package.json', ['lint-staged', PAGES], command),
    }
  const there = readdirSync(root).find((name) =>
    /^(?:\.lintstagedrc(?:$|\.)|lint-staged\.config\.)/.test(name),
  )
  if (there && there !== '.lintstagedrc.json')
    throw new UserError(`${there} is yours to change: add \`${JSON.stringify({[PAGES]: command})}\` to it`)
  return {
    file: '.lintstagedrc.json',
    make: (before = '{}\n') => addKey(before, '.lintstagedrc.json', [PAGES], command),
  }
}

/** Set a key in JSON, and leave the rest as it is. */
function addKey(before: string, file: string, place: string[], value: string): string | undefined {
  const scope: unknown = place.slice(0, -1).reduce((object, key) => object?.[key], parse(before))
  if (typeof scope !== 'object' || scope === null || Array.isArray(scope))
    throw new UserError(`${file} is not understood: expected globs and commands`)
  if (JSON.stringify(scope).includes('doccheck')) return undefined
  const indent = /^[{[]\r?\n([ \t]+)/.exec(before)?.[1] ?? '  '
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: before.includes('\r\n') ? '\r\n' : '\n',
  }
  return applyEdits(before, modify(before, place, value, {formattingOptions}))
}
