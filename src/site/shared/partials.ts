import type {Resolution} from '../types.ts'

/** Does a file, or a folder it is in, have a name that begins with `_`, as generators mark files that pages include? */
export const isNamedAsPartial = (path: string): boolean => /(?:^|\/)_/.test(path)

/** Where a link leads in a file that is only shown as a part of other pages: what is missing beside it may be beside them. */
export const resolvedInPartial = (found: Resolution, from: string): Resolution =>
  found.to === 'missing' || (found.to === 'page' && found.path === from)
    ? {to: 'unknown', why: 'its place on the site depends on what includes it'}
    : found
