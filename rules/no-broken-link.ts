/**
 * Reports links, images, definitions and HTML attributes whose local target does not exist.
 *
 * The site's platform says where a link leads; what cannot be known (template code, another repository, a
 * submodule) is not reported. Letter case counts, on every machine. A target that git ignores counts as missing,
 * because it will be after a push.
 *
 * @example ok `page.md` with a file `install.md` beside it
 * [Install](install.md), [this](page.md#top), [mail](mailto:me@example.org)
 *
 * @example not ok `page.md` with a file `install.md` beside it
 * [Install](instal.md)
 * ^ 1:11-1:20 Unexpected link to missing file `instal.md`, expected `install.md`
 */
import {defineRule} from '../src/define-rule.ts'
import {folderOf, relativePath} from '../src/paths.ts'
import type {Missing} from '../src/site/site.ts'
import {wildcard} from '../src/wildcard.ts'

const WHAT: Record<Missing, string> = {
  file: 'missing file',
  case: 'a file in other letter case',
  unicode: 'a file in another Unicode form',
  leaves: 'a path that leaves the tree',
  ignored: 'a file that git ignores, which is missing after a push',
  index: 'a folder without an index page',
  backslash: 'a path with backslashes',
}

export default defineRule(
  {
    name: 'no-broken-link',
    needs: 'site',
    severity: 'error',
    options: {
      /** Targets not checked: URL paths as written, `*` for any run of characters. */
      except: [] as string[],
    },
  },
  (page, {options, report, site}) => {
    for (const link of page.links) {
      const found = site.resolve(link)
      if (found.to !== 'missing' || options.except.some((pattern) => wildcard(pattern).test(link.url)))
        continue
      const shown = link.url.length > 200 ? `${link.url.slice(0, 200)}…` : link.url
      const noun = link.image ? 'image' : link.kind === 'definition' ? 'definition' : 'link'
      const near = found.near === undefined ? undefined : spell(link.url, page.path, found.near)
      report({
        ...link.target,
        message: `Unexpected ${noun} to ${WHAT[found.why]} \`${shown}\`${near === undefined ? '' : `, expected \`${near}\``}`,
        ...(near === undefined ? {} : {expected: [near]}),
      })
    }
  },
)

/** A file of the tree, written the way the link was: from the root or from the page's folder, rest kept. */
function spell(url: string, from: string, near: string): string {
  const rest = /[?#].*$/s.exec(url)?.[0] ?? ''
  if (url.startsWith('/')) return `/${near}${rest}`
  const path = relativePath(folderOf(from), near)
  return (url.startsWith('./') && !path.startsWith('.') ? `./${path}` : path) + rest
}
