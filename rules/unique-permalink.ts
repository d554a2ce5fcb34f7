/**
 * Reports pages that are to be published at a URL that another file has, too, so that one of them is lost.
 *
 * Only what the site's platform publishes is compared: permalinks and slugs of front matter, routes made from file
 * names. A README beside an index page is meant for the repository, and is not reported.
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
    if (!place || README.test(page.path)) return
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
      message: `Unexpected URL \`${place.url}\` that ${shown.join(', ')}${more} ${count > 1 ? 'have' : 'has'}, too`,
    })
  },
)

const known = new WeakMap<readonly string[], ReadonlySet<string>>()

/** The files of a URL that are no READMEs, once for all of them. */
function withoutReadmes(all: readonly string[]): ReadonlySet<string> {
  let found = known.get(all)
  if (!found) known.set(all, (found = new Set(all.filter((path) => !README.test(path)))))
  return found
}
