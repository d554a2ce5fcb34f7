import {folderOf, relativePath} from './paths.ts'

/** What ends a destination, opens an escape or means something else in a URL, in Markdown or in HTML. */
const SPECIAL = /[\s<>()"'`\\%#?&[\]{}|]/g

/** A path as the URL of a link, percent-encoded where Markdown, HTML or a browser would read it otherwise. */
export const encodePath = (path: string): string =>
  path.replace(SPECIAL, (char) => encodeURIComponent(char).replace(/['()]/g, hex))

const hex = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`

/** A file of the tree, written the way a link was: from the root or from the page's folder, query and fragment kept. */
export function spellUrl(url: string, from: string, to: string): string {
  const rest = /[?#].*$/s.exec(url)?.[0] ?? ''
  if (url.startsWith('/')) return `/${encodePath(to)}${rest}`
  const path = relativePath(folderOf(from), to)
  return encodePath(url.startsWith('./') && !path.startsWith('.') ? `./${path}` : path) + rest
}

/** Percent-decode what is encoded; a `%` that encodes nothing stays, as in browsers. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
