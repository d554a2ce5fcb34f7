import type {Host} from '../../platform.ts'
import {describeGithub} from './describe.ts'

/** GitHub, which is assumed unless another host is detected; nearly every run needs all of it. */
export const github = {
  name: 'github',
  docs: {
    title: 'GitHub',
    detectedBy: 'no other site',
    knows: 'paths of the repository, exact case, README of a folder, ids of headings',
  },
  candidates: [],
  detect: () => [],
  describe: describeGithub,
} as const satisfies Host
