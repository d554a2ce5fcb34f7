import {UserError} from '../errors/errors.ts'
import {git} from '../tree/git.ts'
import {commitEntries} from '../tree/git-tree.ts'
import {readRefs} from '../tree/refs.ts'
import {objectName} from '../tree/stored.ts'
import {ownRemotes} from './own-remotes.ts'
import {templateOf} from './source-hosts.ts'

/** The URLs of the lines of a page. @param text The page with its byte order mark. */
type SourceLink = (path: string, text: string) => ((line: number, column: number) => string) | undefined

/** A run whose lines are to be linked. */
export interface SourceOptions {
  /** The top of a work tree, or any folder. */
  root: string
  env: Readonly<Record<string, string | undefined>>
  /** The URL that the user gave, with placeholders. */
  template?: string | undefined
}

const PLACEHOLDER = /\{(\w+)\}/g
const PLACEHOLDERS = ['commit', 'path', 'line', 'column']

/** Reject a URL that no line can be linked with. @throws {@link UserError} */
export function checkTemplate(template: string): void {
  const unknown = [...template.matchAll(PLACEHOLDER)].find(([, name]) => !PLACEHOLDERS.includes(name!))
  if (/^https?:\/\//i.test(template) && template.includes('{path}') && !unknown) return
  const example = 'https://example.org/docs/blob/{commit}/{path}#L{line}'
  throw new UserError(
    `Invalid value '${template}' for --source-url, expected ${unknown ? `one of ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')} instead of ${unknown[0]}` : `an HTTP URL with {path}, such as ${example}`}`,
  )
}

/**
 * Find where the host of a repository shows the lines of its pages.
 *
 * The URL is the user's, or made from the remote and the commit. In the second case only pages have one that the host
 * has exactly as they were checked: of a commit that was pushed, and unchanged since.
 *
 * @returns undefined if no page has one
 * @throws {@link UserError} for a URL with `{commit}` if there is no commit
 */
export async function sourceLinks({root, env, template}: SourceOptions): Promise<SourceLink | undefined> {
  const refs = template === undefined || template.includes('{commit}') ? await readRefs(root) : undefined
  if (template !== undefined) {
    if (!refs && template.includes('{commit}'))
      throw new UserError(`{commit} in --source-url needs a Git repository with a commit: ${root} has none`)
    return (path) => (line, column) => fill(template, {commit: refs?.head ?? '', path, line, column})
  }
  const [remote] = refs ? ownRemotes(refs).values() : []
  const found = remote === undefined ? undefined : templateOf(refs!.remotes.get(remote)!, env)
  if (found === undefined || !(await isPushed(root, refs!.head, remote!, env))) return
  const objects = new Map((await commitEntries(root, refs!.head)).map(({path, object}) => [path, object]))
  return (path, text) =>
    isStoredAs(text, objects.get(path))
      ? (line, column) => fill(found, {commit: refs!.head, path, line, column})
      : undefined
}

/** CI jobs check out commits that the host has, sometimes without a branch that contains them. */
const isPushed = async (root: string, head: string, remote: string, env: SourceOptions['env']) =>
  (env.CI !== undefined && env.CI !== 'false') ||
  Boolean(await git(root, ['for-each-ref', '--count=1', '--contains', head, `refs/remotes/${remote}`]))

/** Does a commit have the text, perhaps with other line endings? */
const isStoredAs = (text: string, object: string | undefined) =>
  object !== undefined &&
  [text, text.replaceAll('\r\n', '\n')].some((each) => objectName(Buffer.from(each), object) === object)

const fill = (template: string, values: {commit: string; path: string; line: number; column: number}) =>
  template.replace(PLACEHOLDER, (_all, name: keyof typeof values) =>
    String(values[name])
      .split('/')
      .map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD')))
      .join('/'),
  )
