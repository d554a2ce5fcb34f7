/**
 * Reports pages that are to be published at a URL that another file has, too, so that one of them is lost.
 *
 * Only what the site's platform publishes is compared: permalinks and slugs of front matter, routes made from file
 * names. A README beside an index page is meant for the repository, and is not reported.
 *
 * @example ok
 * Each page has a URL of its own.
 */
import {defineRule} from '../src/define-rule.ts'

const README = /(?:^|\/)readme\.[^/]*$/i

export default defineRule(
  {name: 'unique-permalink', needs: 'site', severity: 'error', options: {}},
  (page, {report, site}) => {
    const place = site.samePlace(page.path)
    if (!place || README.test(page.path)) return
    const others = place.others.filter((other) => !README.test(other))
    if (others.length === 0) return
    const shown = others.slice(0, 3).map((other) => `\`${other}\``)
    const more = others.length > 3 ? ` and ${others.length - 3} more` : ''
    report({
      start: 0,
      end: 0,
      target: {name: place.url},
      message: `Unexpected URL \`${place.url}\` that ${shown.join(', ')}${more} ${others.length > 1 ? 'have' : 'has'}, too`,
    })
  },
)
