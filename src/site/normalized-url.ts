import {trimEnd} from '../text/trim.ts'

/** Normalize the paths that hosts treat as equal: `/a/`, `/a.html` and `/a/index.html` → `/a`. */
export const normalized = (path: string): string =>
  trimEnd(path.replace(/(?:\/index)?\.html$|\/index$/, ''), '/') || '/'
