import {doubt} from '../doubts.ts'
import type {Resolution} from '../types.ts'

/** Does the name of a file, or of one of its folders, begin with `_`, by which generators mark files to include? */
export const isNamedAsPartial = (path: string): boolean => /(?:^|\/)_/.test(path)

/** Resolve a link in a file that is only included in other pages: a target missing beside it may be beside them. */
export const resolvedInPartial = (found: Resolution, from: string): Resolution =>
  found.to === 'missing' || (found.to === 'page' && found.path === from)
    ? {to: 'unknown', doubt: doubt('included-elsewhere')}
    : found
