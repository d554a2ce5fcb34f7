import type {Host} from '../../platform.ts'
import {describeGithub} from './describe.ts'

/** GitHub, which is assumed unless another host is detected; nearly every run needs all of it. */
export const github = {
  name: 'github',
  candidates: [],
  detect: () => [],
  describe: describeGithub,
} as const satisfies Host
