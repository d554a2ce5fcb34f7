import {existsSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {applyEdits, modify, parse} from 'jsonc-parser'
import {MARKDOWN_EXTENSIONS} from '../../text/markdown-files.ts'
import type {FilePlan} from './file-change.ts'
import {ManualEdit} from './manual-edit.ts'
import type {Hook} from './options.ts'
import {packageManagerOf, usesPlugAndPlay} from './package-manager.ts'
import {lefthookFile, lintStagedFile, readPackage} from './project.ts'
import {anyRunsDoccheck, runsDoccheck} from './runs-doccheck.ts'
import {addLefthook, addRepository} from './yaml.ts'

const COMMAND = 'doccheck --staged --offline'
const PAGES = `*.{${MARKDOWN_EXTENSIONS.join(',')}}`

/** The files through which a tool runs doccheck before each commit; none for `none`. */
export function hookFiles(hook: Hook, root: string, version: string): FilePlan[] {
  switch (hook) {
    case 'pre-commit':
      return [preCommit(version)]
    case 'husky':
      return [{file: '.husky/pre-commit', make: addLine(prefixIn(root))}, ...preparePlan(root)]
    case 'lefthook':
      return [lefthook(root)]
    case 'lint-staged':
      return [lintStaged(root)]
    case 'none':
      return []
  }
}

/** The script of `package.json` that makes an install set up husky's hooks. */
function preparePlan(root: string): FilePlan[] {
  const manifest = readPackage(root)
  // Yarn 2 and later runs no `prepare`, and would run `postinstall` where a public package is installed.
  const isYarn = packageManagerOf(root, manifest) === 'yarn'
  if (!manifest || (isYarn && manifest.private !== true)) return []
  const name = isYarn ? 'postinstall' : 'prepare'
  const make = (before = '') => {
    const script: unknown = parse(before)?.scripts?.[name]
    if (script === undefined) return setKey(before, ['scripts', name], 'husky')
    if (/\bhusky\b/.test(String(script))) return
    throw new ManualEdit(`package.json already has the script ${name}, which should run husky as well`, [
      `"${name}": ${JSON.stringify(`${script} && husky`)}`,
    ])
  }
  return [{file: 'package.json', make}]
}

function preCommit(version: string): FilePlan {
  const file = '.pre-commit-config.yaml'
  const hook = {
    id: 'doccheck',
    name: 'doccheck',
    entry: COMMAND,
    language: 'node',
    additional_dependencies: [`doccheck-cli@${version}`],
    // A commit that only deletes files passes no names, but can break pages.
    pass_filenames: false,
    always_run: true,
  }
  return {file, make: (before = '') => addRepository(before, file, {repo: 'local', hooks: [hook]})}
}

const addLine =
  (prefix: string) =>
  (before = ''): string | undefined => {
    if (runsDoccheck(before)) return undefined
    const end = endOf(before)
    const first = before.slice(0, end)
    return `${first}${first && !first.endsWith('\n') ? '\n' : ''}${prefix}${COMMAND}\n${before.slice(end)}`
  }

/** The prefix that runs a command of a package, such as `yarn `. */
const prefixIn = (root: string): string =>
  usesPlugAndPlay(root, packageManagerOf(root, readPackage(root))) ? 'yarn ' : ''

/** The offset at which to add a command to a script: before a final `exit` or `exec`, else at the end. */
function endOf(script: string): number {
  const last = [...script.matchAll(/^[^\S\n]*[^\s#](?:.*\\\r?\n)*.*$/gm)].at(-1)
  const isEnding = last && /^\s*(?:exit|exec)\b|;\s*(?:exit|exec)\b[^;|&(){}]*$/.test(last[0])
  return isEnding ? last.index : script.length
}

function lefthook(root: string): FilePlan {
  const file = lefthookFile(root) ?? 'lefthook.yml'
  // lefthook does not add `node_modules/.bin` to PATH.
  const isPackage = existsSync(path.join(root, 'package.json'))
  const run = `${prefixIn(root) || (isPackage ? 'node_modules/.bin/' : '')}${COMMAND}`
  if (/\.ya?ml$/.test(file)) return {file, make: (before = '') => addLefthook(before, file, run)}
  return {
    file,
    make: (before = '') => {
      if (runsDoccheck(before)) return undefined
      throw new ManualEdit(`doccheck does not edit ${file}; add a job to \`pre-commit\` that runs`, [run])
    },
  }
}

function lintStaged(root: string): FilePlan {
  // After `--`, even a file name that looks like an option is a file name.
  const command = `${prefixIn(root)}doccheck --fix --offline --no-test-data --`
  if (readPackage(root)?.['lint-staged'] !== undefined)
    return {
      file: 'package.json',
      make: (before) => addKey(before!, 'package.json', ['lint-staged', PAGES], command),
    }
  const existing = lintStagedFile(readdirSync(root))
  if (existing && existing !== '.lintstagedrc.json')
    return {file: existing, make: (before = '') => leaveToAuthor(before, existing, command)}
  return {
    file: '.lintstagedrc.json',
    make: (before = '{}\n') => addKey(before, '.lintstagedrc.json', [PAGES], command),
  }
}

function leaveToAuthor(before: string, file: string, command: string): undefined {
  if (runsDoccheck(before)) return
  throw new ManualEdit(`doccheck does not edit ${file}; add to it`, [`"${PAGES}": "${command}"`])
}

/** Add a key to an object in JSON, unless a command there runs doccheck. */
function addKey(before: string, file: string, keys: string[], value: string): string | undefined {
  const scope: unknown = keys.slice(0, -1).reduce((object, key) => object?.[key], parse(before))
  if (typeof scope !== 'object' || scope === null || Array.isArray(scope))
    throw new ManualEdit(`${file} has no object of globs and commands; add`, [`"${keys.at(-1)}": "${value}"`])
  return anyRunsDoccheck(scope) ? undefined : setKey(before, keys, value)
}

/** Set a key in JSON and keep everything else unchanged, including comments. */
function setKey(before: string, keys: string[], value: string): string {
  const indent = /^[{[]\r?\n([ \t]+)/.exec(before)?.[1] ?? '  '
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: before.includes('\r\n') ? '\r\n' : '\n',
  }
  return applyEdits(before, modify(before, keys, value, {formattingOptions}))
}
