/**
 * Reports remote images that a reader's browser cannot show.
 *
 * Each distinct URL is asked once for all pages. Only an image that is certainly dead is reported with the rule's
 * severity: not found, host gone, no image behind the address. One that could not be verified (a time-out, a bot
 * wall) is reported for information, if asked for. `--offline` skips the rule.
 *
 * @example ok
 * ![A local image is for no-broken-link](a.png)
 */
import {defineRule} from '../src/define-rule.ts'

export default defineRule(
  {
    name: 'no-unreachable-image',
    needs: 'remote',
    severity: 'error',
    options: {
      /** Also list images whose state could not be found out. */
      unverified: false,
    },
  },
  (page, {options, report, site, verdict}) => {
    for (const link of page.links) {
      if (!link.image) continue
      const found = site.resolve(link)
      if (found.to !== 'remote') continue
      const known = verdict(found.url)
      if (!known || known.state === 'alive') continue
      if (known.state === 'dead') report({...link.target, message: `Unexpected dead image: ${known.reason}`})
      else if (options.unverified)
        report({...link.target, message: `Image not verified: ${known.reason}`, severity: 'info'})
    }
  },
)
