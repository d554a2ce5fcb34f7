import type {Page} from '../../../page/types.ts'
import type {PageSource, SiteContext} from '../../platform.ts'

/** The opening of a directive; its group is the name. */
const DIRECTIVE = /^[ \t>]*(?:[-*+][ \t]+)?(?:`{3,}|~{3,}|:{3,})\{([^}]+)\}/
/** A target: `(name)=`. */
const TARGET = /^[ \t>]*(?:[-*+][ \t]+)?\((.+)\)=$/
/** Targets in reStructuredText and in notebooks. */
const OTHER_TARGETS = /^[ \t]*(?:\.\. _([^:\n\r\u2028\u2029]+):[ \t]*$|:name:[ \t]*(\S.*))/gm

/** Directives that add no headings, and no ids except their names. */
const WITHOUT_IDS =
  /^(?:toctree|code(?:-block|-cell)?|sourcecode|literalinclude|highlight|note|warning|tip|hint|important|caution|danger|error|attention|admonition|seealso|todo|image|figure|list-table|csv-table|table|contents|version(?:added|changed|removed)|deprecated|tab(?:s|-set|-item|-set-code)?|grid|grid-item(?:-card)?|card(?:-carousel)?|dropdown|button-(?:link|ref)|div|container|mermaid|math|raw|parsed-literal|margin|sidebar|epigraph|pull-quote|topic|rubric|tags|youtube|video|image-sg|iframe|only|hlist|centered|graphviz|meta)$/

/** Does a line of a page open a directive? */
export const isDirective = (content: string): boolean => DIRECTIVE.test(content)

/** May a line of a page add ids that are not written on it? It does not if it is a target or a harmless directive. */
export function mayHaveIds(content: string): boolean {
  const name = DIRECTIVE.exec(content)?.[1]
  return name === undefined ? !TARGET.test(content) && !content.startsWith(':name:') : !WITHOUT_IDS.test(name)
}

/** The names of a page's targets: `(name)=`, and `:name:` of directives. */
export const targetsOn = ({opaqueContent}: Page): string[] =>
  opaqueContent.flatMap((text) => TARGET.exec(text)?.[1] ?? /^:name:\s*(\S.*)$/.exec(text)?.[1] ?? [])

/**
 * Create a test of whether the site may have a target with some name, defined or added by a directive.
 *
 * @param prefix The prefix of the site's file paths.
 * @param others The texts of pages that are not Markdown.
 */
export function targetFinder(
  ctx: SiteContext & PageSource,
  prefix: string,
  others: readonly string[],
): (name: string) => boolean {
  let found: {names: ReadonlySet<string>; mayAddMore: boolean} | undefined
  return (name) => {
    found ??= findTargets(ctx, prefix, others)
    return found.mayAddMore || found.names.has(name.toLowerCase())
  }
}

function findTargets(
  {tree, isPage, page}: SiteContext & PageSource,
  prefix: string,
  others: readonly string[],
) {
  const pages = [...tree.files]
    .filter((file) => file.startsWith(prefix) && isPage(file))
    .flatMap((file) => page(file) ?? [])
  const inOthers = others.flatMap((text) =>
    [...text.matchAll(OTHER_TARGETS)].map(([, target, name]) => (target ?? name)!),
  )
  return {
    names: new Set([...inOthers, ...pages.flatMap(targetsOn)].map((name) => name.toLowerCase())),
    mayAddMore:
      others.some((text) =>
        [...text.matchAll(/^[ \t]*\.\. ([\w:-]+)::/gm)].some(([, name]) => !WITHOUT_IDS.test(name!)),
      ) ||
      pages.some(({opaqueContent}) =>
        opaqueContent.some((text) => !WITHOUT_IDS.test(DIRECTIVE.exec(text)?.[1] ?? 'note')),
      ),
  }
}
