/**
 * The forms of a URL under which hosts look for what is at it: as written, and in that which a site gives its pages:
 * `/guide/`, `/guide.html` → also `/guide`.
 */
export const servedForms = (url: string): string[] => [
  ...new Set([url, url.replace(/(?<=[^/])(?:\/(?:index\.html)?|\.html)(?=[?#]|$)/, '')]),
]
