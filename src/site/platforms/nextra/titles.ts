import {slug as githubSlug} from 'github-slugger'
import type {Pattern} from '../../../page/pattern.ts'
import {patternOf} from '../../../page/pattern.ts'

/** The summary of an element `<details>`, and the names of tabs. */
const SUMMARY = /<summary(?=[\s>])[^<>\n]{0,200}>[^\n]{0,300}?<\/summary>/g
const TABS = /<Tabs(?=\s)[^<>]{0,300}?\bitems=\{\s{0,20}\[[^\]]{0,1000}\]/g
const NAME = /(['"`])((?:(?!\1)[^\\\n]){1,200})\1/g

/** The titles that get ids as headings do. */
export const TITLES: readonly Pattern[] = [SUMMARY, TABS].map((each) => patternOf(each))

/** The ids of a title: `<summary>Read *more*</summary>` → `read-more`; undefined for other content. */
export function idsOfTitle(content: string): string[] | undefined {
  if (content.startsWith('<summary')) return [githubSlug(content.replace(/<[^<>]*>|[*`]/g, '').trim())]
  if (!content.startsWith('<Tabs')) return
  return [...content.slice(content.indexOf('[')).matchAll(NAME)].map(([, , name]) => githubSlug(name!))
}
