import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {idsOfHtml, makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {headingOf, mapProse} from '../../shared/headings.ts'
import {mathHeadingDoubts} from '../../shared/math-headings.ts'
import {templateHeadingDoubts} from '../../shared/uncertain-headings.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Anchors} from '../../types.ts'
import type {QuartzConfig} from './config.ts'
import {type QuartzContext, resolveQuartzLink} from './links.ts'

/** Footnotes, and the elements of the theme. */
const THEME_IDS = /^(?:user-content-fn(?:ref)?-.*|footnote-label|quartz-root|quartz-body|toc-\d+|mermaid-.*)$/

/** Pages that embed each other in a longer chain show no more. */
const LONGEST_CHAIN = 5

/** The anchors of a page: of its headings and blocks, and of the pages that it embeds. */
export function quartzAnchors(context: QuartzContext, page: Page): Anchors {
  const {config} = context
  const ofHeadings = headingIds(page.headings, config)
  const shown = [page, ...embeddedPages(context, page)]
  const headings = shown.flatMap((each) => each.headings)
  const blocks = new Set(shown.flatMap(blockIdsOf))
  return makeAnchors({
    ofHeadings,
    ids: [
      ...ofHeadings,
      ...shown.slice(1).flatMap((each) => headingIds(each.headings, config)),
      ...shown.flatMap(idsOfHtml),
      ...blocks,
    ],
    idOf: (text) => headingIds([headingOf(text)], config)[0],
    alsoHas: (fragment) => THEME_IDS.test(fragment) || blocks.has(fragment.toLowerCase()),
    doubts: [
      ...shown.flatMap(({opaqueContent}) => opaqueContent.slice(0, 1).map(mayAddIds)),
      ...templateHeadingDoubts(headings),
      ...mathHeadingDoubts(headings),
    ],
  })
}

/** The ids of blocks, as links write them: `^Result` → `result`. */
const blockIdsOf = ({ids}: Page): string[] =>
  ids.flatMap(({id, from}) => (from === 'block' ? [id.replace(/^\^/, '').toLowerCase()] : []))

/** The pages that a page embeds, and those that they embed. */
function embeddedPages(context: QuartzContext, page: Page): Page[] {
  const found = new Map<string, Page>()
  let last: readonly Page[] = [page]
  for (let depth = 0; depth < LONGEST_CHAIN && last.length > 0; depth++) {
    const paths = last.flatMap(({links, path}) =>
      links.filter(({embed}) => embed).map((link) => resolveQuartzLink(context, link, path)),
    )
    last = paths.flatMap((target) => {
      const each = target.to === 'page' && !found.has(target.path) ? context.page(target.path) : undefined
      if (!each || each.path === page.path) return []
      found.set(each.path, each)
      return [each]
    })
  }
  return [...found.values()]
}

/** The ids of headings, by github-slugger after arrows and smart punctuation: `a -- b` → `a--b`. */
export function headingIds(
  headings: readonly Heading[],
  {hasHeadingIds, smart, obsidian}: Pick<QuartzConfig, 'hasHeadingIds' | 'smart' | 'obsidian'>,
): (string | undefined)[] {
  if (!hasHeadingIds) return headings.map(() => undefined)
  const slugs = new UniqueSlugs()
  const withoutArrows = (prose: string) =>
    obsidian?.arrows ? prose.replace(/-{1,2}>|={1,2}>|<-{1,2}|<={1,2}/g, '→') : prose
  const change = (prose: string) => {
    const shown = withoutArrows(prose)
    return smart ? shown.replace(/(?<!-)--(?!-)/g, '—') : shown
  }
  return headings.map(({text, code}) => slugs.give(githubSlug(mapProse(text, code, change))))
}
