import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {Parser} from 'htmlparser2'
import {doccheck} from './run-doccheck.ts'

/** Each link of a test site has a text of its own, such as `L12`, and a line of its own in the source. */
const LABEL = /\bL\d+\b/

/** A page that a generator made. */
interface HtmlPage {
  url: string
  ids: Set<string>
  links: {label: string; url: string}[]
}

/**
 * The labels of a built site's links that lead nowhere, as a static host serves it, and of all its links.
 *
 * @param out The folder that the generator wrote.
 * @param base The path that the site is published at.
 */
export function linksOfBuilt(out: string, base = '/'): {broken: string[]; all: string[]} {
  const pages = new Map<string, HtmlPage>()
  for (const name of readdirSync(out, {recursive: true, encoding: 'utf8'})) {
    const file = name.split(path.sep).join('/')
    if (file.endsWith('.html')) {
      const url = base + file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')
      pages.set(file, readHtmlPage(readFileSync(path.join(out, file), 'utf8'), url))
    }
  }
  const fileAt = (pathname: string): string | undefined => {
    if (!`${pathname}/`.startsWith(base)) return
    const name = decodeURIComponent(pathname).slice(base.length)
    const places =
      name.endsWith('/') || name === '' ? [`${name}index.html`] : [name, `${name}.html`, `${name}/index.html`]
    return places.find(
      (place) => existsSync(path.join(out, place)) && statSync(path.join(out, place)).isFile(),
    )
  }
  const broken = new Set<string>()
  const all = new Set<string>()
  for (const page of pages.values())
    for (const {label, url} of page.links) {
      const target = new URL(url, `http://site.test${page.url}`)
      if (target.host !== 'site.test') continue
      all.add(label)
      const file = fileAt(target.pathname)
      const fragment = decodeURIComponent(target.hash.slice(1))
      const ids = file === undefined ? undefined : pages.get(file)?.ids
      if (file === undefined || (fragment !== '' && fragment !== 'top' && ids && !ids.has(fragment)))
        broken.add(label)
    }
  return {broken: inOrder(broken), all: inOrder(all)}
}

/**
 * Runs a program that builds a site. If it fails, what it printed is the error, with the lines of its stack traces
 * defused: the test runner would read the files that those name for maps of their source.
 */
export function buildSite(
  command: string,
  words: readonly string[],
  root: string,
  env: Record<string, string> = {},
): void {
  const {status, stdout, stderr, error} = spawnSync(command, words, {
    cwd: root,
    encoding: 'utf8',
    timeout: 550_000,
    // Not the test runner's own variables, which would make it a build for development.
    env: {PATH: process.env.PATH, HOME: root, ...env},
  })
  if (status === 0) return
  const printed = `${error ?? ''}\n${stdout}${stderr}`.replaceAll(/^\s*at /gm, ' | from ')
  throw new Error(`the site was not built (status ${status}): ${printed}`)
}

/** A file of a report in JSON, as far as it counts here. */
interface Reported {
  path: string
  messages: {line: number; reason: string}[]
}

/** The labels of the links of a site's source that doccheck reports. */
export async function reportedLabels(folder: string, words: string[] = []): Promise<string[]> {
  const {out, err} = await doccheck(folder, ['--offline', '--reporter', 'json', ...words])
  if (err !== '') throw new Error(err)
  const labels = new Set<string>()
  for (const {path: file, messages} of JSON.parse(out) as Reported[])
    for (const {line, reason} of messages) {
      const text = readFileSync(path.join(folder, file), 'utf8').split('\n')[line - 1]!
      const label = LABEL.exec(text)?.[0]
      if (label === undefined) throw new Error(`${file}:${line} has no label: ${reason}`)
      labels.add(label)
    }
  return inOrder(labels)
}

const inOrder = (labels: Iterable<string>) =>
  [...labels].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))

function readHtmlPage(html: string, url: string): HtmlPage {
  const page: HtmlPage = {url, ids: new Set(), links: []}
  let open: {url: string; text: string} | undefined
  const parser = new Parser({
    onopentag: (name, {id, name: named, href, src, alt}) => {
      if (id) page.ids.add(id)
      if (name === 'a' && named) page.ids.add(named)
      if (name === 'a' && href !== undefined) open = {url: href, text: ''}
      const label = name === 'img' && LABEL.exec(alt ?? '')?.[0]
      if (label && src !== undefined) page.links.push({label, url: src})
    },
    ontext: (text) => {
      if (open) open.text += text
    },
    onclosetag: (name) => {
      if (name !== 'a' || !open) return
      const label = LABEL.exec(open.text)?.[0]
      if (label) page.links.push({label, url: open.url})
      open = undefined
    },
  })
  parser.end(html)
  return page
}
