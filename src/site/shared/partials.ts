import type {Resolution} from '../types.ts'

/** Whether the name of a file, or of a folder it is in, begins with `_`, by which generators mark files to include. */
export const isNamedAsPartial = (path: string): boolean => /(?:^|\/)_/.test(path)

/** Where a link leads in a file that is only shown on other pages: what is missing beside it may be beside them. */
export const resolvedInPartial = (found: Resolution, from: string): Resolution =>
  found.to === 'missing' || (found.to === 'page' && found.path === from)
    ? {to: 'unknown', why: 'where it is shown depends on the pages that include it'}
    : found
