import {without} from '../../../text/trim.ts'

/** The pages that navigation links to, by all absolute paths in code but the base: `link: '/guide/lamp#on'` → `guide/lamp`. */
export const listedIn = (code: string): ReadonlySet<string> =>
  new Set(
    [...code.matchAll(/(["'`])(?<!\bbase\s*:\s*["'`])\/([\w./-]+)(?:#[^"'`\n]*)?\1/g)].map(([, , path]) =>
      path!.replace(/\.(?:html|md)$|\/$/, ''),
    ),
  )

/** Remove comments from code; text in a string that looks like a comment is removed, too, which is harmless. */
export const withoutComments = (code: string): string =>
  without(code, /\/\*/g, /\*\//g).replace(/(^|[^:'"`])\/\/.*/g, '$1')
