/**
 * Reports pages whose URL on the site is also that of another file, so that one of them is lost.
 *
 * Only URLs that the platform of the site publishes are compared: permalinks and slugs in front matter, and routes made
 * from file names. A README next to an index page is meant for readers of the repository, and is not reported.
 *
 * @example ok
 * Each page has a URL of its own.
 */
import {defineRule} from '../src/rule/define-rule.ts'

const README = /(?:^|\/)readme\.[^/]*$/i

export default defineRule(
  {name: 'unique-permalink', needs: 'site', severity: 'error', options: {}},
  (page, {report, site}) => {
    const place = site.samePlace(page.path)
    if (!place || (place.all.length === 1 && place.all[0] === page.path) || README.test(page.path)) return
    const all = withoutReadmes(place.all)
    const count = all.size - Number(all.has(page.path))
    if (count === 0) return
    const others: string[] = []
    for (const other of all) {
      if (other !== page.path) others.push(other)
      if (others.length === 3) break
    }
    const shown = others.map((other) => `\`${other}\``)
    const more = count > 3 ? ` and ${count - 3} more` : ''
    report({
      start: 0,
      end: 0,
      target: {name: place.url},
      paths: others,
      message: `Unexpected duplicate URL \`${place.url}\`, shared with ${shown.join(', ')}${more}`,
    })
  },
)

const known = new WeakMap<readonly string[], ReadonlySet<string>>()

/** The files of a URL without READMEs; cached for all pages at that URL. */
function withoutReadmes(all: readonly string[]): ReadonlySet<string> {
  let found = known.get(all)
  if (!found) known.set(all, (found = new Set(all.filter((path) => !README.test(path)))))
  return found
}
