import type {Heading, Page} from '../../page/types.ts'
import {bareWords} from '../../text/nearest.ts'
import {decodePercent} from '../../text/urls.ts'
import type {IdRule} from '../description.ts'
import {doubt} from '../doubts.ts'
import {makeAnchors, uncertainId} from '../shared/anchors.ts'
import {record} from '../shared/data.ts'
import {ID_RULES, idsBy, idsByRules, slugBy, TRANSLITERATING} from '../shared/id-rules.ts'
import {ownIdOf, variableIdDoubts} from '../shared/own-ids.ts'
import {templateHeadingDoubts, withGaps} from '../shared/uncertain-headings.ts'
import type {AnchorDoubt, Anchors} from '../types.ts'
import {contentOf} from './content.ts'
import type {DescribedContext} from './links.ts'

/** Footnotes and numbered tabs of any generator, and the elements in which frameworks render applications. */
const GENERATED = /^(?:user-content-)?fn(?:ref)?[-:]?.+$|^footnote|^tabs?-\d+$|^(?:root|app|__\w+)$/

/**
 * The anchors of a page by one of some rules. Without a rule, it is doubtful whether the site's is one of those known: the
 * fragments of other links show that.
 */
export function describedAnchors(context: DescribedContext, page: Page): Anchors {
  const {ids} = context.description
  const rules = ids === undefined ? ID_RULES : [ids].flat()
  const rule = rules[0]!
  const {pages, doubts} = contentOf(context, page)
  const headings = pages.flatMap((each) => each.headings)
  const generated = idsBy(rule, headings)
  const own = headings.map(ownIdOf)
  const anchors = makeAnchors({
    ofHeadings: page.headings.map((_, index) => own[index] ?? generated[index]),
    ids: [...own, ...idsByRules(rules, headings), ...pages.flatMap((each) => each.ids.map(({id}) => id))],
    idOf: (text) => slugBy(rule, text),
    alsoHas: (fragment) =>
      GENERATED.test(fragment) || isNamedIn(pages, fragment) || isEncodedTwice(fragment, anchors.ids),
    doubts: [
      ...(ids === undefined ? [doubt('id-setting')] : []),
      ...doubts,
      ...templateHeadingDoubts(headings),
      ...variableIdDoubts(headings),
      ...headingDoubts(headings, rules),
    ],
  })
  return anchors
}

/** Is a fragment an id that is itself percent-encoded, as some programs write it? `%257C` in a link is `%7C` in the id. */
const isEncodedTwice = (fragment: string, ids: ReadonlySet<string>): boolean =>
  fragment.includes('%') && ids.has(decodePercent(fragment))

/**
 * Is a fragment the title of a page, which a theme may show as a heading, or a key of its front matter, whose value a
 * layout may show below one; or a property of a component, or a word of one, which may become an id with or without a
 * prefix? `<Tab title="Set up">` may be at `#set-up` or `#tab-set-up`, `<Function of="Cache#batch:member(1)">` at `#batch`.
 */
function isNamedIn(pages: readonly Page[], fragment: string): boolean {
  const forms = [fragment, fragment.replace(/^[a-z]+-/, '')].map((form) => bareWords(form, 'NFKD'))
  const isName = (text: unknown) => typeof text === 'string' && forms.includes(bareWords(text, 'NFKD'))
  return pages.some(({componentProps, frontMatter}) => {
    const data = record(frontMatter?.data)
    return (
      [data.title, ...Object.keys(data), ...componentProps].some(isName) ||
      componentProps.some((prop) => hasWord(prop, fragment))
    )
  })
}

/** Is a fragment a whole word of a reference in code, which contains no spaces? */
function hasWord(code: string, fragment: string): boolean {
  if (fragment.length < 3 || !code.includes(fragment) || /\s/.test(code)) return false
  return code.split(/[^\p{L}\p{N}_-]+/u).includes(fragment)
}

/** An emoji by its name, or a badge, `[!badge NEW]`, which some generators replace before the id is made. */
const REPLACED = /:[\w+-]+:|\[![^[\]]*\]/

/** The doubts about headings with emoji or badges, and about those in other scripts, which some rules write in Latin letters. */
function headingDoubts(headings: readonly Heading[], rules: readonly IdRule[]): AnchorDoubt[] {
  const doubts = headings.flatMap((heading) => doubtAboutReplaced(heading) ?? [])
  const foreign = rules.some((rule) => TRANSLITERATING.has(rule)) && headings.find(hasOtherScript)
  if (foreign) doubts.push({...uncertainId(foreign), covers: (id) => /^\p{ASCII}+$/u.test(id)})
  return doubts
}

function doubtAboutReplaced(heading: Heading): AnchorDoubt | undefined {
  const stretches = heading.text.split(REPLACED)
  return stretches.length === 1 ? undefined : withGaps(uncertainId(heading), stretches)
}

const hasOtherScript = ({text}: Heading) =>
  /[^\p{ASCII}\p{P}\p{S}]/u.test(text.normalize('NFKD').replace(/\p{M}/gu, ''))
