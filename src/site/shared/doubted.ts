import type {Doubt} from '../doubts.ts'
import type {Resolution} from '../types.ts'

/** A missing target about which there is a doubt; any other resolution is left as it is. */
export const doubted = (found: Resolution, doubt: Doubt): Resolution =>
  found.to === 'missing' ? {to: 'unknown', doubt, otherwise: found} : found
