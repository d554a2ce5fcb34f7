import type {Resolution} from '../types.ts'

/** Where a link leads in a file that is only shown as a part of other pages: what is missing beside it may be beside them. */
export const resolvedInPartial = (found: Resolution, from: string): Resolution =>
  found.to === 'missing' || (found.to === 'page' && found.path === from)
    ? {to: 'unknown', why: 'its place on the site depends on what includes it'}
    : found
