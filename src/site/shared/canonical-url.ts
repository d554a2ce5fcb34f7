import {trimEnd} from '../../text/trim.ts'

/** Normalize the URLs at which static hosts serve the same page: `/a/`, `/a.html`, `/a/index.html` → `/a`. */
export const canonicalUrl = (url: string): string =>
  trimEnd(url.replace(/(^|\/)index\.html?$/, '$1').replace(/\.html?$/, ''), '/')
