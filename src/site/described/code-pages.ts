import {isBelow} from '../../text/paths.ts'
import type {Lookup} from '../shared/lookup.ts'
import {hasExtension} from './routes.ts'

/** The folders in which frameworks look for pages that are code. */
const FOLDER = /(?:^|\/)(?:app|pages|routes)\//
/** How the paths of such pages end after their URLs: `app/(site)/docs/use/page.tsx` for `/docs/use`. */
const ENDINGS = [
  ...['tsx', 'jsx', 'ts', 'js'].flatMap((extension) => [
    `/page.${extension}`,
    `/index.${extension}`,
    `.${extension}`,
  ]),
  ...['/+page.svelte', '/index.astro', '.astro', '/index.vue', '.vue'],
]

/** The code of the page at one of some URL paths of a site, if there is some in a folder for pages. */
export function codeOfPage(lookup: Lookup, root: string, urls: Iterable<string>): string | undefined {
  for (const url of urls) {
    if (hasExtension(url)) continue
    const files = ENDINGS.flatMap((ending) => lookup.filesEndingIn(url + ending))
    const code = files.find((file) => FOLDER.test(file) && isBelow(file, root))
    if (code !== undefined) return code
  }
  return
}
