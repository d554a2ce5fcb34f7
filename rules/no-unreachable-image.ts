/**
 * Reports remote images that a reader's browser cannot show.
 *
 * Each distinct URL is requested once for all pages. Only an image that is certainly dead is reported with the rule's
 * severity: not found, host gone, not an image. Options set the severity of other verdicts: `off`, `info`, `warn` or
 * `error`. With `--offline`, only URLs that state their own expiry are reported.
 *
 * @example ok
 * ![A local image is for no-broken-link](a.png)
 *
 * @example not ok
 * ![](https://bucket.s3.amazonaws.com/a.png?X-Amz-Date=20200101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=0)
 * ^ 1:5-1:107 Unexpected image URL that expired on 2020-01-01, expected a permanent one
 */
import {defineRemoteRule} from '../src/rule/define-remote-rule.ts'

export default defineRemoteRule(
  {
    name: 'no-unreachable-image',
    severity: 'error',
    kind: 'image',
    options: {
      except: [],
      redirected: 'off',
      blocked: 'off',
      unreachable: 'warn',
      unchecked: 'off',
      expiring: 'warn',
    },
  },
  ({image}) => image === true,
)
