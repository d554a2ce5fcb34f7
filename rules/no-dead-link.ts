/**
 * Reports links to other hosts that lead nowhere: links, definitions, autolinks and HTML `a[href]`.
 *
 * Off by default, since it sends requests to every host that the docs link to; on in the `strict` preset. Each distinct
 * URL is requested once for all pages. Only a link that is certainly dead is reported with the rule's severity: not
 * found, gone, no such host, a certificate that no browser accepts. Options set the severity of other verdicts: `off`,
 * `info`, `warn` or `error`. Hosts that are reserved for examples and tests (`example.com`) are not requested.
 *
 * @example ok
 * [Local links are for no-broken-link](#here), <me@example.org>, [`example.com`](https://example.com/your-page)
 */
import {defineRemoteRule} from '../src/rule/define-remote-rule.ts'

export default defineRemoteRule(
  {
    name: 'no-dead-link',
    severity: 'off',
    kind: 'link',
    options: {
      except: [],
      redirected: 'warn',
      blocked: 'off',
      unreachable: 'warn',
      unchecked: 'off',
      expiring: 'warn',
    },
  },
  ({image, kind, tag}) => !image && (kind !== 'html' || tag === 'a' || tag === 'area'),
)
