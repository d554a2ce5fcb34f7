import {chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {onTestFinished} from 'vitest'
import {builtIn} from '../rules/index.ts'
import {main} from '../src/cli/command-line.ts'
import type {Io} from '../src/cli/types.ts'
import {check} from '../src/engine/check.ts'
import type {ActiveRule, CheckResult} from '../src/engine/types.ts'
import {pointAt} from '../src/text/lines.ts'
import {isMarkdownFile} from '../src/text/markdown-files.ts'
import {diskTree} from '../src/tree/disk.ts'

/** A temporary folder with these files, gone when the test is. */
export function folder(files: Record<string, string | Uint8Array> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), 'doccheck-'))
  onTestFinished(() => rmSync(root, {recursive: true, force: true, maxRetries: 5}))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), {recursive: true})
    writeFileSync(path.join(root, name), content)
  }
  return root
}

/** A copy of a folder outside any git work tree, gone when the test is. */
export function copyOf(source: string): string {
  const root = folder()
  cpSync(source, root, {recursive: true})
  return root
}

/** What a run of the command line printed and returned. */
export interface Ran {
  code: number
  out: string
  err: string
}

/** Run the command line in this process. */
export async function doccheck(
  cwd: string,
  args: readonly string[],
  given: {
    input?: string | Uint8Array
    env?: Record<string, string>
    terminal?: boolean
    columns?: number
    onInterrupt?: Io['onInterrupt']
  } = {},
): Promise<Ran> {
  const ran: Ran = {code: -1, out: '', err: ''}
  ran.code = await main(args, {
    cwd,
    // What is remembered of remote addresses is never the user's.
    env: {XDG_CACHE_HOME: path.join(cwd, '.cache'), ...given.env},
    out: (text) => void (ran.out += text),
    err: (text) => void (ran.err += text),
    input: async () => Buffer.from(given.input ?? ''),
    errIsTerminal: given.terminal ?? false,
    outIsTerminal: given.terminal ?? false,
    columns: given.columns,
    onInterrupt: given.onInterrupt ?? (() => () => {}),
  })
  return ran
}

/** Check a folder with one rule, or all but remote ones. */
export async function checkFolder(root: string, name?: string, options: object = {}): Promise<CheckResult> {
  const tree = await diskTree(root)
  const rules = [...builtIn.values()]
    .filter((rule) => (name === undefined ? rule.needs !== 'remote' : rule.name === name))
    .map((rule): ActiveRule => ({rule, severity: 'error', options: {...rule.options, ...options}}))
  const result = await check({
    tree,
    files: [...tree.files].filter((file) => isMarkdownFile(file)).sort(),
    rulesFor: () => rules,
  })
  if (result.unexpectedErrors[0]) throw result.unexpectedErrors[0]
  return result
}

/** `path 1:2-3:4 message` for every finding. */
export function messagesOf({pages}: CheckResult): string[] {
  return pages.flatMap(({path: name, page, findings}) =>
    findings.map(({start, end, message}) => {
      const [from, to] = [pointAt(page!.lines, start), pointAt(page!.lines, end)]
      return `${name} ${from.line}:${from.column}-${to.line}:${to.column} ${message}`
    }),
  )
}

/** Do something as a user whom permissions bind: nobody, where the tests run as root. */
export async function asNobody<T>(root: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work()
  const nobody = 65_534
  chownSync(root, nobody, nobody)
  process.seteuid!(nobody)
  try {
    return await work()
  } finally {
    process.seteuid!(0)
  }
}
