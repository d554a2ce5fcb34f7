import {redirectEntries} from '../redirects/data.ts'
import {isRedirectTable} from '../redirects/file-names.ts'
import {redirectLines} from '../redirects/lines.ts'
import {folderOf, folderPrefix, joinPath, nameOf} from '../text/paths.ts'
import type {TreeContext} from './platform.ts'
import {RedirectTable} from './redirect-table.ts'
import {readValue, record, records} from './shared/data.ts'

/** Files with redirects that are not tables of URLs: code, and redirects of source files. */
const OTHER_REDIRECT_FILE = /(?:^|\/)(?:next\.config\.[cm]?[jt]s|\.openpublishing\.redirection[^/]*\.json)$/

/** Is a file of a tree one in which hosts or generators keep redirects? */
export const isRedirectFile = (path: string): boolean =>
  isRedirectTable(path) || OTHER_REDIRECT_FILE.test(path)

/** Read a redirect file, in the format that its name implies. */
export async function readRedirectFile(ctx: TreeContext, file: string): Promise<RedirectTable> {
  const table = new RedirectTable(file)
  const name = nameOf(file)
  if (name === '_redirects') {
    const text = await ctx.tree.read(file).catch(() => undefined)
    if (text === undefined) table.setUnreadable()
    else for (const {from, to, limits} of redirectLines(text)) table.add(from, to, limits)
  } else if (name.startsWith('next.config.')) {
    // Loaded only if needed, as the evaluator of JavaScript is large.
    const {addRedirectsOfNext} = await import('./redirects-of-next.ts')
    await addRedirectsOfNext(table, ctx)
  } else addData(table, name, await withReferredRedirects(ctx, file, await readValue(ctx, file)))
  return table
}

/** Data with the redirects of another file, which Mintlify takes from there: `{redirects: {$ref: './moved.json'}}`. */
async function withReferredRedirects(ctx: TreeContext, file: string, value: unknown): Promise<unknown> {
  const data = record(value)
  const {$ref: reference} = record(data.redirects)
  const other = typeof reference === 'string' ? joinPath(folderOf(file), reference) : ''
  return ctx.tree.files.has(other) ? {...data, redirects: await readValue(ctx, other)} : value
}

/** Redirects in YAML, TOML or JSON. */
function addData(table: RedirectTable, name: string, value: unknown): void {
  if (value === undefined) table.setUnreadable()
  else if (name.startsWith('.openpublishing')) addSources(table, value)
  else for (const {from, to, limits} of redirectEntries(name, value)) table.add(from, to, limits)
}

/** The source files redirected in a Microsoft Learn table, written relative to the folder of the table. */
function addSources(table: RedirectTable, value: unknown): void {
  for (const {source_path: source} of records(record(value).redirections))
    if (typeof source === 'string') table.addSource(folderPrefix(folderOf(table.file)) + source)
}
