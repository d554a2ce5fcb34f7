import {firstNot} from '../text/sorted.ts'
import {HtmlCollector} from './html-collector.ts'
import type {ParsedText} from './parse-text.ts'
import {MASK_CHARACTER, restore} from './template/mask.ts'
import type {Page} from './types.ts'

/** Add the facts of HTML that was taken out of the text before it was parsed, in their places. */
export function addTakenHtml(page: Page, source: string, {html, masks}: ParsedText): void {
  if (!html) return
  const {headings, ids, links} = page
  for (const heading of headings) {
    const around = html.elements[firstNot(html.elements, ({start}) => start <= heading.start) - 1]
    if (around && heading.start < around.end) heading.isInHtml = true
  }
  const collector = new HtmlCollector(page, {
    source,
    text: html.text,
    // Markdown in it remained in the text.
    syntax: {},
    imports: undefined,
    addLink: (link) => {
      const {url, target} = link
      if (url.includes(MASK_CHARACTER)) link.url = restore(url, source, masks, target.start)
      links.push(link)
    },
  })
  for (const span of html.spans) collector.add(span)
  for (const facts of [headings, ids, links]) facts.sort((a, b) => a.start - b.start)
}
