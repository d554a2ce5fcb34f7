import {slug as githubSlug} from 'github-slugger'
import type {Heading, Page} from '../../../page/types.ts'
import {joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {doubtsOfComponent, idsOfHtml, makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {modulePath} from '../../shared/javascript/local-module.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import type {Anchors} from '../../types.ts'
import type {Components} from './components.ts'
import type {RspressContext} from './links.ts'

/** Ids of the theme and of footnotes. */
const THEME_IDS = /^(?:__rspress\w*|root|user-content-fn(?:ref)?-.*|footnote-label|aside-container|_top)$/
/** Beyond this number, the partials of a page are ignored. */
const MOST_PARTIALS = 100

/** The ids of headings: the author's own, or unique slugs; undefined for one in HTML. */
export function rspressIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) =>
    heading.html ? undefined : (ownIdOf(heading) ?? slugs.give(githubSlug(heading.text.trim()))),
  )
}

/** The id in braces, which may be anywhere but in code: `Set up {#set-up} lamps`. */
function ownIdOf({id, text, code = []}: Heading): string | undefined {
  if (id !== undefined) return id
  const found = text.includes('{#') ? /\{#([^\n]*)\}/.exec(text) : null
  return found && !code.some(({start, end}) => found.index >= start && found.index < end)
    ? found[1]
    : undefined
}

/** The anchors of a page: of its headings, its HTML, and the Markdown files that it shows as components. */
export function rspressAnchors(context: RspressContext, components: Components, page: Page): Anchors {
  const {otherIds} = context.config
  const shown = shownOn(context, page)
  const added = [...shown].map((each) => addedTo(components, each))
  const props = new Set([...shown].flatMap(({componentProps}) => componentProps))
  return makeAnchors({
    ofHeadings: rspressIds(page.headings),
    ids: [
      ...[...shown].flatMap((each) => [...rspressIds(each.headings), ...idsOfHtml(each)]),
      ...added.flatMap(({ids}) => ids),
    ],
    idOf: (text) => githubSlug(text.trim()),
    alsoHas: (fragment) => THEME_IDS.test(fragment) || props.has(fragment),
    doubts: [
      ...(otherIds ? [otherIds] : []),
      ...(isPart(context, page) ? [doubt('included-elsewhere')] : []),
      ...added.flatMap(({doubts}) => doubts),
    ],
  })
}

/** Is a file no page, so that others show it? */
const isPart = ({routes}: RspressContext, {path}: Page): boolean => routes.of(path) === undefined

/** The page and its partials, also nested ones; each counts once. */
function shownOn(context: RspressContext, page: Page): Set<Page> {
  const shown = new Set([page])
  const aliases = aliasesOf(context)
  for (const each of shown) {
    if (shown.size > MOST_PARTIALS) break
    for (const partial of partialsOn(context, each, aliases)) shown.add(partial)
  }
  return shown
}

/** Folders by the names that imports commonly begin with, such as `@en`. */
function aliasesOf({config: {docs, prefixes}, marker}: RspressContext): Record<string, string> {
  const ofLangs = prefixes.langs.map((lang) => [`@${lang}`, joinPath(docs, lang)] as const)
  return {'@site': marker.root, '@': docs, ...Object.fromEntries(ofLangs)}
}

function* partialsOn(
  {page: read}: RspressContext,
  page: Page,
  aliases: Readonly<Record<string, string>>,
): Generator<Page> {
  for (const {from} of page.components ?? []) {
    const path = from !== undefined && /\.mdx?$/.test(from) ? modulePath(from, page.path, aliases) : undefined
    const partial = path === undefined ? undefined : read(path)
    if (partial) yield partial
  }
}

/** What the components of a page add to its ids. */
function addedTo(components: Components, page: Page): {ids: string[]; doubts: Doubt[]} {
  const doubts = page.opaqueContent.filter((content) => !/^(?:import |\{[{%])/.test(content)).map(mayAddIds)
  const ids: string[] = []
  for (const component of page.components ?? []) {
    if (component.from !== undefined && /\.mdx?$/.test(component.from)) continue
    const found = components.of(component, page.path)
    ids.push(...found.ids)
    doubts.push(...doubtsOfComponent(component.name, found.adds))
  }
  return {ids, doubts}
}
