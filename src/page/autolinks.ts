import type {Link} from './types.ts'

/** A URL that goldmark makes a link: behind its host, all ASCII but a few characters. */
const LINKED = /^(?:https?:\/\/|ftp:\/\/|www\.)[\w.-]+(?::\d+)?(?:[/?#][!-)+-[\]^-{}~]*)?/i

/** End a URL without angle brackets where goldmark does: `https://a.org/b。c` → `https://a.org/b`. */
export function endAsGoldmark(link: Link, text: string): void {
  const written = text.slice(link.start, link.end)
  const found = LINKED.exec(written)?.[0] ?? written
  if (found.length === written.length) return
  const rest = written.slice(found.replace(/[?!.,:_~]+$/, '').length)
  if (!link.url.endsWith(rest)) return
  link.end -= rest.length
  link.target = {start: link.start, end: link.end}
  link.url = link.url.slice(0, -rest.length)
}
